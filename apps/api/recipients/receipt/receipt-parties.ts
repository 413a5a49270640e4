import type { AccountContacts } from '#domain/account/index';
import { isShredded } from '#domain/kernel/index';
import type { OpenAccount } from './open-account.ts';
import type { ReceiptParty } from './receipt-document.ts';
import { NOT_STATED } from './receipt-words.ts';

/** Ids of parties that have no account. */
export const ON_BEHALF_OF = 'on-behalf-of';
const OPERATOR = 'platform-operator';

/** The account, whoever it writes for, and the operator of the platform. */
export const receiptParties = (account: OpenAccount): readonly ReceiptParty[] => {
  const { contacts } = account.state;
  const known = isShredded(contacts) ? undefined : contacts.reveal();
  const onBehalfOf = known?.sender.onBehalfOf;
  return [
    accountParty(account, known),
    ...(onBehalfOf === undefined ? [] : [behalfParty(onBehalfOf)]),
    operatorParty,
  ];
};

const accountParty = (
  { id, state: { terms } }: OpenAccount,
  contacts: AccountContacts | undefined,
): ReceiptParty => {
  const party = {
    party_id: id,
    party_role: 'controller',
    party_type: terms.organisationType,
  } as const;
  if (contacts === undefined) {
    const { name } = terms;
    return { ...party, party_name: name, party_address: NOT_STATED.contacts, party_contact: [] };
  }
  const { sender, privacyOfficer } = contacts;
  return {
    ...party,
    party_name: sender.name,
    party_address: sender.postalAddress,
    party_email: sender.contactEmail ?? sender.email,
    ...(sender.phone !== undefined && { party_phone: sender.phone }),
    ...(sender.web !== undefined && { party_url: sender.web }),
    party_contact: [
      {
        contact_type: 'privacy-officer',
        contact_name: privacyOfficer.title,
        contact_information: privacyOfficer.email,
      },
    ],
  };
};

const behalfParty = (name: string): ReceiptParty => ({
  party_id: ON_BEHALF_OF,
  party_role: 'controller',
  party_type: 'not-stated',
  party_name: name,
  party_address: NOT_STATED.onBehalf,
  party_contact: [],
});

const operatorParty: ReceiptParty = {
  party_id: OPERATOR,
  party_role: 'processor',
  party_type: 'not-stated',
  party_name: NOT_STATED.operator,
  party_address: NOT_STATED.operator,
  party_contact: [],
};
