import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { checkReceipt, receiptText } from '#apps/api/recipients/receipt/signed-receipt';
import { readPublicKeys } from '#libs/signatures/index';
import { consentReceiptSchema } from './consent-receipt-schema.ts';

const folder = path.join(import.meta.dirname, 'golden');
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const versions = globSync('*.json', { cwd: folder }).map((name) => path.basename(name, '.json'));

describe('R-12: receipts that were handed out verify for ever', () => {
  it('keeps one of each version', () => {
    expect(versions).toEqual(['attesta-consent-receipt-1']);
  });

  it.each(versions)('%s', (version) => {
    const text = read(`${version}.json`);
    const checked = checkReceipt(text, readPublicKeys(read(`${version}.pem`)));
    expect(checked.ok).toBe(true);
    if (!checked.ok) return;
    const { receipt } = checked.value;
    expect(receiptText(receipt)).toBe(text);
    expect(receipt.schema_version).toBe(version);
    expect(receipt.records.map(({ state }) => state)).toEqual(['confirmed', 'given', 'withdrawn']);
  });

  it('are described by the schema of today', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    ajvFormats.default(ajv);
    const isReceipt = ajv.compile(JSON.parse(consentReceiptSchema()) as object);
    isReceipt(JSON.parse(read('attesta-consent-receipt-1.json')));
    expect(isReceipt.errors ?? []).toEqual([]);
  });
});
