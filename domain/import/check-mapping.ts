import { checkLabel, isAvailableTo, ruleOf, type OrganisationType } from '#domain/consent/index';
import type { ListId, WordingId } from '#domain/kernel/index';
import { fieldKeyOf, type MappingFault } from './mapping.ts';
import type { RequestedMapping } from './parse-mapping.ts';

/** What of an account a mapping may name. */
export type MappingSetting = Readonly<{
  isField: (key: string) => boolean;
  isList: (listId: ListId) => boolean;
  isWording: (wordingId: WordingId) => boolean;
  organisationType: OrganisationType;
}>;

/** The lists and wordings that a mapping names, to be looked up before it is checked. */
export const namedIn = ({
  listIds,
  consent,
}: RequestedMapping): Readonly<{
  listIds: readonly ListId[];
  wordingIds: readonly WordingId[];
}> => ({
  listIds,
  wordingIds:
    consent.kind === 'express' && consent.wordingId !== undefined ? [consent.wordingId] : [],
});

/** What the mapping names and the account does not have; empty when it has all of it. */
export const checkMapping = (
  { columns, listIds, consent }: RequestedMapping,
  setting: MappingSetting,
): readonly MappingFault[] => {
  const faults: MappingFault[] = [];
  for (const [column, target] of columns) {
    const key = fieldKeyOf(target);
    if (key !== undefined && !setting.isField(key)) {
      const message = 'The account has no such field: define it first, or map to another.';
      faults.push({ path: `columns.${column}`, code: 'unknown-field', message });
    }
  }
  listIds.forEach((listId, index) => {
    if (setting.isList(listId)) return;
    const message = 'The account has no such list.';
    faults.push({ path: `listIds.${String(index)}`, code: 'unknown-list', message });
  });
  if (consent.kind === 'express' && consent.wordingId !== undefined) {
    if (!setting.isWording(consent.wordingId)) {
      const message = 'The account has no such wording.';
      faults.push({ path: 'consent.wordingId', code: 'unknown-wording', message });
    }
  }
  if (consent.kind === 'implied' && !isAvailableTo(ruleOf(consent), setting.organisationType)) {
    const message = `Organisations of type ${setting.organisationType} cannot rely on this basis (C-06).`;
    faults.push({ path: 'consent.basis', code: 'basis-not-available', message });
  }
  if (consent.kind === 'implied' && consent.label !== undefined) {
    const checked = checkLabel(consent.label, consent.basis, setting.organisationType);
    if (!checked.ok) faults.push({ ...checked.error, path: 'consent.basis' });
  }
  return faults;
};
