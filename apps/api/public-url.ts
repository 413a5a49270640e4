/** What links begin with that people open. */
export class PublicUrl {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base.replace(/\/+$/, '');
  }

  of(path: string): string {
    return `${this.#base}${path}`;
  }
}
