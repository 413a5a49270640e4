import type { AccountId, ListId } from '#domain/kernel/index';
import { sealMailAddress, type MailPurpose } from '#libs/public-links/index';
import { headerPhrase } from '#libs/rendering/index';

type Header = readonly [name: string, value: string];

/** Makes the address for bounces (`b`) or unsubscribe mail (`u`) of one message. */
export type ReturnAddress = (purpose: MailPurpose) => string;

export type HeaderFacts = Readonly<{
  accountId: AccountId;
  accountName: string;
  senderAddress: string;
  listIds: readonly ListId[];
  listName: string | undefined;
  unsubscribeUrl: string;
  preferencesUrl: string;
  /** First part of Feedback-ID: what complaints are counted by (M-06). */
  campaign: string;
  type: string;
  returnAddress: ReturnAddress | undefined;
}>;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** Stable for a list, so that mail programs can sort by it. Source: RFC 2919 s. 3 (M-02). */
const listId = (facts: HeaderFacts): string => {
  const [only, ...others] = facts.listIds;
  const isOneList = only !== undefined && others.length === 0;
  const label = isOneList ? `${only}.${facts.accountId}` : facts.accountId;
  const name = (isOneList ? facts.listName : undefined) ?? facts.accountName;
  return `${headerPhrase(name)} <${label}.${domainOf(facts.senderAddress)}>`;
};

/** Without a host that takes unsubscribe mail, people read it at the sender's own address. */
const unsubscribeMail = ({ senderAddress, returnAddress }: HeaderFacts): string =>
  `mailto:${encodeURI(returnAddress?.('u') ?? senderAddress)}?subject=unsubscribe`;

/** Source: RFC 2369, RFC 8058 s. 3.1 (M-03). */
const unsubscribeHeaders = (facts: HeaderFacts): readonly Header[] => [
  ['List-Unsubscribe', `<${facts.unsubscribeUrl}>, <${unsubscribeMail(facts)}>`],
  ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
  ['List-Help', `<${facts.preferencesUrl}>`],
];

/** A message that the person did not ask for in this very moment: a newsletter (M-02, M-03, M-06). */
export const newsletterHeaders = (facts: HeaderFacts): readonly Header[] => [
  ['List-Id', listId(facts)],
  ...unsubscribeHeaders(facts),
  ['Feedback-ID', `${facts.campaign}:${facts.accountId}:${facts.type}:attesta`],
  ['Precedence', 'bulk'],
  ['X-Auto-Response-Suppress', 'OOF, AutoReply'],
];

const automatic: readonly Header[] = [
  ['Auto-Submitted', 'auto-generated'],
  ['X-Auto-Response-Suppress', 'OOF, AutoReply'],
];

/** Answers to a form, made by a program. Source: RFC 3834 s. 5. A welcome can be left at once (COL-2). */
export const welcomeHeaders = (facts: HeaderFacts): readonly Header[] => [
  ['List-Id', listId(facts)],
  ...unsubscribeHeaders(facts),
  ...automatic,
];
export const confirmationHeaders = (): readonly Header[] => automatic;

/**
 * Addresses at a host of ours that name the message and prove that we made them (VERP with a MAC, M-20);
 * undefined where no host takes such mail.
 */
export const returnAddresses = (
  messageId: string,
  returnHost: string | undefined,
  key: Uint8Array,
): ReturnAddress | undefined => {
  if (returnHost === undefined) return undefined;
  const name = messageId.slice(0, messageId.indexOf('@'));
  return (purpose) => `${sealMailAddress(key, purpose, name)}@${returnHost}`;
};
