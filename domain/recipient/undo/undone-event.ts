import { clear, type ImportId, type Instant, type ListId } from '#domain/kernel/index';
import type {
  ConsentProof,
  FieldValue,
  ImportChangesUndone,
  RestoredMembership,
} from '../events.ts';
import {
  CONSENT,
  FIELD,
  LIST,
  type AspectValues,
  type ManyValues,
  type SingleAspect,
} from './aspects.ts';

type Data = ImportChangesUndone['data'];
type Restored = ReadonlyMap<string, unknown>;
type Terms = Readonly<{ importId: ImportId; at: Instant; forgotten: boolean }>;

/** The event that sets the values. */
export const undoneEvent = (
  restored: Restored,
  { importId, at, forgotten }: Terms,
): ImportChangesUndone => {
  const data: Data = {
    importId,
    ...(forgotten && { forgotten }),
    ...singles(restored),
    ...lists(restored),
    ...consents(restored),
    ...fieldKeys(restored),
    at,
  };
  return { type: 'ImportChangesUndone', data, personal: clear(personal(restored)) };
};

const singles = (restored: Restored): Partial<Data> => {
  const language = read(restored, 'language');
  const pending = read(restored, 'pending');
  return present({
    language: language ?? undefined,
    jurisdiction: read(restored, 'jurisdiction'),
    privacyBasis: read(restored, 'privacyBasis'),
    unsubscribed: read(restored, 'unsubscribed'),
    withdrawnOn: read(restored, 'withdrawnOn'),
    invalid: read(restored, 'invalid'),
    confirmedRequest: read(restored, 'confirmedRequest'),
    rejectedClaims: read(restored, 'rejectedClaims'),
    pending: pending && withoutProof(pending),
  });
};

/** Undefined for what is not restored, null for what there was not. */
const read = <A extends SingleAspect>(
  restored: Restored,
  name: A,
): AspectValues[A] | null | undefined =>
  // What stands under an aspect's name was read from that part of the state.
  restored.has(name) ? ((restored.get(name) as AspectValues[A] | undefined) ?? null) : undefined;

const withoutProof = ({
  proof: _proof,
  ...request
}: AspectValues['pending']): NonNullable<Data['pending']> => request;

const present = <T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** Entries of a kind: what tells them apart, and the value. */
const many = <K extends keyof ManyValues>(
  restored: Restored,
  kind: K,
): readonly (readonly [string, ManyValues[K] | undefined])[] =>
  [...restored]
    .filter(([name]) => name.startsWith(PREFIXES[kind]))
    .map(([name, value]) => [
      name.slice(PREFIXES[kind].length),
      // What stands under a prefix was read from that part of the state.
      value as ManyValues[K] | undefined,
    ]);

const PREFIXES = { field: FIELD, list: LIST, consent: CONSENT } as const;

const lists = (restored: Restored): Pick<Data, 'lists'> => {
  const all = many(restored, 'list').map(([listId, membership]): RestoredMembership => ({
    listId: listId as ListId,
    ...(membership !== undefined && { membership }),
  }));
  return all.length === 0 ? {} : { lists: all };
};

const consents = (restored: Restored): Pick<Data, 'consentsEnded' | 'consentsRevived'> => {
  const all = many(restored, 'consent');
  const ended = all.flatMap(([revision, value]) => (value === undefined ? [Number(revision)] : []));
  const revived = all.flatMap(([, value]) => value ?? []);
  return {
    ...(ended.length > 0 && { consentsEnded: ended }),
    ...(revived.length > 0 && { consentsRevived: revived }),
  };
};

const fieldKeys = (restored: Restored): Pick<Data, 'keys'> => {
  const keys = many(restored, 'field').map(([key]) => key);
  return keys.length === 0 ? {} : { keys };
};

const personal = (
  restored: Restored,
): { fields?: Record<string, FieldValue | null>; proof?: ConsentProof } => {
  const values = many(restored, 'field').map(([key, value]) => [key, value ?? null]);
  const proof = read(restored, 'pending')?.proof;
  return {
    ...(values.length > 0 && {
      fields: Object.fromEntries(values) as Record<string, FieldValue | null>,
    }),
    ...(proof !== undefined && { proof }),
  };
};
