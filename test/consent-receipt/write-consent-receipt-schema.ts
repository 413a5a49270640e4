import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consentReceiptSchema } from './consent-receipt-schema.ts';

const folder = join(import.meta.dirname, '../../docs/reference');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'consent-receipt.schema.json'), consentReceiptSchema());
