import type { AnyEvent } from '#domain/kernel/index';
import type { EventLog } from '#libs/event-log/port';
import type { Keyring, Subject } from '#libs/keyring/index';
import type { StreamFormat } from './port.ts';

const PAGE = 500;

export type Sweep = Readonly<{
  swept: number;
  /** The last subject looked at: the next sweep can go on `after` it. */
  last: Subject | undefined;
}>;

/**
 * Destroys keys that were made before an instant (milliseconds since 1970) and that no stream uses: a
 * process made them and died before the event. The age must exceed by far what any command takes, since
 * a command that is under way has its key and not yet its event; ten minutes are ample.
 */
export const sweepUnusedKeys = async (options: {
  readonly eventLog: EventLog;
  readonly keyring: Keyring;
  /** The formats whose streams hold something personal, under a key that is the stream's own. */
  readonly formats: readonly StreamFormat<AnyEvent>[];
  readonly madeBefore: number;
  readonly after?: Subject | undefined;
}): Promise<Sweep> => {
  const { eventLog, keyring, madeBefore } = options;
  const personal = options.formats.filter(({ subjectOf }) => subjectOf !== undefined);
  let last = options.after;
  let swept = 0;
  for (;;) {
    const page = await keyring.madeBefore(madeBefore, last, PAGE);
    const unused: Subject[] = [];
    for (const subject of page) {
      if (!(await isUsed(eventLog, personal, subject.subject))) unused.push(subject);
    }
    await Promise.all(unused.map((subject) => keyring.destroy(subject)));
    swept += unused.length;
    last = page.at(-1) ?? last;
    if (page.length < PAGE) return { swept, last };
  }
};

const isUsed = async (
  eventLog: EventLog,
  formats: readonly StreamFormat<AnyEvent>[],
  subject: string,
): Promise<boolean> => {
  for (const format of formats) {
    if (format.subjectOf?.(subject) !== subject) continue;
    const first = await eventLog.readStream(`${format.category}-${subject}`, { limit: 1 });
    if (first.length > 0) return true;
  }
  return false;
};
