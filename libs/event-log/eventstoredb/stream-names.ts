import { splitStreamName } from '#domain/kernel/index';

/** Which events the server sends: by the beginnings of stream names, or by a pattern of them. */
export type StreamFilter = Readonly<{ prefixes: readonly string[] } | { pattern: string }>;

export type StreamNames = Readonly<{
  /** Throws `TypeError` on a name that would be read back as another, or not at all. */
  toServer: (stream: string) => string;
  /** Undefined for a stream that is not of this ledger. */
  fromServer: (name: string) => string | undefined;
  /** Without categories: all of this ledger. */
  filter: (categories?: readonly string[]) => StreamFilter;
  /** Has no dash, so it is no stream that a caller could name, and no reader sees it. */
  identity: string;
}>;

const PREFIX = /^[A-Za-z0-9_]{1,64}$/;
const CATEGORY = /^[A-Za-z0-9_]+$/;
/** Nothing that a terminal or a line of a log would take for something else. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}]{1,1000}$/u;

/**
 * Names of a ledger's streams on its server. With a prefix they are `prefix.category-key`, so that several
 * ledgers can share one server. Throws `TypeError` on a prefix that is not of letters, digits and `_`.
 */
export const streamNames = (prefix = ''): StreamNames => {
  if (prefix && !PREFIX.test(prefix)) {
    throw new TypeError('A stream prefix is made of up to 64 letters, digits and underscores.');
  }
  const start = prefix && `${prefix}.`;
  const toServer = (stream: string): string => {
    const { category } = splitStreamName(stream);
    if (!CATEGORY.test(category) || !PRINTABLE.test(stream)) {
      throw new TypeError('A stream name has a plain word before its dash, and no control signs.');
    }
    return `${start}${stream}`;
  };
  return {
    toServer,
    fromServer: (name) => {
      if (!name.startsWith(start)) return undefined;
      const stream = name.slice(start.length);
      const dash = stream.indexOf('-');
      return CATEGORY.test(stream.slice(0, Math.max(dash, 0))) ? stream : undefined;
    },
    filter: (categories) =>
      categories === undefined
        ? { pattern: `^${start.replace('.', '\\.')}[A-Za-z0-9_]+-` }
        : { prefixes: [...new Set(categories)].map((category) => `${start}${category}-`) },
    identity: `${start}ledger`,
  };
};
