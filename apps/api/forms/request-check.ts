import { isShredded, type AccountId, type Refusal, type WordingId } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { boxFaults, type FormField } from '#domain/form/index';
import { requestFaults } from '#domain/statement/index';
import { wordingStream } from '#domain/wording/index';
import { Problem, refused, type Fault } from '../http/problem.ts';
import type { Streams } from '../streams.ts';

/** What a form asks, as far as the law has a say in it. */
export type Asking = Readonly<{
  wordingId: WordingId;
  fields: readonly FormField[];
  preTicked: boolean;
}>;

/** Keeps from people whatever does not ask for consent as the law wants it asked (C-17). */
export class RequestCheck {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /** A form is there for people as soon as it is made. Throws a problem that names all that is missing. */
  async check(accountId: AccountId, asking: Asking): Promise<void> {
    const { wordingId, fields, preTicked } = asking;
    const faults = [...(await this.#faults(accountId, wordingId)), ...boxFaults(preTicked, fields)];
    refuseAll(faults, 'The form cannot be published. See errors for all that is to be corrected.');
  }

  /** For a wording that is asked by other ways than a form. Throws a problem that names all that is missing. */
  async checkWording(accountId: AccountId, wordingId: WordingId): Promise<void> {
    const faults = await this.#faults(accountId, wordingId);
    refuseAll(faults, 'Nobody can be asked by this wording. See errors for all that is missing.');
  }

  async #faults(accountId: AccountId, wordingId: WordingId): Promise<readonly Refusal[]> {
    const wording = await this.#streams.recent(wordingStream, wordingId);
    const account = await this.#streams.recent(accountStream, accountId);
    if (wording.status === 'none' || account.status === 'none') return [];
    const { purpose, latest } = wording;
    const { contacts, terms } = account;
    const sender = isShredded(contacts) ? undefined : contacts.reveal().sender;
    return requestFaults({ purpose, texts: latest.texts }, sender, terms.languages);
  }
}

const refuseAll = ([first, ...others]: readonly Refusal[], detail: string): void => {
  if (first === undefined) return;
  if (others.length === 0) throw refused(first);
  throw new Problem(first.code, detail, { errors: [first, ...others].map(asFault) });
};

const asFault = ({ code, message, path = '' }: Refusal): Fault => ({ path, code, message });
