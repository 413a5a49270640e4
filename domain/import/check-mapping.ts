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
  return [...faults, ...consentFaults(consent, setting)];
};

const consentFaults = (
  consent: RequestedMapping['consent'],
  setting: MappingSetting,
): readonly MappingFault[] => {
  switch (consent.kind) {
    case 'express':
      return wordingFaults(consent.wordingId, setting);
    case 'implied':
      return basisFaults(consent, setting);
    default:
      return [];
  }
};

const wordingFaults = (
  wordingId: WordingId | undefined,
  { isWording }: MappingSetting,
): readonly MappingFault[] => {
  if (wordingId === undefined || isWording(wordingId)) return [];
  const message = 'The account has no such wording.';
  return [{ path: 'consent.wordingId', code: 'unknown-wording', message }];
};

const basisFaults = (
  consent: Extract<RequestedMapping['consent'], { kind: 'implied' }>,
  { organisationType }: MappingSetting,
): readonly MappingFault[] => {
  const faults: MappingFault[] = [];
  if (!isAvailableTo(ruleOf(consent), organisationType)) {
    const message = `Organisations of type ${organisationType} cannot rely on this basis (C-06).`;
    faults.push({ path: 'consent.basis', code: 'basis-not-available', message });
  }
  if (consent.label !== undefined) {
    const checked = checkLabel(consent.label, consent.basis, organisationType);
    if (!checked.ok) faults.push({ ...checked.error, path: 'consent.basis' });
  }
  return faults;
};
