import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DECISION_TABLE, ENACTED_LAWS } from '#domain/consent/index';
import { consentRulesReference } from './consent-rules-reference.ts';

describe('docs/reference/consent-rules.md', () => {
  const page = consentRulesReference();

  it('is what the code decides by (else write it anew: npm run docs:consent-rules)', () => {
    const file = join(import.meta.dirname, '../../docs/reference/consent-rules.md');
    expect(readFileSync(file, 'utf8')).toBe(page);
  });

  it('P-04: names every row with its section, and every law', () => {
    for (const { row, name, section } of DECISION_TABLE) {
      expect(page).toContain(`### ${String(row)}. ${name.en} · ${name.fr}\n`);
      expect(page).toContain(section);
    }
    for (const { citation } of ENACTED_LAWS) expect(page).toContain(citation.fr);
  });
});
