// A program that the fault tests run and hurt: it appends from many writers at once and notes each
// confirmed event as one line in a file, the moment it is confirmed.
import { randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { embeddedEventLog } from '../embedded/embedded-event-log.ts';
import { EventLogUnavailable, type EventLog, type StreamAppend } from '../port.ts';
import { factOf, type WrittenData } from './facts.ts';

const { values } = parseArgs({
  options: {
    directory: { type: 'string' },
    acknowledgements: { type: 'string' },
    writers: { type: 'string', default: '8' },
    /** Appends of each writer; without it they go on until the process is stopped. */
    appends: { type: 'string', default: 'Infinity' },
    synchronous: { type: 'string', default: 'FULL' },
    checkpoint: { type: 'string', default: '1000' },
  },
});
const { directory, acknowledgements } = values;
if (directory === undefined || acknowledgements === undefined) {
  throw new TypeError('--directory and --acknowledgements are needed.');
}

const say = (line: string): void => void writeSync(1, `${line}\n`);
const acknowledge = openSync(acknowledgements, 'a');
let seed = 1;
/** The same sequence in each run; what differs is the moment of the fault. */
const upTo = (most: number): number => {
  seed = (seed * 48271) % 0x7fffffff;
  return 1 + (seed % most);
};

const log = await embeddedEventLog({
  directory,
  synchronous: values.synchronous === 'NORMAL' ? 'NORMAL' : 'FULL',
  checkpointAfterPages: Number(values.checkpoint),
  onFatal: (failure) => {
    say(`fatal ${failure.code}`);
    process.exit(70);
  },
});

const nextAppend = async (reader: EventLog, stream: string): Promise<StreamAppend> => {
  const of = upTo(3);
  const expected = (await reader.readStream(stream)).at(-1)?.revision ?? 'no-stream';
  const events = Array.from({ length: of }, (_, index) => ({
    id: randomUUID(),
    type: 'SampleHappened.v1',
    data: JSON.stringify({ index, of, padding: 'x'.repeat(upTo(900)) } satisfies WrittenData),
    metadata: '{}',
  }));
  return { stream, expected, events };
};

const note = ({ stream, expected, events }: StreamAppend): void => {
  const first = expected === 'no-stream' ? 0 : expected + 1;
  const lines = events.map(({ id }, index) => `${factOf(stream, first + index, id)}\n`);
  writeSync(acknowledge, lines.join(''));
};

/** Some streams are one writer's own, one is everybody's; some appends go out together. */
const write = async (writer: number): Promise<void> => {
  const own = `own-${process.pid}.${writer}`;
  for (let count = 0; count < Number(values.appends); count += 1) {
    const appends = await Promise.all(
      (count % 3 === 0 ? [own, 'shared-a', `one-${randomUUID()}`] : [own]).map((stream) =>
        nextAppend(log, stream),
      ),
    );
    const outcomes = await log.appendMany(appends);
    for (const [index, append] of appends.entries()) if (outcomes[index]?.ok) note(append);
  }
};

const codeOf = (error: unknown): string => {
  if (error instanceof EventLogUnavailable) return error.code;
  throw error;
};

const writers = Array.from({ length: Number(values.writers) }, (_, writer) => write(writer));
say('ready');
try {
  await Promise.all(writers);
  await log.close();
} catch (error) {
  say(`refused ${codeOf(error)}`);
  const again = nextAppend(log, 'later-a').then((append) => log.append(append));
  say(
    await again.then(
      () => 'then accepted',
      (later: unknown) => `then ${codeOf(later)}`,
    ),
  );
}
