import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DECISION_TABLE, ENACTED_LAWS } from '#domain/consent/index';
import { NUMBERED_RULES } from './numbered-rules.ts';
import { consentRulesReference } from './consent-rules-reference.ts';

/** A rule by its number in a text of the code: not in a comment, which begins with `*` or `//`. */
const NAMED = /(?<=^(?!\s*(?:\/?\*|\/\/)).*['`(;, ])[CP]-\d\d(?!\.)(?=[^\n]*['`])/gm;

describe('docs/reference/consent-rules.md', () => {
  const page = consentRulesReference();

  it('is what the code decides by (else write it anew: npm run docs:consent-rules)', () => {
    const file = join(import.meta.dirname, '../../docs/reference/consent-rules.md');
    expect(readFileSync(file, 'utf8')).toBe(page);
  });

  it('says each rule that an answer or a refusal names', () => {
    const folder = join(import.meta.dirname, '../../domain');
    const sources = ['consent', 'import', 'recipient'].flatMap((room) =>
      globSync(`${room}/**/*.ts`, { cwd: folder }).filter((file) => !file.endsWith('.spec.ts')),
    );
    const named = sources.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(NAMED)].map(([rule]) => rule),
    );
    expect(new Set(named).size).toBeGreaterThan(10);
    expect([...new Set(named)].filter((rule) => !(rule in NUMBERED_RULES))).toEqual([]);
  });

  it('P-04: names every row with its section, and every law', () => {
    for (const { row, name, section } of DECISION_TABLE) {
      expect(page).toContain(`### ${String(row)}. ${name.en} · ${name.fr}\n`);
      expect(page).toContain(section);
    }
    for (const { citation } of ENACTED_LAWS) expect(page).toContain(citation.fr);
  });
});
