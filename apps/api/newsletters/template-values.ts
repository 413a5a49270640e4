import { isShredded, type JsonObject, type Language } from '#domain/kernel/index';
import type { Account } from '#domain/account/index';
import { senderBlock, type ConsentBlock } from '#libs/rendering/index';
import { unknown } from '../http/problem.ts';

/** A person as templates see them. */
export type ShownPerson = Readonly<{
  email: string;
  language: Language;
  fields: JsonObject;
  lists: readonly Readonly<{ id: string; name: string }>[];
}>;

export type ShownLinks = Readonly<{
  unsubscribe: string;
  preferences: string;
  viewInBrowser: string;
  consent: string;
}>;

type Parts = Readonly<{
  account: Account;
  language: Language;
  person: ShownPerson;
  links: ShownLinks;
  newsletter: Readonly<{ id: string; name: string }>;
  /** `preview` when absent. */
  campaignId?: string;
  /** The request for express consent, where the newsletter carries one. */
  request?: ConsentBlock | undefined;
}>;

/** Everything that a newsletter's template may name (api.md, "Liquid variables"). */
export const templateValues = ({
  account,
  language,
  person,
  links,
  newsletter,
  campaignId = 'preview',
  request,
}: Parts): JsonObject => {
  if (account.status === 'none' || isShredded(account.contacts)) throw unknown('account');
  const { sender } = account.contacts.reveal();
  const { email, fields, lists } = person;
  return {
    recipient: { email, language: person.language },
    fields,
    account: { name: account.terms.name },
    sender: { ...sender, block: senderBlock(sender, language) },
    links,
    lists,
    newsletter: { ...newsletter, language },
    campaign: { id: campaignId },
    ...(request !== undefined && { consent: { block: request } }),
  };
};
