import { clear, isShredded, SHREDDED, type Personal } from '#domain/kernel/index';
import type { ConsentProof, ImportChangesUndone, RestoredMembership } from './events.ts';
import { changed } from './evolve-profile.ts';
import { UNKNOWN, type PendingConfirmation, type Recipient } from './state.ts';

type Data = ImportChangesUndone['data'];

/** What the event names is as it says; the rest stays. */
export const importUndone = (state: Recipient, event: ImportChangesUndone): Recipient => {
  const { data, personal } = event;
  const fields = isShredded(personal) ? undefined : personal.reveal().fields;
  const restored: Recipient = {
    ...withSingles(state, data, pendingOf(event)),
    ...(data.language !== undefined && { language: data.language }),
    ...(data.lists !== undefined && { lists: restoredLists(state.lists, data.lists) }),
    ...restoredConsents(state, data),
    fields: fields === undefined ? state.fields : changed(state.fields, fields),
  };
  return data.forgotten === true ? forgotten(restored) : restored;
};

/** Facts that there are or are not. */
const withSingles = (
  state: Recipient,
  data: Data,
  pending: PendingConfirmation | null | undefined,
): Recipient => {
  const { jurisdiction, privacyBasis, unsubscribed, withdrawnOn, invalid } = data;
  const { confirmedRequest, rejectedClaims } = data;
  const singles = {
    jurisdiction,
    privacyBasis,
    unsubscribed,
    withdrawnOn,
    invalid,
    confirmedRequest,
    rejectedClaims,
    pending,
  };
  const said = Object.entries(singles).filter(([, value]) => value !== undefined);
  const all = new Map<string, unknown>([...Object.entries(state), ...said]);
  // Nothing else of a recipient is ever null.
  return Object.fromEntries([...all].filter(([, value]) => value !== null)) as Recipient;
};

const pendingOf = ({
  data: { pending },
  personal,
}: ImportChangesUndone): PendingConfirmation | null | undefined =>
  pending === null || pending === undefined ? pending : { ...pending, proof: proofOf(personal) };

const proofOf = (personal: ImportChangesUndone['personal']): Personal<ConsentProof> =>
  isShredded(personal) ? SHREDDED : clear(personal.reveal().proof ?? {});

const restoredLists = (
  before: Recipient['lists'],
  restored: readonly RestoredMembership[],
): Recipient['lists'] => {
  const lists = new Map(before);
  for (const { listId, membership } of restored) {
    if (membership === undefined) lists.delete(listId);
    else lists.set(listId, membership);
  }
  return lists;
};

/** In the order of their events. */
const restoredConsents = (
  { consents, ended }: Recipient,
  { consentsEnded = [], consentsRevived = [] }: Data,
): Pick<Recipient, 'consents' | 'ended'> => {
  if (consentsEnded.length === 0 && consentsRevived.length === 0) return { consents, ended };
  const revived = new Map(consentsRevived.map((each) => [each.consent.revision, each]));
  const isChanged = (revision: number): boolean =>
    revived.has(revision) || consentsEnded.includes(revision);
  const marks = [...revived].flatMap(([revision, each]) =>
    each.ended === undefined ? [] : [[revision, each.ended] as const],
  );
  return {
    consents: [
      ...consents.filter(({ revision }) => !isChanged(revision)),
      ...consentsRevived.map(({ consent }) => consent),
    ].sort((a, b) => a.revision - b.revision),
    ended: new Map([...[...ended].filter(([revision]) => !isChanged(revision)), ...marks]),
  };
};

const forgotten = ({ subscribedAt: _subscribedAt, ...state }: Recipient): Recipient => ({
  ...state,
  known: false,
  address: SHREDDED,
  fields: UNKNOWN.fields,
  language: UNKNOWN.language,
});
