import { clear, isShredded, SHREDDED, type Personal } from '#domain/kernel/index';
import type { FieldValue, FieldValues, ProfileChanged } from './events.ts';
import type { Recipient } from './state.ts';

export const profileChanged = (
  state: Recipient,
  { data, personal }: ProfileChanged,
): Recipient => ({
  ...state,
  fields: isShredded(personal) ? SHREDDED : changed(state.fields, personal.reveal().fields),
  ...(data.jurisdiction === undefined ? {} : { jurisdiction: data.jurisdiction }),
});

type Changes = Readonly<Record<string, FieldValue | null>>;

export const changed = (before: Personal<FieldValues>, changes: Changes): Personal<FieldValues> =>
  clear(isShredded(before) ? valuesOf(changes) : valuesOf({ ...before.reveal(), ...changes }));

/** The values that are set: null removes one. */
export const valuesOf = (changes: Changes): FieldValues => {
  const values: Record<string, FieldValue> = {};
  for (const [key, value] of Object.entries(changes)) {
    if (value !== null) values[key] = value;
  }
  return values;
};
