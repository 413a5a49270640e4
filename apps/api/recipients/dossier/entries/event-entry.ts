import { isShredded, type AnyEvent, type Recorded } from '#domain/kernel/index';
import { canonicalJson } from '#libs/ledger/canonical-json';
import { summaryOf } from '#projections/timeline/index';
import type { Given } from '../../../given.ts';
import { personalOf } from '../../timeline/timeline-item.ts';
import type {
  DossierEventAnswer,
  DossierFactAnswer,
  DossierStatementAnswer,
  DossierWordingAnswer,
} from '../dto/dossier-event.dto.ts';
import type { Meanings } from '../material.ts';

/** Where the ledger says something, who caused it, and in a sentence what it is. */
export const eventEntry = (
  { event, id, stream, revision, metadata }: Recorded<AnyEvent>,
  { keys }: Pick<Meanings, 'keys'>,
): Given<DossierEventAnswer> => {
  const { actor, channel, occurredAt, recordedAt } = metadata;
  const name = actor.id === undefined ? undefined : keys.get(actor.id);
  return {
    eventId: id,
    type: event.type,
    stream,
    revision,
    occurredAt,
    recordedAt,
    actor: { ...actor, ...(name !== undefined && { name }) },
    channel,
    summary: summaryOf(event.type, event.data) ?? { fr: event.type, en: event.type },
  };
};

/** An event with all that it says; what was personal is gone after an erasure. */
export const factEntry = (
  recorded: Recorded<AnyEvent>,
  meanings: Meanings,
): Given<DossierFactAnswer> => {
  const { event, metadata } = recorded;
  const personal = personalOf(event);
  const wording = wordingOf(recorded, meanings);
  return {
    ...eventEntry(recorded, meanings),
    data: { ...event.data, ...personal.data },
    evidence: { ...metadata.evidence, ...personal.evidence },
    ...(wording !== undefined && { wording }),
    ...(personal.masked !== undefined && { masked: personal.masked }),
  };
};

/** The wording that the person was shown, with its texts. */
const wordingOf = (
  { metadata }: Recorded<AnyEvent>,
  meanings: Meanings,
): DossierWordingAnswer | undefined => {
  const shown = metadata.wording;
  if (shown === undefined) return undefined;
  const { wordingId, version, hash, language, statementHash } = shown;
  const wording = meanings.wordings.get(wordingId);
  const texts = wording?.versions.find((each) => each.version === version)?.texts;
  const purpose = wording?.purpose;
  return {
    wordingId,
    version,
    hash,
    ...(language !== undefined && { language }),
    ...(purpose !== undefined && {
      purpose: typeof purpose === 'string' ? purpose : { ...purpose },
    }),
    ...(texts !== undefined && { texts: { ...texts } }),
    ...(statementHash !== undefined && { statement: statementOf(statementHash, meanings) }),
  };
};

/** The text as it was kept; without it where the account's key was destroyed. */
const statementOf = (hash: string, { statements }: Meanings): DossierStatementAnswer => {
  const shown = statements.get(hash)?.[0]?.event;
  if (shown === undefined || isShredded(shown.personal)) return { hash };
  const { text } = shown.personal.reveal();
  return { hash, text, hashed: canonicalJson({ language: shown.data.language, text }) };
};
