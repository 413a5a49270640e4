import type { NewsletterVersion } from '#domain/newsletter/index';
import type { CompiledContent, Content, Renderer } from '#libs/rendering/index';
import type { Log } from '#libs/projecting/index';

const CAPACITY = 200;

/** A version ready to be sent, and the hash that proves later what it was (C-29). */
export type HashedContent = CompiledContent & Readonly<{ hash: string }>;

/** Compiles each version once; the least recently made are forgotten. */
export class ContentCompiler {
  readonly #renderer: Renderer;
  readonly #log: Log;
  readonly #compiled = new Map<string, Promise<HashedContent | undefined>>();

  constructor(renderer: Renderer, log: Log) {
    this.#renderer = renderer;
    this.#log = log;
  }

  /** Undefined when the content has faults, which the API does not let in. */
  compile(
    content: NewsletterVersion | (Content & { readonly hash: string }),
  ): Promise<HashedContent | undefined> {
    const name = `${content.language} ${content.hash}`;
    const known = this.#compiled.get(name);
    if (known !== undefined) return known;
    const compiled = this.#compile(content);
    this.#compiled.set(name, compiled);
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size > CAPACITY && oldest !== undefined) this.#compiled.delete(oldest);
    return compiled;
  }

  async #compile(content: Content & { readonly hash: string }): Promise<HashedContent | undefined> {
    const compilation = await this.#renderer.compile(content);
    if (compilation.ok) {
      const { value } = compilation;
      return {
        hash: content.hash,
        parts: (values) => value.parts(values),
        message: (head, values) => value.message(head, values),
      };
    }
    const codes = compilation.error.map(({ code }) => code);
    this.#log.error({ event: 'content-faulty', codes }, 'A stored content does not compile.');
    return undefined;
  }
}
