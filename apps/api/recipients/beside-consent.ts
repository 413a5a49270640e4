import type { AccountId, WordingShown } from '#domain/kernel/index';
import type { References } from '../references.ts';
import type { RunOptions } from '../streams.ts';
import { evidenceOf, type ConsentDto } from './consent.dto.ts';

type Beside = Pick<ConsentDto, 'wordingId' | 'evidence'>;

/**
 * What stands in clear beside the event of a consent: the wording in its version in force, and references that
 * are checked to be the account's own, as they count as evidence. Throws the problems `unknown-…`.
 */
export const besideConsent = async (
  references: References,
  accountId: AccountId,
  dto: Beside,
  path = '',
): Promise<Pick<RunOptions, 'evidence' | 'wording'>> => {
  const evidence = evidenceOf(dto);
  const { formId, importId } = evidence;
  if (formId !== undefined) await references.form(accountId, formId, `${path}evidence.formId`);
  if (importId !== undefined) {
    await references.import(accountId, importId, `${path}evidence.importId`);
  }
  const wording = await wordingShown(references, accountId, dto, `${path}wordingId`);
  return { evidence, ...(wording !== undefined && { wording }) };
};

const wordingShown = async (
  references: References,
  accountId: AccountId,
  { wordingId }: Beside,
  path: string,
): Promise<WordingShown | undefined> => {
  if (wordingId === undefined) return undefined;
  const { version, hash } = await references.wording(accountId, wordingId, path);
  return { wordingId, version, hash };
};
