import { instantOf, type Instant } from '#domain/kernel/index';
import { BadUsage } from './refusal.ts';

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** The instant that an option names: one with its offset, or a date, meaning its first moment in UTC. */
export const instantOption = (text: string | undefined, option = '--at'): Instant | undefined => {
  if (text === undefined) return undefined;
  const milliseconds = DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new BadUsage({
      fr: `L’option ${option} attend un instant comme 2026-11-23T15:04:05Z, ou une date.`,
      en: `${option} takes an instant such as 2026-11-23T15:04:05Z, or a date.`,
    });
  }
  return instantOf(milliseconds);
};
