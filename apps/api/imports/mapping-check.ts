import { accountStream } from '#domain/account/index';
import { checkMapping, namedIn } from '#domain/import/check-mapping';
import type { MappingFault } from '#domain/import/mapping';
import { parseMapping } from '#domain/import/parse-mapping';
import type { AccountId, JsonObject } from '#domain/kernel/index';
import { wordingStream } from '#domain/wording/index';
import { unknown, Problem, problem } from '../http/problem.ts';
import { problemKind } from '../http/problem-codes.ts';
import type { References } from '../references.ts';
import type { Streams } from '../streams.ts';

/** Checks the mapping of an import before a byte of the file is taken in. */
export class MappingCheck {
  readonly #streams: Streams;
  readonly #references: References;

  constructor(streams: Streams, references: References) {
    this.#streams = streams;
    this.#references = references;
  }

  /** The mapping as JSON. Throws a problem that names every fault. */
  async checked(text: unknown, accountId: AccountId): Promise<JsonObject> {
    const value = jsonOf(text);
    const mapping = parseMapping(value);
    if (!mapping.ok) throw faulty(mapping.error);
    const { listIds, wordingIds } = namedIn(mapping.value);
    const lists = new Set<string>();
    for (const listId of listIds) {
      if (await this.#references.isList(accountId, listId)) lists.add(listId);
    }
    const wordings = new Set<string>();
    for (const wordingId of wordingIds) {
      const wording = await this.#streams.recent(wordingStream, wordingId);
      if (wording.status !== 'none' && wording.accountId === accountId) wordings.add(wordingId);
    }
    const fields = await this.#references.fields(accountId);
    const account = await this.#streams.recent(accountStream, accountId);
    if (account.status === 'none') throw unknown('account');
    const faults = checkMapping(mapping.value, {
      isField: (key) => fields.has(key),
      isList: (listId) => lists.has(listId),
      isWording: (wordingId) => wordings.has(wordingId),
      organisationType: account.terms.organisationType,
    });
    if (faults.length > 0) throw faulty(faults);
    return value as JsonObject;
  }
}

const jsonOf = (text: unknown): unknown => {
  const fault = (code: string, message: string): Problem =>
    problem('invalid-request', 'The request is not as described. See errors for each fault.', {
      errors: [{ path: 'mapping', code, message }],
    });
  if (text === undefined) throw fault('missing', 'is missing');
  if (typeof text !== 'string') throw fault('repeated', 'must be given once');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw fault('malformed-json', 'must be JSON, URL-encoded');
    throw error;
  }
};

/** Faults that are all of one kind give the problem its code. */
const faulty = (faults: readonly MappingFault[]): Problem => {
  const [first] = faults;
  const isOneKind = faults.every(({ code }) => code === first?.code);
  const errors = faults.map(({ path, ...fault }) => ({
    ...fault,
    path: path === '' ? 'mapping' : `mapping.${path}`,
  }));
  if (first !== undefined && isOneKind && OF_THEIR_OWN.includes(first.code)) {
    return new Problem(first.code, `${problemKind(first.code).title}: ${first.message}`, {
      errors,
    });
  }
  return problem('invalid-request', 'The mapping is not as described. See errors for each fault.', {
    errors,
  });
};

const OF_THEIR_OWN = [
  'unknown-preset',
  'unknown-list',
  'unknown-field',
  'unknown-wording',
  'unknown-basis',
  'label-without-basis',
  'label-not-available',
  'basis-not-available',
  'third-party-consent',
];
