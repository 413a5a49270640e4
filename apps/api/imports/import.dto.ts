import { ImportId, RecipientId } from '#domain/kernel/index';
import {
  Choice,
  Flag,
  Id,
  InstantText,
  OpenMap,
  Shaped,
  Text,
  TextList,
  Whole,
} from '../http/schema/index.ts';
import { Nested } from '../http/schema/index.ts';
import { UndoAnswer } from './undo/undo.dto.ts';

export const IMPORT_STATUSES = ['queued', 'running', 'completed', 'failed', 'undone'] as const;
export const ROW_OUTCOMES = ['created', 'updated', 'unchanged', 'refused'] as const;

const COUNTS = { type: 'integer', minimum: 0 };

export class UploadQuery {
  @Shaped(/^[\s\S]+$/, {
    message: 'must be a JSON object, URL-encoded',
    max: 16_384,
    description: 'How the columns become recipients: a JSON object as described in the reference.',
    example: '{"preset":"mailchimp","listIds":["list_01jd…"]}',
  })
  mapping!: string;

  @Choice(['true', 'false'], { optional: true, description: 'Report only: nobody is changed.' })
  dryRun?: 'true' | 'false';
}

export class RowsQuery {
  @Choice(ROW_OUTCOMES, { optional: true, description: 'Only rows that ended so.' })
  outcome?: (typeof ROW_OUTCOMES)[number];
}

export class QueuedAnswer {
  @Id(ImportId)
  id!: string;
}

export class FailureAnswer {
  @Text()
  code!: string;

  @Text()
  message!: string;

  @Whole({ optional: true, description: 'The first row being 1.' })
  row?: number;
}

export class ImportAnswer {
  @Id(ImportId)
  id!: string;

  @Choice(IMPORT_STATUSES, {
    description: 'While it is being undone it is `running` again, and `undo` says how far.',
  })
  status!: string;

  @Flag()
  dryRun!: boolean;

  @Choice(['csv', 'tsv', 'ndjson'])
  format!: string;

  @Whole({ description: 'Size of the file.' })
  bytes!: number;

  @Whole({ description: 'Rows whose fate is recorded; all of the file once it is completed.' })
  rows!: number;

  @Whole()
  created!: number;

  @Whole()
  updated!: number;

  @Whole()
  unchanged!: number;

  @Whole()
  refused!: number;

  @OpenMap(COUNTS, { description: 'Refused rows by the code of the reason.' })
  refusedBy!: Record<string, number>;

  @OpenMap(COUNTS, { description: 'Remarks on rows that were accepted, by code.' })
  remarks!: Record<string, number>;

  @TextList({ description: 'Columns that are neither mapped nor ignored.' })
  unmapped!: string[];

  @InstantText()
  queuedAt!: string;

  @InstantText({ optional: true })
  startedAt?: string;

  @InstantText({ optional: true })
  finishedAt?: string;

  @Nested(() => FailureAnswer, { optional: true })
  failure?: FailureAnswer;

  @Nested(() => UndoAnswer, { optional: true })
  undo?: UndoAnswer;
}

export class RowAnswer {
  @Whole({ min: 1 })
  row!: number;

  @Text({ max: 254, optional: true, description: 'For keys with the scope recipients:read.' })
  email?: string;

  @Id(RecipientId, { optional: true })
  recipientId?: string;

  @Choice(ROW_OUTCOMES)
  outcome!: string;

  @Text({ optional: true, description: 'Why a row was refused, or a remark on an accepted one.' })
  code?: string;

  @Text({ optional: true })
  message?: string;
}
