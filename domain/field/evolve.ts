import type { FieldEvent } from './events.ts';
import type { Fields } from './state.ts';

export const evolve = (fields: Fields, event: FieldEvent): Fields =>
  new Map(fields).set(event.data.key, event.data);
