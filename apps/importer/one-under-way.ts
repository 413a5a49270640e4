/** Work that is done one piece after the other, while whoever hands it in goes on. */
export class OneUnderWay {
  #work: Promise<void> = Promise.resolve();

  /** Resolves once the piece before is done and this one has begun. Rejects as the piece before did. */
  async begin(work: () => Promise<void>): Promise<void> {
    await this.#work;
    this.#work = work();
    // Nobody may wait yet; whoever does hears of the failure.
    this.#work.catch(() => undefined);
  }

  /** Settles as the last piece does. */
  done(): Promise<void> {
    return this.#work;
  }
}
