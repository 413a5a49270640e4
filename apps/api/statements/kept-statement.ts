import { isShredded, type Recorded } from '#domain/kernel/index';
import type { StatementEvent } from '#domain/statement/index';
import { canonicalJson } from '#libs/ledger/canonical-json';
import { problem, unknown } from '../http/problem.ts';
import { statementHash } from './shown-statement.ts';
import type { KeptStatementAnswer } from './statement.dto.ts';

/**
 * The text as it was kept, with the proof that it is the one that the hash names. Throws the problems
 * `not-found`, and `statement-gone` when the account's key was destroyed.
 */
export const keptStatement = (
  showings: readonly Recorded<StatementEvent>[],
): KeptStatementAnswer => {
  const [first] = showings;
  if (first === undefined) throw unknown('statement');
  const { data, personal } = first.event;
  if (isShredded(personal)) {
    throw problem('statement-gone', 'The text was kept under a key that was destroyed.');
  }
  const { wordingId, language, hash } = data;
  const { text } = personal.reveal();
  const hashed = canonicalJson({ language, text });
  if (statementHash({ language, text }) !== hash) {
    throw new Error('A statement in the ledger is not the one that its hash names.');
  }
  const versions = showings.map(({ event, metadata }) => ({
    version: event.data.version,
    firstAgreedAt: metadata.recordedAt,
  }));
  return { wordingId, language, text, hash, hashed, versions };
};
