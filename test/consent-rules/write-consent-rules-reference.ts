import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consentRulesReference } from './consent-rules-reference.ts';

const folder = join(import.meta.dirname, '../../docs/reference');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'consent-rules.md'), consentRulesReference());
