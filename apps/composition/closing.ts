export type Closable = Readonly<{ close: () => Promise<void> }>;

/** What was opened, to be closed together. */
export type Closing = Readonly<{
  keep: <T extends Closable>(opened: T) => T;
  /** The last opened first, each even when another one fails. Throws the first failure at the end. */
  close: () => Promise<void>;
}>;

export const closing = (): Closing => {
  const opened: Closable[] = [];
  return {
    keep: (one) => {
      opened.push(one);
      return one;
    },
    close: async () => {
      const failures: unknown[] = [];
      // One after another: the last may stand on the first.
      for (const each of opened.splice(0).reverse()) {
        await each.close().catch((failure: unknown) => failures.push(failure));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
};
