import type { Position } from '#domain/kernel/index';
import { found, type Answer } from '../../http/answer.ts';
import type { ProofLanguage } from './proof-forms.ts';

type Facts = Readonly<{ revision?: number; position: Position | undefined }>;

/** Nobody on the way may keep what is all about one person. */
const KEPT_BY_NOBODY = { 'cache-control': 'no-store' };

export const proofAsData = <T>(body: T, facts: Facts): Answer<T> =>
  found(body, { ...facts, headers: KEPT_BY_NOBODY });

/** A page that stands alone, under a content policy of its own. */
export const proofAsPage = (
  { html, policy }: Readonly<{ html: string; policy: string }>,
  language: ProofLanguage,
  facts: Facts,
): Answer<string> =>
  found(html, {
    ...facts,
    contentType: 'text/html; charset=utf-8',
    headers: {
      ...KEPT_BY_NOBODY,
      'content-security-policy': policy,
      'content-language': language,
    },
  });
