import type { AnyEvent } from '#domain/kernel/index';
import type { DataKey, Subject } from '#libs/keyring/port';
import type { StreamFormat } from './port.ts';

/** The different subjects of a batch, so that each one's key is asked for once. */
export class Subjects {
  readonly list: Subject[] = [];
  readonly #places = new Map<string, number>();

  /** The subject's place in the list. */
  add(accountId: Subject['accountId'], subject: string): number {
    const name = `${accountId}\n${subject}`;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.list.length);
    return this.list.push({ accountId, subject }) - 1;
  }
}

export type KeysOf = (subjects: readonly Subject[]) => Promise<readonly (DataKey | undefined)[]>;

/** Throws when a stream that is nobody's holds something personal: its definition is wrong. */
export const subjectOf = (format: StreamFormat<AnyEvent>, key: string): string => {
  if (format.subjectOf !== undefined) return format.subjectOf(key);
  throw new Error(`Streams of ${format.category} have no subject, so nothing in them is personal.`);
};
