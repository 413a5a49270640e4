type Out = Pick<NodeJS.WriteStream, 'write'>;

/** A document that begins with `items` and is too long to be held in memory. */
export type ItemWriter = Readonly<{
  /** Resolves once the reader has room for more. */
  add: (items: readonly unknown[]) => Promise<void>;
  /** What stands beside the items; `lines` are for a person, who is not shown the items. */
  end: (rest: object, lines: readonly string[]) => Promise<void>;
}>;

const written = (out: Out, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    out.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });

/** `{"items":[…],"summary":…}`, an item a line. */
export const jsonItems = (out: Out): ItemWriter => {
  let before = '{"items":[\n';
  return {
    add: async (items) => {
      if (items.length === 0) return;
      const text = before + items.map((item) => JSON.stringify(item)).join(',\n');
      before = ',\n';
      await written(out, text);
    },
    end: async (rest) => {
      const start = before === ',\n' ? '\n' : before;
      await written(out, `${start}],${JSON.stringify(rest).slice(1)}\n`);
    },
  };
};

export const linesOnly = (out: Out): ItemWriter => ({
  add: async () => undefined,
  end: (_rest, lines) => written(out, `${lines.join('\n')}\n`),
});
