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

/** Keeps forms from people that do not ask for consent as the law wants it asked (C-17). */
export class RequestCheck {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /** A form is there for people as soon as it is made. Throws a problem that names all that is missing. */
  async check(accountId: AccountId, asking: Asking): Promise<void> {
    const [first, ...others] = await this.#faults(accountId, asking);
    if (first === undefined) return;
    if (others.length === 0) throw refused(first);
    const errors = [first, ...others].map(asFault);
    const detail = 'The form cannot be published. See errors for all that is to be corrected.';
    throw new Problem(first.code, detail, { errors });
  }

  async #faults(accountId: AccountId, asking: Asking): Promise<readonly Refusal[]> {
    const { wordingId, fields, preTicked } = asking;
    const wording = await this.#streams.recent(wordingStream, wordingId);
    const account = await this.#streams.recent(accountStream, accountId);
    if (wording.status === 'none' || account.status === 'none') return boxFaults(preTicked, fields);
    const { purpose, latest } = wording;
    const { contacts, terms } = account;
    const sender = isShredded(contacts) ? undefined : contacts.reveal().sender;
    return [
      ...requestFaults({ purpose, texts: latest.texts }, sender, terms.languages),
      ...boxFaults(preTicked, fields),
    ];
  }
}

const asFault = ({ code, message, path = '' }: Refusal): Fault => ({ path, code, message });
