import { IMPLIED_BASES } from '#domain/consent/index';
import { FormId, ImportId } from '#domain/kernel/index';
import { CONSENT_STATES } from '#domain/recipient/index';
import { BilingualAnswer } from '../../../http/schema/bilingual.ts';
import { Choice, Day, Id, InstantText, Nested, Text, Whole } from '../../../http/schema/index.ts';
import { DossierFactAnswer } from './dossier-event.dto.ts';

export class DossierFormAnswer {
  @Id(FormId)
  formId!: string;

  @Text({ optional: true })
  name?: string;
}

/** The row of a file that a fact came by. */
export class DossierImportAnswer {
  @Id(ImportId)
  importId!: string;

  @Whole({ min: 1, optional: true, description: 'The first data row is 1.' })
  row?: number;

  @Choice(['csv', 'tsv', 'ndjson'], { optional: true })
  format?: string;

  @InstantText({ optional: true, description: 'When the file was uploaded.' })
  uploadedAt?: string;

  @Choice(['queued', 'running', 'completed', 'failed', 'undoing', 'undone'], { optional: true })
  status?: string;
}

/** One permission to send that was ever recorded, what it rests on, and what became of it. */
export class DossierConsentAnswer extends DossierFactAnswer {
  @Choice(['express', 'implied'])
  kind!: string;

  @Choice(IMPLIED_BASES, { optional: true })
  basis?: string;

  @Text({ description: 'The row of the decision table.' })
  rule!: string;

  @Text({ description: 'Sections of law, several parted by `;`.' })
  section!: string;

  @Nested(() => BilingualAnswer, { description: 'What the law calls it, in words.' })
  name!: BilingualAnswer;

  @Nested(() => BilingualAnswer, { description: 'What `date` is the day of.' })
  clockStarts!: BilingualAnswer;

  @Day({ description: 'The civil date that the clock of the law starts on.' })
  date!: string;

  @Text({ description: 'IANA time zone of the date.' })
  timeZone!: string;

  @InstantText({ optional: true, description: 'When the person confirmed their address.' })
  confirmedAt?: string;

  @Day({ optional: true, description: 'The first day on which a message may rest on it.' })
  firstDay?: string;

  @Day({ optional: true, description: 'The last one, inclusive; absent when there is no end.' })
  lastDay?: string;

  @Choice(CONSENT_STATES)
  state!: string;

  @InstantText({ optional: true, description: 'When it was withdrawn, superseded or undone.' })
  endedAt?: string;

  @Text({ optional: true, description: 'The event that ended it.' })
  endedBy?: string;

  @Text({ max: 2_000, optional: true })
  method?: string;

  @Text({ max: 2_000, optional: true })
  source?: string;

  @Nested(() => DossierFormAnswer, { optional: true })
  form?: DossierFormAnswer;

  @Nested(() => DossierImportAnswer, { optional: true })
  import?: DossierImportAnswer;
}
