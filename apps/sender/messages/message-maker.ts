import { randomBytes } from 'node:crypto';
import { isShredded, type Instant, type Language } from '#domain/kernel/index';
import { requestToConfirm, type Delivery, type DeliveryContent } from '#domain/delivery/index';
import type { Recipient } from '#domain/recipient/index';
import type { PublicLink } from '#libs/public-links/index';
import type { OutgoingMessage } from '#libs/mailer/port';
import { outgoingFaults, type OutgoingFaultCode } from '#libs/rendering/index';
import { returnAddresses } from './headers.ts';
import { linkMaker, type LinkMaker } from './links.ts';
import type { Materials } from './materials.ts';
import { consentRequestDraft } from './consent-request-draft.ts';
import type { Draft, DraftParts, RequestToAsk } from './draft.ts';
import { newsletterDraft } from './newsletter-draft.ts';
import { noticeDraft, type NoticeContents } from './notice-draft.ts';
import { returnConfirmationDraft } from './return-confirmation-draft.ts';

export type Made =
  | Readonly<{
      ok: true;
      message: OutgoingMessage;
      language: Language;
      contentHash: string;
      /** It holds the request that it was to carry: a template can leave it out for some. */
      asksForConsent: boolean;
    }>
  | Readonly<{ ok: false; faults: readonly string[] }>;

const UNSUBSCRIBE_FAULTS: readonly OutgoingFaultCode[] = [
  'unsubscribe-link-missing',
  'list-unsubscribe-missing',
  'one-click-missing',
];

const missing = (what: string): Made => ({ ok: false, faults: [what] });

type Making = Readonly<{
  materials: Materials;
  /** What a newsletter asks, where it does. */
  request?: RequestToAsk | undefined;
  now: Instant;
}>;

type MakerConfig = Readonly<{ publicUrl: string; returnHost?: string }>;

/** Makes finished, checked messages out of deliveries. */
export class MessageMaker {
  readonly #returnHost: string | undefined;
  readonly #key: Uint8Array;
  readonly #links: LinkMaker;
  readonly #notices: NoticeContents;

  constructor(config: MakerConfig, key: Uint8Array, notices: NoticeContents) {
    this.#returnHost = config.returnHost;
    this.#key = key;
    this.#links = linkMaker(config.publicUrl, key);
    this.#notices = notices;
  }

  /** Nothing of what it answers to a fault is personal. */
  make(delivery: Delivery, recipient: Recipient, { materials, request, now }: Making): Made {
    const { accountId, recipientId, content } = planned(delivery);
    const party = materials.parties.get(accountId);
    if (party === undefined) return missing('sender-unknown');
    if (isShredded(recipient.address)) return missing('address-unknown');
    const address = recipient.address.reveal();
    const about = subjectOf(content);
    const issued = requestToConfirm(content) ?? now;
    const links = this.#links({ accountId, recipientId, about }, issued);
    const messageId = messageIdFor(party.sender.email);
    const returnAddress = returnAddresses(messageId, this.#returnHost, this.#key);
    const parts = { delivery, recipient, address, party, materials, links, returnAddress, request };
    const draft = this.#draft(content, parts, now);
    if (draft === undefined) return missing('content-unknown');
    const envelope = { from: returnAddress?.('b') ?? party.sender.email, to: address };
    const rendered = render(draft, parts, { messageId, date: new Date(now) });
    if (!rendered.ok) return rendered;
    const subject = { accountId, subject: recipientId };
    const message = { messageId, envelope, source: rendered.source, subject };
    const { language, content: hashed } = draft;
    const { asksForConsent } = rendered;
    return { ok: true, message, language, contentHash: hashed.hash, asksForConsent };
  }

  #draft({ kind }: DeliveryContent, parts: DraftParts, now: Instant): Draft | undefined {
    switch (kind) {
      case 'newsletter':
        return newsletterDraft(parts);
      case 'consent-request':
        return consentRequestDraft(parts, this.#notices, now);
      case 'return-confirmation':
        return returnConfirmationDraft(parts, this.#notices);
      default:
        return noticeDraft(parts, this.#notices);
    }
  }
}

/** What stands in every delivery that was planned; without it there is nothing to send. */
const planned = ({ accountId, recipientId, content }: Delivery) => {
  if (accountId === undefined || recipientId === undefined || content === undefined) {
    throw new Error('A delivery without content.');
  }
  return { accountId, recipientId, content };
};

/** What the links of a message are about. */
const subjectOf = (content: DeliveryContent): PublicLink['about'] => {
  switch (content.kind) {
    case 'newsletter':
      return content.newsletterId;
    case 'consent-request':
    case 'return-confirmation':
      return content.wordingId;
    default:
      return content.formId;
  }
};

type Rendered =
  | Readonly<{ ok: true; source: Buffer; asksForConsent: boolean }>
  | Readonly<{ ok: false; faults: readonly string[] }>;

const render = (
  draft: Draft,
  { address, party, links, request }: DraftParts,
  about: Readonly<{ messageId: string; date: Date }>,
): Rendered => {
  const { sender } = party;
  const from = { name: sender.name, address: sender.email };
  // No host of ours takes replies yet: people's answers reach the sender (M-01).
  const replyTo = sender.contactEmail ?? sender.email;
  const head = { from, replyTo, to: address, ...about, extra: draft.headers };
  const { source, parts } = draft.content.message(head, draft.values);
  const faults = outgoingFaults({
    headers: draft.headers,
    parts,
    expected: {
      unsubscribeUrl: links.unsubscribe,
      ownUrls: [links.preferences],
      senderName: sender.name,
      postalAddress: sender.postalAddress,
    },
  }).filter(({ code }) => draft.isUnsubscribable || !UNSUBSCRIBE_FAULTS.includes(code));
  if (faults.length > 0) {
    return { ok: false, faults: faults.map(({ part, code }) => `${part}:${code}`) };
  }
  const holdsLink = (): boolean =>
    [parts.html, parts.text].some((each) => each.includes(links.consent));
  return { ok: true, source, asksForConsent: request !== undefined && holdsLink() };
};

/** Unique, and within the domain that the message says it is from. Source: RFC 5322 s. 3.6.4. */
const messageIdFor = (senderAddress: string): string => {
  const name = BigInt(`0x${randomBytes(16).toString('hex')}`).toString(36);
  return `${name}@${senderAddress.slice(senderAddress.lastIndexOf('@') + 1)}`;
};
