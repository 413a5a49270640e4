import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { consentReceiptSchema } from './consent-receipt-schema.ts';

describe('docs/reference/consent-receipt.schema.json (P-16)', () => {
  it('is what receipts are made by (else write it anew: npm run docs:consent-receipt)', () => {
    const file = join(import.meta.dirname, '../../docs/reference/consent-receipt.schema.json');
    expect(readFileSync(file, 'utf8')).toBe(consentReceiptSchema());
  });

  it('is a schema by the strict rules of its draft', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    ajvFormats.default(ajv);
    expect(() => ajv.compile(JSON.parse(consentReceiptSchema()) as object)).not.toThrow();
  });
});
