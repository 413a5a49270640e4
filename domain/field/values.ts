import { isCivilDate, ok, refuse, type Refusal, type Result } from '#domain/kernel/index';
import type { Field } from './events.ts';
import { sensitiveValueIn } from './sensitive-values.ts';

/** A value of a custom field: text, dates (`2026-11-23`) and choices are strings. */
export type CheckedValue = string | number | boolean;

export type ValueRefusalCode =
  | 'not-a-text'
  | 'not-a-number'
  | 'not-a-date'
  | 'not-a-boolean'
  | 'not-a-choice'
  | 'value-too-long'
  | 'sensitive-value';

type Checked = Result<CheckedValue, Refusal<ValueRefusalCode>>;

/** Characters (UTF-16 units) of the longest text that is kept. */
export const LONGEST_VALUE = 10_000;

/**
 * Reads a value for a field. Files and forms give texts, which are read as the field's type; programs may
 * give the type itself. Refused: what is of another type, and what looks like a payment card or a national
 * id (COL-5). The refusal never holds the value.
 */
export const checkFieldValue = (field: Field, raw: unknown): Checked => {
  const path = `fields.${field.key}`;
  if (typeof raw === 'string' || typeof raw === 'number') {
    const text = String(raw);
    if (text.length > LONGEST_VALUE) {
      return refused('value-too-long', `Shorten the value to ${LONGEST_VALUE} characters.`, path);
    }
    if (sensitiveValueIn(text) !== undefined) {
      return refused(
        'sensitive-value',
        'The value looks like a payment card or a national id, which must not be stored: leave it out.',
        path,
      );
    }
  }
  return READERS[field.type](raw, field, path);
};

const refused = (code: ValueRefusalCode, message: string, path: string): Checked =>
  refuse({ code, message, path });

type Reader = (raw: unknown, field: Field, path: string) => Checked;

const text: Reader = (raw, _field, path) => {
  if (typeof raw === 'string') return ok(raw);
  return typeof raw === 'number' && Number.isFinite(raw)
    ? ok(String(raw))
    : refused('not-a-text', 'Give a text.', path);
};

const NUMBER = /^[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?$/;

/** A decimal comma is read as in French; there are no thousands separators to be mistaken for it. */
const number: Reader = (raw, _field, path) => {
  const value =
    typeof raw === 'string' && NUMBER.test(raw.trim()) ? Number(raw.trim().replace(',', '.')) : raw;
  return typeof value === 'number' && isStorable(value)
    ? ok(value === 0 ? 0 : value)
    : refused('not-a-number', 'Give a number such as 12 or 12.5.', path);
};

/** Whole numbers beyond 2^53 would not be the same when read again. */
const isStorable = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

const date: Reader = (raw, _field, path) => {
  // A calendar export often adds a time; the day is what the field holds.
  const day = typeof raw === 'string' ? raw.trim().replace(/[T ]\d{2}:\d{2}.*$/s, '') : undefined;
  return day !== undefined && isCivilDate(day)
    ? ok(day)
    : refused('not-a-date', 'Give a day in the form 2026-11-23.', path);
};

const YES = new Set(['true', 'yes', 'oui', 'vrai', '1', 'on']);
const NO = new Set(['false', 'no', 'non', 'faux', '0', 'off']);

const boolean: Reader = (raw, _field, path) => {
  if (typeof raw === 'boolean') return ok(raw);
  const word =
    typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim().toLowerCase() : '';
  if (YES.has(word)) return ok(true);
  return NO.has(word)
    ? ok(false)
    : refused('not-a-boolean', 'Give true or false (yes, no, oui, non, 1 and 0 do too).', path);
};

const choice: Reader = (raw, field, path) => {
  const wanted = typeof raw === 'string' ? raw.trim() : '';
  return (field.choices ?? []).includes(wanted)
    ? ok(wanted)
    : refused('not-a-choice', `Give one of: ${(field.choices ?? []).join(', ')}.`, path);
};

const READERS: Readonly<Record<Field['type'], Reader>> = { text, number, date, boolean, choice };
