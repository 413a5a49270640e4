import { domainToASCII } from 'node:url';
import { isShredded, type AccountId, type Language } from '#domain/kernel/index';
import type { Account } from '#domain/account/index';
import type { NewsletterVersion } from '#domain/newsletter/index';
import { parseAddress } from '#domain/recipient/index';
import type { DeliveryOutcome, OutgoingMessage } from '#libs/mailer/port';
import type { CompiledContent } from '#libs/rendering/index';
import { problem, unknown, type Fault } from '../http/problem.ts';
import type { TestMessageAnswer } from './newsletter.dto.ts';
import { templateValues, type ShownLinks } from './template-values.ts';

/** Hands one message to the relay or the built-in mailbox. */
export type SendTest = (message: OutgoingMessage) => Promise<DeliveryOutcome>;

/** Throws the problem `invalid-request` when one of the addresses is none. */
export const testAddresses = (to: readonly string[]): readonly string[] => {
  const parsed = to.map((raw) => parseAddress(raw, domainToASCII));
  const errors = parsed.flatMap((address, index): Fault[] =>
    address.ok
      ? []
      : [{ path: `to.${String(index)}`, code: address.error.code, message: address.error.message }],
  );
  if (errors.length > 0) throw problem('invalid-request', 'Correct the addresses.', { errors });
  return parsed.flatMap((address) => (address.ok ? [address.value.delivery] : []));
};

type Draft = Readonly<{
  accountId: AccountId;
  account: Account;
  newsletter: Readonly<{ id: string; name: string }>;
  version: NewsletterVersion;
  content: CompiledContent;
  links: ShownLinks;
  to: string;
  messageId: string;
  date: Date;
}>;

/**
 * A newsletter for somebody who checks it: the account's own people, who are no recipients, so no consent
 * is asked for. It carries the links of a preview, which change nothing.
 */
export const testMessage = (draft: Draft): OutgoingMessage => {
  const { account, accountId, content, links, to, messageId, date } = draft;
  const { language } = draft.version;
  if (account.status === 'none' || isShredded(account.contacts)) throw unknown('account');
  const { sender } = account.contacts.reveal();
  const person = { email: to, language, fields: {}, lists: [] };
  const { source } = content.message(
    {
      from: { name: sender.name, address: sender.email },
      to,
      messageId,
      date,
      extra: [
        ['List-Unsubscribe', `<${links.unsubscribe}>`],
        ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
        ['X-Attesta-Test', 'true'],
      ],
    },
    templateValues({ account, language, person, links, newsletter: draft.newsletter }),
  );
  return {
    messageId,
    envelope: { from: sender.email, to },
    source,
    subject: { accountId, subject: accountId },
  };
};

export const testView = (
  to: number,
  language: Language,
  outcome: DeliveryOutcome,
): TestMessageAnswer => ({
  to,
  language,
  status: outcome.status,
  ...('reply' in outcome && { reply: outcome.reply }),
});

/** Sends test messages under ids that mail hosts can tell from others'. */
export class TestSender {
  readonly send: SendTest;
  readonly #host: string;

  constructor(send: SendTest, publicUrl: string) {
    this.send = send;
    this.#host = new URL(publicUrl).hostname;
  }

  messageId(name: string): string {
    return `${name}.test@${this.#host}`;
  }
}
