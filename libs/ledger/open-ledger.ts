import type { AnyEvent, Recorded } from '#domain/kernel/index';
import type { EventLog, PersonalReading, RecordedBytes } from '#libs/event-log/port';
import type { Keyring } from '#libs/keyring/index';
import { decodeEvents, typeOf, type FormatOf } from './decode-events.ts';
import type { Ledger, Opening, StreamFormat } from './port.ts';
import { appending, ledgerWriter } from './writer.ts';

/** A category of streams that no format was given for: this program cannot read them. */
export class UnknownCategory extends Error {
  readonly code = 'unknown-category';
  readonly category: string;

  constructor(category: string) {
    super(`No format is known for streams of the category ${category}.`);
    this.category = category;
    this.name = 'UnknownCategory';
  }
}

/** Finds formats by category. Throws `UnknownCategory`; two formats of one category are a bug. */
export const formatRegistry = (formats: readonly StreamFormat<AnyEvent>[]): FormatOf => {
  const known = new Map(formats.map((format) => [format.category, format]));
  if (known.size !== formats.length) throw new Error('Two formats claim the same category.');
  return (category) => {
    const format = known.get(category);
    if (format === undefined) throw new UnknownCategory(category);
    return format;
  };
};

const streamOf = (format: { readonly category: string }, key: string): string =>
  `${format.category}-${key}`;

/** The ledger over a log and a keyring, which stay the caller's to close. */
export const openLedger = (parts: {
  readonly eventLog: EventLog;
  readonly keyring: Keyring;
}): Ledger => {
  const { eventLog, keyring } = parts;

  const decodeAs = async <E extends AnyEvent>(
    format: StreamFormat<E>,
    recorded: readonly RecordedBytes[],
    { opens }: Opening = {},
  ): Promise<readonly Recorded<E>[]> => {
    if (recorded.length === 0) return [];
    // The codec of the format is what makes these events, so they are of its type.
    const events = await decodeEvents(keyring, () => erased(format), recorded, opens);
    return events as readonly Recorded<E>[];
  };

  return {
    read: async (format, key, options = {}) => {
      const { opens, ...range } = options;
      const reading = { ...range, ...personalFor([format], opens) };
      return decodeAs(format, await eventLog.readStream(streamOf(format, key), reading), options);
    },

    readMany: async (format, keys, options = {}) => {
      const streams = keys.map((key) => streamOf(format, key));
      const histories = await eventLog.readStreams(streams, personalFor([format], options.opens));
      const events = await decodeAs(format, histories.flat(), options);
      let start = 0;
      return histories.map(({ length }) => events.slice(start, (start += length)));
    },

    ...appending(ledgerWriter(eventLog, keyring)),

    readAll: async ({ after, limit, formats, opens }) => {
      const categories = formats.map(({ category }) => category);
      const range = { after, limit, categories };
      const recorded = await eventLog.readAll({ ...range, ...personalFor(formats, opens) });
      return decodeEvents(keyring, formatRegistry(formats), recorded, opens);
    },

    head: () => eventLog.head(),
    waitForAppend: (after, signal) => eventLog.waitForAppend(after, signal),
  };
};

/** What is not opened is not read. */
const personalFor = (
  formats: readonly Readonly<{ codec: Pick<StreamFormat<AnyEvent>['codec'], 'storedTypes'> }>[],
  opens: Opening['opens'],
): PersonalReading => {
  if (opens === undefined) return {};
  if (opens.size === 0) return { personalOf: opens };
  const stored = formats.flatMap(({ codec }) => codec.storedTypes);
  return { personalOf: new Set(stored.filter((type) => opens.has(typeOf(type)))) };
};

/** Inside, formats are handled without their event type. */
const erased = <E extends AnyEvent>(format: StreamFormat<E>): StreamFormat<AnyEvent> =>
  format as unknown as StreamFormat<AnyEvent>;
