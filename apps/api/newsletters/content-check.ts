import type { NewsletterVersion } from '#domain/newsletter/index';
import type { Renderer } from '#libs/rendering/index';
import { checkContent } from './version-content.ts';

/** Refuses content that could not be sent to anybody. */
export class ContentCheck {
  readonly #renderer: Renderer;

  constructor(renderer: Renderer) {
    this.#renderer = renderer;
  }

  /** Throws the problem `invalid-template`. */
  async check(version: NewsletterVersion): Promise<void> {
    await checkContent(this.#renderer, version);
  }
}
