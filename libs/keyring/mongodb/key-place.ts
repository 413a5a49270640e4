import { AccountId } from '#domain/kernel/index';
import type { Subject } from '../port.ts';

/**
 * The id of a subject's key. The first is number 0, and the next one is made when that one was destroyed: the
 * unique id lets one process make it. Neither an account's id nor a number has a slash in it, so any text may follow.
 */
export const keyPlace = ({ accountId, subject }: Subject, number: number): string =>
  `${accountId}/${String(number)}/${subject}`;

/** The subject whose key has this id. */
export const subjectAt = (place: string): Subject => {
  const afterAccount = place.indexOf('/');
  const afterNumber = place.indexOf('/', afterAccount + 1);
  return {
    accountId: AccountId.parse(place.slice(0, afterAccount)),
    subject: place.slice(afterNumber + 1),
  };
};

const DIGITS = String(Number.MAX_SAFE_INTEGER).length;

/** Begins the order of all keys made at an instant; compares as text. Milliseconds since 1970. */
export const orderOf = (milliseconds: number): string => String(milliseconds).padStart(DIGITS, '0');

/** The instant that an order begins with. */
export const madeAtOf = (order: string): number => Number(order.slice(0, DIGITS));
