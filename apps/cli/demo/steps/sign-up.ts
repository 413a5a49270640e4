import { DemoFailed, type DemoClient } from '../demo-client.ts';
import { VISITOR } from '../example/bookshop.ts';
import { MailboxPages } from '../mailbox.ts';
import type { Publisher } from '../made.ts';
import { idOf } from './unsubscribe-some.ts';

type Recipient = Readonly<{ id: string; status: string; consent: Readonly<{ kind: string }> }>;

/**
 * Somebody fills in the form, follows the link of the confirmation mail, and is welcomed: double opt-in
 * through the public pages alone. Returns the person's id.
 */
export const signUp = async (
  client: DemoClient,
  { formId, listIds }: Publisher,
): Promise<string> => {
  const { email, language, firstName, genre } = VISITOR;
  const earlier = await confirmedBefore(client, email);
  if (earlier !== undefined) return earlier;
  const visitor = client.with(undefined);
  const mailbox = new MailboxPages(client);
  await visitor.page(`/f/${formId}?lang=${language}`);
  await visitor.submit(`/f/${formId}`, {
    email,
    language,
    'fields[firstName]': firstName,
    'fields[genre]': genre,
    'lists[]': listIds.saturday,
    consent: 'on',
  });
  const confirmation = await mailbox.next(email);
  const link = await mailbox.link(confirmation.id, 'confirm');
  await visitor.page(link);
  await visitor.submit(link, {});
  await mailbox.next(email, [confirmation]);
  const id = await idOf(client, email);
  const { status, consent } = await client.get<Recipient>(`/v1/recipients/${id}`);
  if (status !== 'active' || consent.kind !== 'express') {
    throw new DemoFailed(`a confirmed sign-up is ${status}, with ${consent.kind} consent`);
  }
  return id;
};

/** A demo that was interrupted after this step must not wait for a mail that is not sent twice. */
const confirmedBefore = async (client: DemoClient, email: string): Promise<string | undefined> => {
  const query = new URLSearchParams({ email });
  const found = await client.get<{ items: readonly Recipient[] }>(
    `/v1/recipients?${query.toString()}`,
  );
  return found.items.find(({ status }) => status === 'active')?.id;
};
