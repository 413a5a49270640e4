import type { EventLog, RecordedBytes } from '../port.ts';

/** What the writer program puts into each event, so that a reader can see whether an append is whole. */
export type WrittenData = Readonly<{ index: number; of: number; padding: string }>;

/** One line that says that an event is stored, where, and which. */
export const factOf = (stream: string, revision: number, id: string): string =>
  `${stream} ${revision} ${id}`;

/**
 * Every event of the log as a fact. Throws when a revision is missing or doubled, when an append is
 * torn, or when the total order and the streams disagree.
 */
export const factsOf = async (log: EventLog): Promise<Set<string>> => {
  const facts = new Set<string>();
  const streams = new Map<string, RecordedBytes[]>();
  for (let after = undefined as RecordedBytes['position'] | undefined; ;) {
    const page = await log.readAll({ after, limit: 1000 });
    for (const event of page) {
      const stream = streams.get(event.stream) ?? [];
      if (event.revision !== stream.length) throw new Error(`A gap in ${event.stream}.`);
      stream.push(event);
      streams.set(event.stream, stream);
      facts.add(factOf(event.stream, event.revision, event.id));
    }
    after = page.at(-1)?.position;
    if (after === undefined) break;
  }
  const again = await log.readStreams([...streams.keys()]);
  for (const [index, [name, events]] of [...streams].entries()) {
    if (again[index]?.length !== events.length) throw new Error(`${name} differs from the order.`);
    mustBeWhole(name, events);
  }
  return facts;
};

const mustBeWhole = (name: string, events: readonly RecordedBytes[]): void => {
  let due = { index: 0, of: 0 };
  for (const event of events) {
    const { index, of } = JSON.parse(event.data) as WrittenData;
    const isDue = due.index === due.of ? index === 0 : index === due.index && of === due.of;
    if (!isDue) throw new Error(`${name} is torn at revision ${event.revision}.`);
    due = { index: index + 1, of };
  }
  if (due.index !== due.of) throw new Error(`${name} ends within an append.`);
};
