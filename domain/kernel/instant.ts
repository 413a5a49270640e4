import type { Brand } from './brand.ts';

/** A UTC instant with milliseconds, `2026-11-23T15:04:05.123Z`; compares as text. */
export type Instant = Brand<string, 'Instant'>;

const PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The text accepted last: events of one command share their instant, and many are read. */
let lastAccepted: string | undefined;

/** Accepts exactly the stored form. Throws `TypeError` on anything else. */
export const Instant = (text: string): Instant => {
  if (text !== lastAccepted && (!PATTERN.test(text) || Number.isNaN(Date.parse(text)))) {
    throw new TypeError('Not a UTC instant with milliseconds.');
  }
  lastAccepted = text;
  return text as Instant;
};

/** Instant of a number of milliseconds since 1970 (UTC). */
export const instantOf = (milliseconds: number): Instant =>
  new Date(milliseconds).toISOString() as Instant;

/** Milliseconds since 1970 (UTC). */
export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

export const plusMilliseconds = (instant: Instant, milliseconds: number): Instant =>
  instantOf(millisecondsOf(instant) + milliseconds);
