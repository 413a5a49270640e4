import { acceptedForm, csvOf, NDJSON, type RowFormat } from '../http/row-format.ts';
import type { RowAnswer } from './import.dto.ts';

const FORMS: Readonly<Record<'ndjson' | 'csv', RowFormat<RowAnswer>>> = {
  ndjson: NDJSON,
  csv: csvOf<RowAnswer>({
    row: ({ row }) => row,
    email: ({ email }) => email,
    recipientId: ({ recipientId }) => recipientId,
    outcome: ({ outcome }) => outcome,
    code: ({ code }) => code,
    message: ({ message }) => message,
  }),
};

/** The first format of the list in an `Accept` header that there is; undefined when there is none. */
export const acceptedFormat = (accept: string | undefined): RowFormat<RowAnswer> | undefined => {
  const form = acceptedForm(accept);
  return form === undefined ? undefined : FORMS[form];
};
