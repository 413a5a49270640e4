import type { Event } from '#domain/kernel/index';

export const FIELD_TYPES = ['text', 'number', 'date', 'boolean', 'choice'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** A custom field of an account (COL-4). One stream an account holds them all: `fields-<accountId>`. */
export type Field = Readonly<{
  key: string;
  type: FieldType;
  label: Readonly<Record<string, string>>;
  hidden: boolean;
  sensitive: boolean;
  choices?: readonly string[];
}>;
export type FieldDefined = Event<'FieldDefined', Field>;
export type FieldEvent = FieldDefined;
