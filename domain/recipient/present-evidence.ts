import { EVIDENCE_KEYS, type EvidenceKey } from '#domain/consent/index';
import type { ConsentProof } from './events.ts';

const KEYS: ReadonlySet<string> = new Set(EVIDENCE_KEYS);

/**
 * What stands beside a consent: the parts of its proof that are filled in, and the references that its event
 * carries (a wording, a form, a message, an import).
 */
export const presentEvidence = (
  proof: ConsentProof,
  references: readonly EvidenceKey[] = [],
): ReadonlySet<EvidenceKey> => {
  const present = new Set(references);
  for (const [key, value] of Object.entries(proof)) {
    if (KEYS.has(key) && isShown(value)) present.add(key as EvidenceKey);
  }
  return present;
};

const isShown = (value: string | boolean): boolean =>
  typeof value === 'string' ? value.trim() !== '' : value;
