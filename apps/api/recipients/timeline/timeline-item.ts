import { isShredded, type AnyEvent } from '#domain/kernel/index';
import type { ConsentProof, RecipientEvent } from '#domain/recipient/index';
import { summaryOf, type TimelineEntry } from '#projections/timeline/index';
import type { TimelineItemAnswer } from './timeline.dto.ts';

type Shown = Pick<TimelineItemAnswer, 'data' | 'evidence' | 'masked'>;

/** The personal part of an event: proofs are evidence, the rest is data. */
export const personalOf = (event: AnyEvent | undefined): Shown => {
  const personal = event?.personal;
  if (personal === undefined) return { data: {}, evidence: {} };
  if (isShredded(personal)) return { data: {}, evidence: {}, masked: ['data', 'evidence'] };
  const { proof, ...data } = personal.reveal() as { proof?: ConsentProof };
  return { data, evidence: { ...proof } };
};

/** One entry of a timeline; `event` is what the ledger holds under it, where that is about the person. */
export const timelineItem = (
  entry: TimelineEntry,
  event: RecipientEvent | undefined,
  position: string,
): TimelineItemAnswer => {
  const personal = personalOf(event);
  const { eventId, type, occurredAt, recordedAt, actor, channel } = entry;
  const { wordingId, wordingVersion, wordingLanguage, statementHash } = entry;
  return {
    position,
    eventId,
    type,
    occurredAt,
    recordedAt,
    actor: { ...actor },
    channel,
    // A type without words of its own is told by its name.
    summary: summaryOf(type, entry.data) ?? { fr: type, en: type },
    data: { ...entry.data, ...personal.data },
    evidence: { ...entry.evidence, ...personal.evidence },
    ...(wordingId !== undefined && { wordingId }),
    ...(wordingVersion !== undefined && { wordingVersion }),
    ...(wordingLanguage !== undefined && { wordingLanguage }),
    ...(statementHash !== undefined && { statementHash }),
    ...(personal.masked !== undefined && { masked: personal.masked }),
  };
};
