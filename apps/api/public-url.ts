/** What links begin with that people open. */
export class PublicUrl {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base.replace(/\/+$/, '');
  }

  of(path: string): string {
    return `${this.#base}${path}`;
  }

  /** The same without host: for links between our own pages, whatever name they were opened by. */
  path(path: string): string {
    return new URL(this.#base).pathname.replace(/\/+$/, '') + path;
  }
}
