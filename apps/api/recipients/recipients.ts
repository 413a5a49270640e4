import {
  civilDateIn,
  instantOf,
  RecipientId,
  type AccountId,
  type CivilDate,
  type Instant,
} from '#domain/kernel/index';
import { accountStream, type AccountTerms } from '#domain/account/index';
import {
  recipientStream,
  type At,
  type Recipient,
  type RecipientCommand,
} from '#domain/recipient/index';
import { recipientIdOf, type Keyring } from '#libs/keyring/index';
import { found, type Answer } from '../http/answer.ts';
import type { Caller } from '../http/caller.ts';
import { unknown } from '../http/problem.ts';
import type { Streams } from '../streams.ts';
import { type Done, type Folded, type RunOptions } from '../streams.ts';
import type { RecipientAnswer, RemarkAnswer } from './recipient.dto.ts';
import { recipientView } from './recipient-view.ts';

/** A recipient that is known to be the caller's. */
export type Own = Folded<Recipient> & Readonly<{ id: RecipientId }>;

/** What all commands to recipients need: who is meant, whose they are, and what day it is. */
export class Recipients {
  readonly #streams: Streams;
  readonly #keyring: Keyring;
  readonly #days = new Map<string, { minute: number; day: CivilDate }>();

  constructor(streams: Streams, keyring: Keyring) {
    this.#streams = streams;
    this.#keyring = keyring;
  }

  async idOf(accountId: AccountId, matchingAddress: string): Promise<RecipientId> {
    const { identity } = await this.#keyring.accountKeys(accountId);
    return recipientIdOf(identity, matchingAddress);
  }

  /** The recipient, when it is the caller's. Throws the problem `not-found`. */
  async own(id: string, caller: Caller): Promise<Own> {
    if (!RecipientId.is(id)) throw unknown('recipient');
    const folded = await this.#streams.read(recipientStream, id);
    if (folded.accountId !== caller.accountId) throw unknown('recipient');
    return { ...folded, id };
  }

  /** Terms of the account, and the clock where it is. */
  async setting(accountId: AccountId): Promise<{ terms: AccountTerms; at: At }> {
    const account = await this.#streams.recent(accountStream, accountId);
    if (account.status === 'none') throw unknown('account');
    const { timeZone } = account.terms;
    const milliseconds = this.#streams.now();
    const now = instantOf(milliseconds);
    return {
      terms: account.terms,
      at: { now, timeZone, today: this.#today(timeZone, now, milliseconds) },
    };
  }

  /** Carries out a command on a recipient whose id is known to be the caller's. */
  async run(
    id: RecipientId,
    command: RecipientCommand,
    caller: Caller,
    options: RunOptions = {},
  ): Promise<Done<Recipient>> {
    return this.#streams.run(recipientStream, id, command, caller, options);
  }

  /** Days change on whole minutes in every zone, so one answer serves a minute. */
  #today(timeZone: string, now: Instant, milliseconds: number): CivilDate {
    const minute = Math.floor(milliseconds / 60_000);
    const known = this.#days.get(timeZone);
    if (known?.minute === minute) return known.day;
    const day = civilDateIn(timeZone, now);
    this.#days.set(timeZone, { minute, day });
    return day;
  }
}

/** The recipient after a command, as an answer. */
export const recipientAnswer = (
  id: string,
  done: Done<Recipient>,
  remarks: readonly RemarkAnswer[] = [],
): Answer<RecipientAnswer> =>
  found(recipientView(id, done.state, remarks), { ...done.facts, subject: id });
