import { DemoFailed, expectCount, type DemoClient } from '../demo-client.ts';
import { VISITOR } from '../example/bookshop.ts';
import { MailboxPages, type MailboxLine } from '../mailbox.ts';
import type { Publisher } from '../made.ts';

type Found = Readonly<{ items: readonly Readonly<{ id: string }>[] }>;
type Explained = Readonly<{ allow: boolean; reasons: readonly Readonly<{ code: string }>[] }>;

export const UNSUBSCRIBED = 20;

/**
 * Some people press "unsubscribe" in their mail programs: the address comes from their message's header
 * (RFC 8058), and nothing else is known of them. Returns their ids, once each of them is out of reach.
 */
export const unsubscribeSome = async (
  client: DemoClient,
  { listIds }: Publisher,
): Promise<readonly string[]> => {
  const mailbox = new MailboxPages(client);
  // An earlier attempt at the demo may have left the mails to somebody who signed up by the form.
  const newest = await mailbox.newest(UNSUBSCRIBED + 25);
  const lines = newest.filter(({ to }) => !to.includes(VISITOR.email)).slice(0, UNSUBSCRIBED);
  expectCount('messages in the mailbox', lines.length, UNSUBSCRIBED);
  for (const line of lines) await pressUnsubscribe(client, mailbox, line);
  const ids: string[] = [];
  for (const { to } of lines) ids.push(await idOf(client, to));
  for (const id of ids) await isOutOfReach(client, id, listIds.saturday);
  return ids;
};

const pressUnsubscribe = async (
  client: DemoClient,
  mailbox: MailboxPages,
  { id }: MailboxLine,
): Promise<void> => {
  const header = await mailbox.header(id, 'List-Unsubscribe');
  const address = /<(https?:[^>]+)>/.exec(header)?.[1];
  if (address === undefined) throw new DemoFailed('a message cannot be unsubscribed from');
  await client.with(undefined).submit(address, { 'List-Unsubscribe': 'One-Click' });
};

const isOutOfReach = async (client: DemoClient, id: string, listId: string): Promise<void> => {
  const explained = await client.get<Explained>(`/v1/recipients/${id}/explain?listId=${listId}`);
  const codes = explained.reasons.map(({ code }) => code);
  if (explained.allow || !codes.includes('unsubscribed-list')) {
    throw new DemoFailed('a person who unsubscribed could still be written to');
  }
};

/** Who has an address; it may stand behind a name. */
export const idOf = async (client: DemoClient, to: string): Promise<string> => {
  const email = /<([^>]+)>/.exec(to)?.[1] ?? to;
  const query = new URLSearchParams({ email: email.trim() });
  return client.until('a recipient to be found', async () => {
    const { items } = await client.get<Found>(`/v1/recipients?${query.toString()}`);
    return items[0]?.id;
  });
};
