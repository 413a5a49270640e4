import { randomUUID } from 'node:crypto';
import { EventLogUnavailable, type LogIdentity } from '../port.ts';
import type { Appender } from './appender.ts';
import { bytesOfText, textOfBytes } from './event-bytes.ts';
import type { EventReader } from './event-reader.ts';
import { damaged } from './failure.ts';
import { streamRequest } from './read-request.ts';
import type { StreamNames } from './stream-names.ts';

const TYPE = 'LedgerIdentified.v1';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type IdentityOptions = Readonly<{
  reader: EventReader;
  appender: Appender;
  names: StreamNames;
  server: string;
  /** For a log that is made as the copy of another one: the `ledgerId` of that. */
  ledgerId: string | undefined;
}>;

/**
 * The identity of the log, from a stream of its own; whoever is first to open the log writes it, before
 * anything else. Throws `EventLogUnavailable` when there are events already, which are then somebody else's.
 */
export const identityOf = async (options: IdentityOptions): Promise<LogIdentity> => {
  const known = await find(options);
  if (known !== undefined) return known;
  if ((await options.reader.head()) !== undefined) return made(options);
  const logId = randomUUID();
  const identity: LogIdentity = { ledgerId: options.ledgerId ?? logId, logId };
  const data = bytesOfText(JSON.stringify(identity));
  const { identity: name } = options.names;
  const event = { id: randomUUID(), type: TYPE, data, metadata: bytesOfText('{}') };
  await options.appender.resolve({ stream: name, name, expected: 'no-stream', events: [event] });
  return made(options);
};

/** Whoever lost the race reads what the winner wrote. */
const made = async (options: IdentityOptions): Promise<LogIdentity> => {
  const identity = await find(options);
  if (identity !== undefined) return identity;
  throw new EventLogUnavailable(
    'wrong-version',
    `EventStoreDB at ${options.server} holds streams that are not Attesta's. Give the ledger a server or a stream prefix of its own.`,
  );
};

const find = async ({
  reader,
  names,
  server,
}: IdentityOptions): Promise<LogIdentity | undefined> => {
  const [first] = await reader.events(streamRequest(names.identity, 0, 1));
  if (first === undefined) return undefined;
  if (first.getMetadataMap().get('type') !== TYPE) throw damaged(server);
  const identity = JSON.parse(textOfBytes(first.getData_asU8())) as Partial<LogIdentity>;
  const { ledgerId = '', logId = '' } = identity;
  if (!UUID.test(ledgerId) || !UUID.test(logId)) throw damaged(server);
  return { ledgerId, logId };
};
