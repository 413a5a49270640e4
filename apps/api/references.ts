import type {
  AccountId,
  FormId,
  ImportId,
  ListId,
  NewsletterId,
  WordingId,
} from '#domain/kernel/index';
import { fieldsStream, type Fields } from '#domain/field/index';
import { formStream } from '#domain/form/index';
import { importStream } from '#domain/import/index';
import { listStream } from '#domain/list/index';
import { newsletterStream } from '#domain/newsletter/index';
import { wordingStream, type WordingVersion } from '#domain/wording/index';
import { problem } from './http/problem.ts';
import type { Streams } from './streams.ts';

type Unknown =
  'unknown-list' | 'unknown-wording' | 'unknown-newsletter' | 'unknown-form' | 'unknown-import';

const missing = (code: Unknown, path: string) => {
  const message = 'does not exist in this account';
  return problem(code, 'The request names something that does not exist in this account.', {
    errors: [{ path, code, message }],
  });
};

/**
 * Checks the ids that bodies name. What belongs to another account is refused as what does not exist, in
 * the same words.
 */
export class References {
  readonly #streams: Streams;

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /** Throws the problem `unknown-list`. */
  async lists(accountId: AccountId, listIds: readonly ListId[], path = 'listIds'): Promise<void> {
    for (const [index, listId] of listIds.entries()) {
      await this.list(accountId, listId, `${path}.${String(index)}`);
    }
  }

  /** Throws the problem `unknown-list`. */
  async list(accountId: AccountId, listId: ListId, path: string): Promise<void> {
    if (!(await this.isList(accountId, listId))) throw missing('unknown-list', path);
  }

  async isList(accountId: AccountId, listId: ListId): Promise<boolean> {
    const list = await this.#streams.recent(listStream, listId);
    return list.status !== 'none' && list.accountId === accountId;
  }

  /** The version in force. Throws the problem `unknown-wording`. */
  async wording(
    accountId: AccountId,
    wordingId: WordingId,
    path = 'wordingId',
  ): Promise<WordingVersion> {
    const wording = await this.#streams.recent(wordingStream, wordingId);
    if (wording.status === 'none' || wording.accountId !== accountId) {
      throw missing('unknown-wording', path);
    }
    return wording.latest;
  }

  /** Throws the problem `unknown-newsletter`. */
  async newsletter(accountId: AccountId, id: NewsletterId, path = 'newsletterId'): Promise<void> {
    const newsletter = await this.#streams.recent(newsletterStream, id);
    if (newsletter.status === 'none' || newsletter.accountId !== accountId) {
      throw missing('unknown-newsletter', path);
    }
  }

  /** Throws the problem `unknown-form`. */
  async form(accountId: AccountId, id: FormId, path: string): Promise<void> {
    const form = await this.#streams.recent(formStream, id);
    if (form.status === 'none' || form.accountId !== accountId) throw missing('unknown-form', path);
  }

  /** Throws the problem `unknown-import`. */
  async import(accountId: AccountId, id: ImportId, path: string): Promise<void> {
    const state = await this.#streams.recent(importStream, id);
    if (state.status === 'none' || state.accountId !== accountId) {
      throw missing('unknown-import', path);
    }
  }

  async fields(accountId: AccountId): Promise<Fields> {
    return this.#streams.recent(fieldsStream, accountId);
  }

  /** Throws the problem `unknown-field`. */
  async fieldKeys(accountId: AccountId, keys: readonly string[], path = 'fields'): Promise<void> {
    const fields = await this.fields(accountId);
    const index = keys.findIndex((key) => !fields.has(key));
    if (index === -1) return;
    const fault = {
      path: `${path}.${String(index)}.key`,
      code: 'unknown-field',
      message: 'is not defined',
    };
    throw problem('unknown-field', 'Define the field first.', { errors: [fault] });
  }
}
