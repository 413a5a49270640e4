import { readFile } from 'node:fs/promises';
import { checkMapping } from '#domain/import/check-mapping';
import type { MappingFault } from '#domain/import/mapping';
import { parseMapping, type RequestedMapping } from '#domain/import/parse-mapping';
import {
  fold,
  type AccountId,
  type AnyEvent,
  type JsonObject,
  type StreamDefinition,
} from '#domain/kernel/index';
import { fieldsStream } from '#domain/field/index';
import { listStream } from '#domain/list/index';
import { wordingStream } from '#domain/wording/index';
import type { Ledger } from '#libs/ledger/index';
import type { OpenAccount } from '../accounts.ts';
import { BadUsage, CommandRefused } from '../refusal.ts';

const invalid = (): BadUsage =>
  new BadUsage({
    fr: 'L’option --mapping attend un objet JSON, ou le nom d’un fichier qui en contient un.',
    en: '--mapping takes a JSON object, or the name of a file that holds one.',
  });

/** The mapping as it was given: JSON on the command line, or a file of it. Throws `BadUsage`. */
export const mappingGiven = async (text: string): Promise<JsonObject> => {
  const json = text.trimStart().startsWith('{')
    ? text
    : await readFile(text, 'utf8').catch(() => '');
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as JsonObject;
    }
  } catch {
    throw invalid();
  }
  throw invalid();
};

/** Throws `CommandRefused` with every fault of the mapping at once, each with its path. */
export const checkedMapping = async (
  ledger: Ledger,
  account: OpenAccount,
  given: JsonObject,
): Promise<RequestedMapping> => {
  const parsed = parseMapping(given);
  if (!parsed.ok) throw refused(parsed.error);
  const faults = await faultsFor(ledger, account, parsed.value);
  if (faults.length > 0) throw refused(faults);
  return parsed.value;
};

const refused = (faults: readonly MappingFault[]): CommandRefused => {
  const list = faults.map(({ path, message }) => `\n  ${path}: ${message}`).join('');
  return new CommandRefused('invalid-mapping', {
    fr: `La correspondance des colonnes ne convient pas :${list}`,
    en: `The mapping cannot be used:${list}`,
  });
};

/** What of an account a stream belongs to, where it exists. */
type Owned = Readonly<{ status: 'none' }> | Readonly<{ status: string; accountId: AccountId }>;

const faultsFor = async (
  ledger: Ledger,
  account: OpenAccount,
  mapping: RequestedMapping,
): Promise<readonly MappingFault[]> => {
  const { consent, listIds } = mapping;
  const wordingIds =
    consent.kind === 'express' && consent.wordingId !== undefined ? [consent.wordingId] : [];
  const fields = await ledger.read(fieldsStream, account.id);
  const defined = fold(
    fieldsStream,
    fields.map(({ event }) => event),
  );
  const lists = await ownedAmong(ledger, listStream, listIds, account.id);
  const wordings = await ownedAmong(ledger, wordingStream, wordingIds, account.id);
  return checkMapping(mapping, {
    isField: (key) => defined.has(key),
    isList: (id) => lists.has(id),
    isWording: (id) => wordings.has(id),
    organisationType: account.state.terms.organisationType,
  });
};

const ownedAmong = async <C, S extends Owned, E extends AnyEvent, R>(
  ledger: Ledger,
  definition: StreamDefinition<C, S, E, R>,
  ids: readonly string[],
  accountId: AccountId,
): Promise<ReadonlySet<string>> => {
  const histories = await ledger.readMany(definition, ids);
  const owned = ids.filter((_, index) => {
    const events = (histories[index] ?? []).map(({ event }) => event);
    const state: Owned = fold(definition, events);
    return 'accountId' in state && state.accountId === accountId;
  });
  return new Set(owned);
};
