import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountStream, type AccountTerms } from '#domain/account/index';
import { civilDateIn, clear, instantOf, type RecipientId } from '#domain/kernel/index';
import { recipientStream, type Recipient } from '#domain/recipient/index';
import { Seed } from '#apps/sender/testing/seed';
import { handle, handleMany, StateCache } from '#libs/commands/index';
import { embeddedKeyring } from '#libs/keyring/embedded/index';
import { openLedger, type Ledger } from '#libs/ledger/index';
import { inMemoryEventLog } from '#libs/ledger/testing/in-memory-event-log';
import { embeddedReadStore } from '#libs/read-store/embedded/index';
import type { ReadStore } from '#libs/read-store/port';
import type { Keyring } from '#libs/keyring/index';
import type { Moment } from './lives.ts';
import type { Random } from './random.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export type Deed = Readonly<{
  recipientId: RecipientId;
  command: Parameters<typeof recipientStream.decide>[0];
}>;

/** A ledger in memory with real keys and read models, and a clock that moves when it is told to. */
export class Year {
  readonly ledger: Ledger;
  readonly keyring: Keyring;
  readonly readStore: ReadStore;
  readonly seed: Seed;
  readonly states: StateCache;
  /** Everybody as they were left by the last command that was carried out. */
  readonly people = new Map<RecipientId, Recipient>();
  readonly refused = new Map<string, number>();
  readonly #directory: string;
  #now: number;

  private constructor(directory: string, start: number) {
    this.#directory = directory;
    this.#now = start;
    this.keyring = embeddedKeyring({ directory });
    this.ledger = openLedger({ eventLog: inMemoryEventLog(), keyring: this.keyring });
    this.readStore = embeddedReadStore({ directory });
    this.seed = new Seed(this.ledger, this.keyring, this.clock);
    this.states = new StateCache(this.ledger);
  }

  static async begin(start: number): Promise<Year> {
    return new Year(await mkdtemp(join(tmpdir(), 'attesta-year-')), start);
  }

  readonly clock = (): number => this.#now;

  wait(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async terms(): Promise<AccountTerms> {
    const { state } = await this.states.get(accountStream, this.seed.accountId);
    if (state.status === 'none') throw new Error('The account is not open.');
    return state.terms;
  }

  async changeTerms(terms: Partial<AccountTerms>): Promise<void> {
    const done = await handle(this.ledger, {
      definition: accountStream,
      key: this.seed.accountId,
      command: { type: 'ChangeAccount', terms, contacts: clear({}) },
      context: this.seed.context(),
    });
    if (!done.ok) throw new Error(done.error.code);
  }

  async moment(random: Random, listIds: Moment['listIds']): Promise<Moment> {
    const { timeZone, organisationType } = await this.terms();
    const now = instantOf(this.#now);
    return { now, today: civilDateIn(timeZone, now), timeZone, organisationType, listIds, random };
  }

  /** Carries out what happens at one moment; what the rules refuse is counted and changes nothing. */
  async carryOut(deeds: readonly Deed[]): Promise<void> {
    const outcomes = await handleMany(
      this.ledger,
      deeds.map(({ recipientId, command }) => ({
        definition: recipientStream,
        key: recipientId,
        command,
        context: this.seed.context(),
      })),
    );
    for (const [index, outcome] of outcomes.entries()) {
      const deed = deeds[index];
      if (deed === undefined) continue;
      if (outcome.ok) this.people.set(deed.recipientId, outcome.value.state);
      else this.refused.set(outcome.error.code, (this.refused.get(outcome.error.code) ?? 0) + 1);
      if (outcome.ok && deed.command.type === 'Erase') await this.#destroyKey(deed.recipientId);
    }
  }

  async #destroyKey(subject: RecipientId): Promise<void> {
    await this.keyring.destroy({ accountId: this.seed.accountId, subject });
  }

  async end(): Promise<void> {
    await this.readStore.close();
    await this.keyring.close();
    await rm(this.#directory, { recursive: true });
  }
}
