import type { FastifyRequest } from 'fastify';
import type { AccountId } from '#domain/kernel/index';
import { keyedHash } from '#libs/crypto/keyed-hash';
import { decryptUnder, encryptUnder, type Keyring } from '#libs/keyring/index';
import { isUnreachable, throughOutage } from '#libs/projecting/index';
import {
  ABANDONED_AFTER,
  type Claim,
  type KeptAnswer,
  type RequestStore,
} from '#libs/requests/index';
import { Answer } from '../answer.ts';
import type { Caller } from '../caller.ts';
import { Problem, problem, type Fault } from '../problem.ts';

/** An answer or a refusal, as text to be encrypted. */
type Kept =
  | { status: number; body?: unknown; facts: Answer['facts'] }
  | { problem: { code: string; detail: string; errors: readonly Fault[] } };

/**
 * The same key and request give the same answer once more; nothing is carried out twice. Answers are kept
 * encrypted: under the recipient's key when they tell of one, so that an erasure takes them along.
 */
export class Idempotency {
  readonly #store: RequestStore;
  readonly #keyring: Keyring;
  readonly #clock: () => number;

  constructor(store: RequestStore, keyring: Keyring, clock: () => number) {
    this.#store = store;
    this.#keyring = keyring;
    this.#clock = clock;
  }

  async perform(
    request: FastifyRequest,
    caller: Caller,
    carryOut: () => Promise<unknown>,
  ): Promise<unknown> {
    const claim = await this.#claimOf(request, caller);
    const claimed = await this.#claimed(claim);
    switch (claimed.outcome) {
      case 'claimed':
        return this.#carryOut(caller, claim, carryOut);
      case 'answered':
        return this.#repeat(caller, claimed.answer);
      case 'in-progress':
        throw problem(
          'in-progress',
          'A request with this key is being carried out. Ask again in a moment.',
          {
            headers: { 'retry-after': '1' },
          },
        );
      case 'reused':
        throw problem(
          'idempotency-key-reused',
          'This key was sent with another request. Use a new key for a new request.',
        );
    }
  }

  async #claimed(claim: Claim): ReturnType<RequestStore['claim']> {
    try {
      return await this.#store.claim(claim);
    } catch (error) {
      // It may have been noted all the same.
      if (isUnreachable(error)) this.#letGoLater(claim);
      throw error;
    }
  }

  async #carryOut(
    caller: Caller,
    claim: Claim,
    carryOut: () => Promise<unknown>,
  ): Promise<unknown> {
    try {
      const answer = await carryOut();
      if (answer instanceof Answer)
        await this.#keep(caller, claim, keptAnswer(answer), answer.facts.subject);
      else await this.#letGo(claim);
      return answer;
    } catch (error) {
      await this.#keepRefusal(caller, claim, error);
      throw error;
    }
  }

  /** A repeat may try again, also where it is not known whether this was written: the ledger recognises the command. */
  async #letGo(claim: Claim): Promise<void> {
    try {
      await this.#store.release(claim);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      this.#letGoLater(claim);
    }
  }

  /** As soon as the server is back. Nobody waits for it: what fails until then counts as abandoned in the end. */
  #letGoLater(claim: Claim): void {
    const signal = AbortSignal.timeout(ABANDONED_AFTER);
    throughOutage(() => this.#store.release(claim), signal).catch(() => undefined);
  }

  /** Refusals are answers too; what may go better next time is not. */
  async #keepRefusal(caller: Caller, claim: Claim, error: unknown): Promise<void> {
    if (!(error instanceof Problem) || !isLasting(error)) {
      await this.#letGo(claim);
      return;
    }
    const { code, detail, errors } = error;
    await this.#keep(caller, claim, { problem: { code, detail, errors } }, undefined);
  }

  async #keep(caller: Caller, claim: Claim, kept: Kept, about: string | undefined): Promise<void> {
    const { accountId, commandId } = caller;
    const subject = about ?? accountId;
    // No key is made for a person: one who was erased meanwhile must not have their answer kept.
    const [key] =
      about === undefined
        ? await this.#keyring.ensure([{ accountId, subject }])
        : await this.#keyring.find([{ accountId, subject }]);
    if (key === undefined) {
      await this.#letGo(claim);
      return;
    }
    const cipher = encryptUnder(key, Buffer.from(JSON.stringify(kept)), placeOf(caller));
    await this.#store.keep(commandId, { subject, cipher });
  }

  async #repeat(caller: Caller, { subject, cipher }: KeptAnswer): Promise<Answer> {
    const [key] = await this.#keyring.find([{ accountId: caller.accountId, subject }]);
    const text = decryptUnder(key, cipher, placeOf(caller));
    if (text === undefined) {
      throw problem(
        'answer-gone',
        'This was carried out; its answer went with the erasure of the person.',
      );
    }
    const kept = JSON.parse(text.toString()) as Kept;
    if ('problem' in kept) throw new Problem(kept.problem.code, kept.problem.detail, kept.problem);
    return new Answer(kept.status, kept.body, kept.facts);
  }

  async #claimOf(request: FastifyRequest, caller: Caller): Promise<Claim> {
    const fingerprint = await this.#fingerprint(caller.accountId, request);
    return { commandId: caller.commandId, fingerprint, now: this.#clock() };
  }

  /** Keyed, because a plain hash of a body with an address could be guessed. */
  async #fingerprint(accountId: AccountId, request: FastifyRequest): Promise<Uint8Array> {
    const { identity } = await this.#keyring.accountKeys(accountId);
    const { url, headers, body } = request;
    const type = (headers['content-type'] ?? '').split(';', 1)[0] ?? '';
    const text = JSON.stringify([url, type, headers['if-match'] ?? '', bodyText(body)]);
    return Uint8Array.from(keyedHash(identity)(`request:${text}`));
  }
}

const bodyText = (body: unknown): unknown =>
  Buffer.isBuffer(body) ? body.toString('latin1') : body;

/** A lost race may be won next time; whatever else is refused stays refused under this key. */
const isLasting = ({ status, code }: Problem): boolean => status < 500 && code !== 'conflict';

const placeOf = (caller: Caller): Uint8Array => Buffer.from(`request:${caller.commandId}`);

const keptAnswer = ({ status, body, facts }: Answer): Kept => ({ status, body, facts });
