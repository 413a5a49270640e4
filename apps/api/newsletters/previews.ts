import { bestLanguage, parseLanguage, type JsonObject, type Language } from '#domain/kernel/index';
import type { Newsletter, NewsletterVersion } from '#domain/newsletter/index';
import type { CompiledContent, Renderer } from '#libs/rendering/index';
import { problem } from '../http/problem.ts';
import type { Present } from '../owned.ts';
import type { PublicUrl } from '../public-url.ts';
import type { RequestBlocks } from './request-blocks.ts';
import type { ShownLinks } from './template-values.ts';

export type Chosen = Readonly<{ language: Language; version: NewsletterVersion }>;

/** Renders versions for people who look before sending; nothing of it reaches a recipient. */
export class Previews {
  readonly requests: RequestBlocks;
  readonly #renderer: Renderer;
  readonly #publicUrl: PublicUrl;

  constructor(renderer: Renderer, publicUrl: PublicUrl, requests: RequestBlocks) {
    this.requests = requests;
    this.#renderer = renderer;
    this.#publicUrl = publicUrl;
  }

  /** Links that look like a recipient's and change nothing for anybody. */
  links(): ShownLinks {
    return {
      unsubscribe: this.#publicUrl.of('/u/preview'),
      preferences: this.#publicUrl.of('/p/preview'),
      viewInBrowser: this.#publicUrl.of('/v/preview'),
      consent: this.#publicUrl.of('/consent/preview'),
    };
  }

  async compile(version: NewsletterVersion): Promise<CompiledContent> {
    const compiled = await this.#renderer.compile(version);
    if (compiled.ok) return compiled.value;
    throw new Error('A stored version does not compile any more.');
  }

  async parts(version: NewsletterVersion, values: JsonObject) {
    return (await this.compile(version)).parts(values);
  }
}

/** The version asked for, or the best for the reader. Throws the problem `version-missing`. */
export const chosenVersion = (
  newsletter: Present<Newsletter>,
  asked: string | undefined,
  reader: Language,
): Chosen => {
  const languages = [...newsletter.versions.keys()];
  const wanted = asked === undefined ? reader : parseLanguage(asked);
  const language =
    asked === undefined
      ? bestLanguage(reader, languages)
      : languages.find((each) => each === wanted);
  const version = language && newsletter.versions.get(language);
  if (language !== undefined && version !== undefined) return { language, version };
  throw problem('version-missing', 'There is no version in this language. Set one first.');
};
