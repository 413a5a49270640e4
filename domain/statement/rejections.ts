import type { Refusal } from '#domain/kernel/index';

export type StatementRejection = Refusal<'statement-differs'>;

export const STATEMENT_DIFFERS: StatementRejection = {
  code: 'statement-differs',
  message: 'Another text is kept under this hash. Give the hash of the text itself.',
};
