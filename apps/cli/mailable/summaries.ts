import type { DifferenceSummary } from '#apps/api/mailable/difference';
import type { MailableSummary } from '#apps/api/mailable/mailable-at';
import type { ByReason } from '#apps/api/mailable/report';
import type { ReasonCode } from '#domain/consent/index';
import type { Instant } from '#domain/kernel/index';
import type { Output } from '../terminal/output.ts';
import { REASON_NAMES } from './reason-names.ts';

const timeOf = (at: Instant, timeZone: string, { language }: Output): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-CA' : 'en-CA', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(at));

const reasonLines = (byReason: ByReason, output: Output): readonly string[] => {
  const counts = Object.entries(byReason) as [ReasonCode, number][];
  const width = Math.max(0, ...counts.map(([, count]) => output.number(count).length));
  return counts.map(
    ([code, count]) =>
      `  ${output.number(count).padStart(width)}  ${output.words(REASON_NAMES[code])} (${code})`,
  );
};

/** What a person reads of "who could be mailed at this instant?". Times are the account's. */
export const mailableLines = (
  { at, allowed, denied, byReason }: MailableSummary,
  timeZone: string,
  output: Output,
): readonly string[] => {
  const time = timeOf(at, timeZone, output);
  const [could, all] = [output.number(allowed), output.number(allowed + denied)];
  return [
    output.words({
      fr: `${time} (${timeZone}) : on pouvait écrire à ${could} personnes sur ${all}.`,
      en: `${time} (${timeZone}): ${could} of ${all} people could be mailed.`,
    }),
    ...reasonLines(byReason, output),
  ];
};

/** What a person reads of the difference between two instants. */
export const differenceLines = (
  { from, to, began, ended, changed, byReason }: DifferenceSummary,
  timeZone: string,
  output: Output,
): readonly string[] => {
  const [first, second] = [from, to].map((at) => timeOf(at, timeZone, output));
  const count = (value: number): string => output.number(value);
  return [
    output.words({
      fr: `Du ${first} au ${second} (${timeZone}) :`,
      en: `From ${first} to ${second} (${timeZone}):`,
    }),
    output.words({
      fr: `  on peut désormais écrire à ${count(began)} personnes, on ne peut plus écrire à ${count(ended)} ; pour ${count(changed)}, la raison a changé.`,
      en: `  ${count(began)} people can be mailed from then on, ${count(ended)} no longer; for ${count(changed)} the reason changed.`,
    }),
    ...reasonLines(byReason, output),
  ];
};
