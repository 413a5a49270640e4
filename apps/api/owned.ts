import type { AccountId } from '#domain/kernel/index';
import type { Caller } from './http/caller.ts';
import { unknown } from './http/problem.ts';
import type { Folded } from './streams.ts';

type Absent = { readonly status: 'none' };

/** The state of a resource that exists. */
export type Present<S> = Exclude<S, Absent>;

/**
 * What the caller may see of: a resource of their own account. One of another account is answered as one
 * that does not exist, in the same words (design, section 8).
 */
export const owned = <S extends Absent | { readonly accountId: AccountId }>(
  folded: Folded<S>,
  caller: Caller,
  what: string,
): Folded<Present<S>> => {
  const { state } = folded;
  if (!('accountId' in state) || state.accountId !== caller.accountId) throw unknown(what);
  return folded as Folded<Present<S>>;
};
