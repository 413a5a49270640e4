import { randomUUID } from 'node:crypto';
import { EventLogUnavailable, type ExpectedRevision, type LogIdentity } from '../port.ts';
import type { Appender } from './appender.ts';
import { bytesOfText, textOfBytes } from './event-bytes.ts';
import type { EventReader } from './event-reader.ts';
import { damaged } from './failure.ts';
import { streamRequest } from './read-request.ts';
import type { StreamNames } from './stream-names.ts';

const TYPE = 'LedgerIdentified.v1';
/** Follows the identity of a copy, once all is copied. */
const COPIED = 'LedgerCopied.v1';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type IdentityOptions = Readonly<{
  reader: EventReader;
  appender: Appender;
  names: StreamNames;
  server: string;
  /** For a log that is made as the copy of another one: the `ledgerId` of that. */
  ledgerId: string | undefined;
  /** Refuses a server without a ledger, and makes none. */
  mustExist: boolean;
}>;

type Known = LogIdentity & Readonly<{ copying?: boolean }>;

/**
 * The identity of the log, from a stream of its own; whoever is first to open the log writes it, before
 * anything else. With a ledger's id a new log begins as the copy of another one, and is refused without it
 * until `identifyCopied`. Throws `EventLogUnavailable`, also when there are events already that are somebody
 * else's.
 */
export const identityOf = async (options: IdentityOptions): Promise<LogIdentity> => {
  const { copying = false, ...identity } = (await find(options)) ?? (await make(options));
  if (copying && options.ledgerId === undefined) throw interrupted(options.server);
  return identity;
};

/** All is copied: from now on the log is one like any other. Nothing happens when it is one already. */
export const identifyCopied = async (options: IdentityOptions): Promise<void> => {
  const known = await find(options);
  if (known?.copying === true) await write(options, { type: COPIED, data: '{}', expected: 0 });
};

const make = async (options: IdentityOptions): Promise<Known> => {
  if (options.mustExist) throw nothingThere(options.server);
  if ((await options.reader.head()) !== undefined) return made(options);
  const { ledgerId } = options;
  const logId = randomUUID();
  const identity: Known =
    ledgerId === undefined ? { ledgerId: logId, logId } : { ledgerId, logId, copying: true };
  await write(options, { type: TYPE, data: JSON.stringify(identity), expected: 'no-stream' });
  return made(options);
};

const write = async (
  { names, appender }: IdentityOptions,
  event: Readonly<{ type: string; data: string; expected: ExpectedRevision }>,
): Promise<void> => {
  const { identity: name } = names;
  const data = bytesOfText(event.data);
  const stored = { id: randomUUID(), type: event.type, data, metadata: bytesOfText('{}') };
  await appender.resolve({ stream: name, name, expected: event.expected, events: [stored] });
};

/** Whoever lost the race reads what the winner wrote. */
const made = async (options: IdentityOptions): Promise<Known> => {
  const identity = await find(options);
  if (identity !== undefined) return identity;
  throw new EventLogUnavailable(
    'wrong-version',
    `EventStoreDB at ${options.server} holds streams that are not Attesta's. Give the ledger a server or a stream prefix of its own.`,
  );
};

const find = async ({ reader, names, server }: IdentityOptions): Promise<Known | undefined> => {
  const [first, second] = await reader.events(streamRequest(names.identity, 0, 2));
  if (first === undefined) return undefined;
  if (first.getMetadataMap().get('type') !== TYPE) throw damaged(server);
  const identity = parsed(textOfBytes(first.getData_asU8()));
  const { ledgerId = '', logId = '', copying = false } = identity;
  if (!UUID.test(ledgerId) || !UUID.test(logId)) throw damaged(server);
  return { ledgerId, logId, copying: copying && second === undefined };
};

/** Empty where it is no JSON, and then it names no ledger. */
const parsed = (data: string): Partial<Known> => {
  try {
    return JSON.parse(data) as Partial<Known>;
  } catch {
    return {};
  }
};

const nothingThere = (server: string): EventLogUnavailable =>
  new EventLogUnavailable(
    'cannot-open',
    `There is no ledger in EventStoreDB at ${server}. Check the address; nothing was changed.`,
  );

const interrupted = (server: string): EventLogUnavailable =>
  new EventLogUnavailable(
    'half-created',
    `The ledger in EventStoreDB at ${server} is a copy that was interrupted, so it ends too early. Run attesta ledger copy again until it says that all is copied, or empty the server and begin anew.`,
  );
