import type { Bilingual } from '#domain/kernel/index';
import type { EvidenceGroup, EvidenceKey } from './evidence.ts';

/**
 * A record of the account's that shows the basis. A row of an import counts as one: the file is kept, as
 * claimed, and whoever imports it attests to it.
 */
export const recordOf = (name: Bilingual, more: readonly EvidenceKey[] = []): EvidenceGroup => ({
  code: 'record',
  name,
  anyOf: ['reference', 'document', ...more, 'importId'],
});
