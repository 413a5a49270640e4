import { createHash } from 'node:crypto';
import type { JsonValue } from '#domain/kernel/index';
import { canonicalJson } from '#libs/ledger/canonical-json';

/** SHA-256 (hex) of the canonical JSON of a content: anybody can compute it again. Source: RFC 8785. */
export const contentHash = (content: JsonValue): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex');
