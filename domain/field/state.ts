import type { Field } from './events.ts';

/** All custom fields of one account by key, in the order in which they were first defined. */
export type Fields = ReadonlyMap<string, Field>;

export const NO_FIELDS: Fields = new Map();
