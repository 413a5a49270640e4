import { clear, distinct, ok, refuse, type ListId } from '#domain/kernel/index';
import type { Subscribe } from '../commands.ts';
import type { ConsentClaimRejected, RecipientEvent, RecipientSubscribed } from '../events.ts';
import { valuesOf } from '../evolve-profile.ts';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import { consentEvents, grantFault } from './grants.ts';
import type { Outcome } from './outcome.ts';
import { languageChange, privacyBasisChange, profileChanges } from './profile-changes.ts';
import {
  barrierForPerson,
  isLiftedByConfirming,
  leftByPerson,
  suppressionOf,
} from './suppression.ts';

/** By form, API or import: a new recipient, or what a known one lacks. */
export const subscribe = (command: Subscribe, recipient: Recipient): Outcome => {
  const fault = faultOf(command, recipient);
  if (fault !== undefined) return refuse(fault);
  const listIds = distinct(command.listIds);
  const asked = {
    ...(mayDescribe(command, recipient) ? command : withoutProfile(command)),
    listIds,
    optIn: optInFor(command, recipient),
  };
  return ok(
    recipient.known && !isLiftedByConfirming(recipient)
      ? whatIsMissing(asked, recipient)
      : fromTheStart(asked, recipient),
  );
};

const faultOf = (command: Subscribe, recipient: Recipient): RecipientRejection | undefined => {
  if (command.via === 'person') return barrierForPerson(recipient);
  const suppression = suppressionOf(recipient);
  if (suppression !== undefined) return suppression;
  if (leftByPerson(recipient, command.listIds)) return REJECTIONS.listUnsubscribed;
  return command.consent === undefined
    ? undefined
    : grantFault(command.consent, command.organisationType, command, recipient);
};

/**
 * Anybody can type an address into a form. Where the person had left, only a link in a mail to them
 * proves that it is they who come back, whatever the form says (C-27).
 */
const optInFor = (command: Subscribe, recipient: Recipient): Subscribe['optIn'] =>
  command.via === 'person' &&
  (isLiftedByConfirming(recipient) || leftByPerson(recipient, command.listIds))
    ? 'double'
    : command.optIn;

/**
 * Whoever fills in a form has not shown that the address is theirs, so a form describes a person only while
 * nobody has: known people change their data by a link in their mail, on the preference page.
 */
const mayDescribe = ({ via }: Subscribe, recipient: Recipient): boolean =>
  via === 'client' ||
  !recipient.known ||
  recipient.erased !== undefined ||
  (recipient.isUnproven === true &&
    !isLiftedByConfirming(recipient) &&
    [...recipient.lists.values()].every(({ status }) => status !== 'unsubscribed'));

const withoutProfile = ({
  language: _language,
  jurisdiction: _jurisdiction,
  ...command
}: Subscribe): Subscribe => ({ ...command, fields: clear({}) });

/** A person's consent counts once they confirm; what a client records is a fact of the past. */
const consentWaits = ({ via, optIn, consent }: Subscribe): boolean =>
  via === 'person' && optIn === 'double' && consent !== undefined;

const fromTheStart = (command: Subscribe, recipient: Recipient): readonly RecipientEvent[] =>
  isRepeated(command, recipient, command.listIds)
    ? []
    : [
        subscription(command, recipient),
        ...consents(command, recipient),
        ...rejectedClaims(command, recipient),
        ...privacyBasisChange(recipient, command.privacyBasis, command.since),
      ];

const subscription = (command: Subscribe, recipient: Recipient): RecipientSubscribed => {
  const isNew = !recipient.known || recipient.erased !== undefined;
  const keptLanguage = isNew ? command.defaultLanguage : recipient.language;
  const fields = valuesOf(command.fields.reveal());
  const proof = consentWaits(command) ? command.consent?.proof.reveal() : undefined;
  return {
    type: 'RecipientSubscribed',
    data: {
      listIds: command.listIds,
      optIn: command.optIn,
      language: command.language ?? keptLanguage,
      ...(command.jurisdiction === undefined ? {} : { jurisdiction: command.jurisdiction }),
      ...(proof === undefined ? {} : { consentOnConfirmation: true }),
      at: command.since,
    },
    personal: clear({
      address: command.address.reveal(),
      fields,
      ...(proof === undefined ? {} : { proof }),
    }),
  };
};

const whatIsMissing = (command: Subscribe, recipient: Recipient): readonly RecipientEvent[] => [
  ...joining(command, recipient),
  ...profileChanges(recipient, command.fields, command.jurisdiction, command.now),
  ...languageChange(recipient, command.language, command.now),
  ...consents(command, recipient),
  ...rejectedClaims(command, recipient),
  ...privacyBasisChange(recipient, command.privacyBasis, command.now),
];

const joining = (command: Subscribe, recipient: Recipient): readonly RecipientEvent[] => {
  const listIds = command.listIds.filter((listId) => isMissing(listId, command, recipient));
  const waits = consentWaits(command);
  if (listIds.length === 0 && !waits) return [];
  if (isRepeated(command, recipient, listIds)) return [];
  const proof = waits ? command.consent?.proof.reveal() : undefined;
  return [
    {
      type: 'ListsJoined',
      data: {
        listIds,
        optIn: command.optIn,
        ...(proof === undefined ? {} : { consentOnConfirmation: true }),
        at: command.since,
      },
      personal: clear(proof === undefined ? {} : { proof }),
    },
  ];
};

/** A client does not ask again for what waits for confirmation: a file sent twice sends no second mail. */
const isMissing = (listId: ListId, { via, optIn }: Subscribe, recipient: Recipient): boolean => {
  const status = recipient.lists.get(listId)?.status;
  return (
    status !== 'subscribed' && !(status === 'unconfirmed' && via === 'client' && optIn === 'double')
  );
};

/** The same request once more, recognised by its instant: a new one makes a new confirmation mail. */
const isRepeated = (
  command: Subscribe,
  { pending }: Recipient,
  listIds: readonly ListId[],
): boolean =>
  command.optIn === 'double' &&
  pending?.requestedAt === command.since &&
  listIds.every((listId) => pending.listIds.includes(listId)) &&
  (!consentWaits(command) || pending.givesConsent);

const consents = (command: Subscribe, recipient: Recipient): readonly RecipientEvent[] => {
  const { consent } = command;
  if (consent === undefined || consentWaits(command)) return [];
  return consentEvents(consent, recipient, command.timeZone, command.since);
};

/** Said once, and not of somebody whom a consent allows us to write to. */
const rejectedClaims = (
  { rejectedClaim, since }: Subscribe,
  { consents: known, rejectedClaims: said = [] }: Recipient,
): readonly ConsentClaimRejected[] => {
  if (rejectedClaim === undefined || known.length > 0) return [];
  return said.some((each) => isSameClaim(each, rejectedClaim))
    ? []
    : [{ type: 'ConsentClaimRejected', data: { ...rejectedClaim, at: since } }];
};

const isSameClaim = (
  a: NonNullable<Subscribe['rejectedClaim']>,
  b: NonNullable<Subscribe['rejectedClaim']>,
): boolean =>
  a.kind === b.kind &&
  a.basis === b.basis &&
  a.code === b.code &&
  a.missing.join() === b.missing.join();
