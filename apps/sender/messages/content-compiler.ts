import type { NewsletterVersion } from '#domain/newsletter/index';
import type { CompiledContent, Content, Renderer } from '#libs/rendering/index';
import type { Log } from '#libs/projecting/index';

const CAPACITY = 200;

/** Compiles each version once; the least recently made are forgotten. */
export class ContentCompiler {
  readonly #renderer: Renderer;
  readonly #log: Log;
  readonly #compiled = new Map<string, Promise<CompiledContent | undefined>>();

  constructor(renderer: Renderer, log: Log) {
    this.#renderer = renderer;
    this.#log = log;
  }

  /** Undefined when the content has faults, which the API does not let in. */
  compile(
    content: NewsletterVersion | (Content & { readonly hash: string }),
  ): Promise<CompiledContent | undefined> {
    const name = `${content.language} ${content.hash}`;
    const known = this.#compiled.get(name);
    if (known !== undefined) return known;
    const compiled = this.#compile(content);
    this.#compiled.set(name, compiled);
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size > CAPACITY && oldest !== undefined) this.#compiled.delete(oldest);
    return compiled;
  }

  async #compile(content: Content): Promise<CompiledContent | undefined> {
    const compilation = await this.#renderer.compile(content);
    if (compilation.ok) return compilation.value;
    const codes = compilation.error.map(({ code }) => code);
    this.#log.error({ event: 'content-faulty', codes }, 'A stored content does not compile.');
    return undefined;
  }
}
