import type {
  AccountId,
  FormId,
  Language,
  ListId,
  NewsletterId,
  Texts,
} from '#domain/kernel/index';
import { isShredded } from '#domain/kernel/index';
import { accountStream, type AccountTerms, type Sender } from '#domain/account/index';
import { formStream, type FormTerms } from '#domain/form/index';
import { listStream } from '#domain/list/index';
import { newsletterStream } from '#domain/newsletter/index';
import type { StateCache } from '#libs/commands/index';
import type { Entry } from '../delivery/journal.ts';
import type { Recipient } from '#domain/recipient/index';
import type { ContentCompiler, HashedContent } from './content-compiler.ts';

export type SendingParty = Readonly<{ terms: AccountTerms; sender: Sender }>;
export type Issue = Readonly<{
  name: string;
  /** In the order in which they were set; empty when there is none that can be sent. */
  versions: ReadonlyMap<Language, HashedContent>;
}>;

/** What the messages of one batch share, read once for all of them. */
export type Materials = Readonly<{
  parties: ReadonlyMap<AccountId, SendingParty>;
  issues: ReadonlyMap<NewsletterId, Issue>;
  forms: ReadonlyMap<FormId, FormTerms>;
  listNames: ReadonlyMap<ListId, Texts>;
}>;

type Subjects = readonly Readonly<{ entry: Entry; recipient: Recipient }>[];

/** Reads each key once. Keys whose stream does not say anything useful are left out. */
const readAll = async <K, V>(
  keys: Iterable<K>,
  read: (key: K) => Promise<V | undefined>,
): Promise<ReadonlyMap<K, V>> => {
  const found = new Map<K, V>();
  for (const key of new Set(keys)) {
    const value = await read(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
};

const present = <T>(values: readonly (T | undefined)[]): readonly T[] =>
  values.filter((value) => value !== undefined);

/** Gathers what messages are made of from the ledger, never out of date. */
export class MaterialsReader {
  readonly #states: StateCache;
  readonly #compiler: ContentCompiler;

  constructor(states: StateCache, compiler: ContentCompiler) {
    this.#states = states;
    this.#compiler = compiler;
  }

  async parties(accountIds: Iterable<AccountId>): Promise<Materials['parties']> {
    return readAll(accountIds, (id) => this.#party(id));
  }

  async gather(subjects: Subjects): Promise<Materials> {
    const contents = present(subjects.map(({ entry }) => entry.delivery.content));
    const newsletterIds = contents.flatMap((each) =>
      each.kind === 'newsletter' ? [each.newsletterId] : [],
    );
    const formIds = contents.flatMap((each) => ('formId' in each ? [each.formId] : []));
    const listIds = subjects.flatMap(({ entry, recipient }) => [
      ...entry.delivery.listIds,
      ...recipient.lists.keys(),
    ]);
    return {
      parties: await this.parties(present(subjects.map(({ entry }) => entry.delivery.accountId))),
      issues: await readAll(newsletterIds, (id) => this.#issue(id)),
      forms: await readAll(formIds, (id) => this.#form(id)),
      listNames: await readAll(listIds, (id) => this.#listName(id)),
    };
  }

  async #party(accountId: AccountId): Promise<SendingParty | undefined> {
    const { state } = await this.#states.get(accountStream, accountId);
    if (state.status === 'none' || isShredded(state.contacts)) return undefined;
    return { terms: state.terms, sender: state.contacts.reveal().sender };
  }

  async #issue(newsletterId: NewsletterId): Promise<Issue | undefined> {
    const { state } = await this.#states.get(newsletterStream, newsletterId);
    if (state.status === 'none') return undefined;
    const versions = new Map<Language, HashedContent>();
    for (const [language, version] of state.versions) {
      const compiled = await this.#compiler.compile(version);
      if (compiled !== undefined) versions.set(language, compiled);
    }
    return { name: state.name, versions };
  }

  async #form(formId: FormId): Promise<FormTerms | undefined> {
    const { state } = await this.#states.get(formStream, formId);
    return state.status === 'none' ? undefined : state.terms;
  }

  async #listName(listId: ListId): Promise<Texts | undefined> {
    const { state } = await this.#states.get(listStream, listId);
    return state.status === 'none' ? undefined : state.terms.name;
  }
}
