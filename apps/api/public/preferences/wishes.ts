import { parseLanguage, type Language, type ListId } from '#domain/kernel/index';
import { checkFieldValue, type Field } from '#domain/field/index';
import {
  TRACKING_MODES,
  type FieldValue,
  type Recipient,
  type TrackingMode,
} from '#domain/recipient/index';
import type { PostedForm } from '../http/posted-form.ts';

/** What the page showed, and so what an answer can change. */
export type Offered = Readonly<{
  languages: readonly Language[];
  lists: readonly Readonly<{ id: ListId; isOn: boolean }>[];
  fields: readonly Field[];
}>;

/** What the person wants, as differences from how things are. */
export type Wishes = Readonly<{
  language: Language | undefined;
  /** Undefined when the page said nothing of it. */
  tracking: TrackingMode | undefined;
  join: readonly ListId[];
  leave: readonly ListId[];
  fields: Readonly<Record<string, FieldValue | null>>;
  /** Code by key of each value that cannot be taken; never the value. */
  faults: ReadonlyMap<string, string>;
}>;

/** Reads an answer to the preference page. What the page did not show stays as it is. */
export const wishesOf = (form: PostedForm, offered: Offered): Wishes => {
  const chosen = new Set<string>(form.all('lists[]'));
  const asked = parseLanguage(form.text('language') ?? '');
  const fields: Record<string, FieldValue | null> = {};
  const faults = new Map<string, string>();
  for (const field of offered.fields) {
    const raw = (form.text(`fields[${field.key}]`) ?? '').trim();
    if (raw === '') {
      fields[field.key] = field.type === 'boolean' ? false : null;
      continue;
    }
    const checked = checkFieldValue(field, raw);
    if (checked.ok) fields[field.key] = checked.value;
    else faults.set(field.key, checked.error.code);
  }
  return {
    language: offered.languages.find((each) => each === asked),
    tracking: TRACKING_MODES.find((mode) => mode === form.text('tracking')),
    join: offered.lists.flatMap(({ id, isOn }) => (!isOn && chosen.has(id) ? [id] : [])),
    leave: offered.lists.flatMap(({ id, isOn }) => (isOn && !chosen.has(id) ? [id] : [])),
    fields,
    faults,
  };
};

/** A box that was never ticked is no answer: `false` is recorded only where something else was on record. */
export const withoutIdleAnswers = (
  fields: Wishes['fields'],
  onRecord: Readonly<Record<string, FieldValue>>,
): Wishes['fields'] =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([key, value]) => value !== false || Object.hasOwn(onRecord, key),
    ),
  );

export const isOnList = ({ lists }: Recipient, id: ListId): boolean =>
  lists.get(id)?.status === 'subscribed';
