import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { sensitiveValueIn } from './sensitive-values.ts';

const folder = `${process.cwd()}/../shared/data/import/mailchimp`;
const present = existsSync(folder);
if (!present) console.warn('SKIPPED: COL-5 on an export of Mailchimp, its files are not here.');

type Row = Readonly<Record<string, string>>;
const rowsOf = (file: string): readonly Row[] =>
  parse(readFileSync(`${folder}/${file}.csv`), { columns: true, bom: true });
const VALUE_COLUMNS = ['First Name', 'Last Name', 'Ville', 'NOTES', 'TAGS'];

(present ? describe : describe.skip)('COL-5: an export of Mailchimp', () => {
  it('has exactly the rows flagged that hold a card or a national id', () => {
    const { traps } = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as {
      traps: Record<string, readonly string[]>;
    };
    const named = Object.entries(traps)
      .filter(([trap]) => /^payment card|^Canadian SIN/.test(trap))
      .flatMap(([, addresses]) => addresses);
    const flagged = ['subscribed', 'unsubscribed', 'cleaned']
      .flatMap(rowsOf)
      .filter((row) => VALUE_COLUMNS.some((column) => sensitiveValueIn(row[column] ?? '')))
      .map((row) => row['Email Address']);
    expect(named).toHaveLength(7);
    expect(flagged.sort()).toEqual([...named].sort());
  });
});
