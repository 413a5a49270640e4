import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredRecord } from './record.ts';

export type RecordFilter = Readonly<{
  matches: (record: StoredRecord) => boolean;
  /** Events looked at before the server says how far it is; undefined where nothing is filtered. */
  window: number | undefined;
  checkpointInterval: number;
}>;

/** The window and the pages of the real server, where the client asks for none. */
export const PAGE = 32;

/** The filter of a read. Throws `SyntaxError` on a pattern that is none. */
export const filterOf = (options: ReadReq.Options): RecordFilter => {
  const filter = options.getFilter();
  if (filter === undefined) {
    return { matches: () => true, window: undefined, checkpointInterval: Infinity };
  }
  const isByStream = filter.hasStreamIdentifier();
  const expression = isByStream ? filter.getStreamIdentifier() : filter.getEventType();
  const test = textTest(expression?.getRegex() ?? '', expression?.getPrefixList() ?? []);
  const window = filter.hasMax() ? filter.getMax() : PAGE;
  return {
    matches: isByStream ? ({ stream }) => test(stream) : ({ type }) => test(type),
    window,
    checkpointInterval: filter.getCheckpointintervalmultiplier() * window,
  };
};

const textTest = (regex: string, prefixes: readonly string[]): ((text: string) => boolean) => {
  if (!regex) return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  const expression = new RegExp(regex);
  return (text) => expression.test(text);
};
