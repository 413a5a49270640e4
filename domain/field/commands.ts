import type { Field } from './events.ts';

export type DefineField = Readonly<{ type: 'DefineField'; field: Field }>;
export type FieldCommand = DefineField;
