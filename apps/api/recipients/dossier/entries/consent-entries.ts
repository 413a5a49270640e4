import { ruleOf } from '#domain/consent/index';
import type { CivilDate, Recorded } from '#domain/kernel/index';
import { consentRecords, type ConsentRecord, type RecipientEvent } from '#domain/recipient/index';
import type { Given } from '../../../given.ts';
import type { DossierConsentAnswer, DossierImportAnswer } from '../dto/consent-entry.dto.ts';
import type { Material, Meanings } from '../material.ts';
import { factEntry } from './event-entry.ts';

/** Every permission that was ever recorded, the oldest first, with its proof and its law. */
export const consentEntries = (
  { history, meanings }: Pick<Material, 'history' | 'meanings'>,
  today: CivilDate,
): DossierConsentAnswer[] => {
  const records = consentRecords(
    history.map(({ event }) => event),
    today,
  );
  return [...records].reverse().map((record) => consentEntry(record, history, meanings));
};

const consentEntry = (
  record: ConsentRecord,
  history: Material['history'],
  meanings: Meanings,
): DossierConsentAnswer => {
  const { consent } = record;
  const recorded = history[consent.revision];
  if (recorded === undefined) throw new Error('A consent without its event.');
  const rule = ruleOf(consent);
  const { evidence, ...fact } = factEntry(recorded, meanings);
  const { method, source, ...rest } = evidence;
  return {
    ...fact,
    ...grounds(recorded),
    ...course(record, history),
    kind: consent.kind,
    ...(consent.kind === 'implied' && { basis: consent.basis }),
    rule: `row ${String(rule.row)}`,
    section: rule.section,
    name: rule.name,
    clockStarts: rule.clockStarts,
    date: consent.date,
    ...(typeof method === 'string' && { method }),
    ...(typeof source === 'string' && { source }),
    evidence: rest,
    ...origin(recorded, meanings),
  };
};

type Grounds = Pick<DossierConsentAnswer, 'timeZone' | 'confirmedAt'>;

const grounds = ({ event }: Recorded<RecipientEvent>): Grounds => {
  if (event.type === 'ImpliedConsentRecorded') return { timeZone: event.data.timeZone };
  if (event.type !== 'ExpressConsentGiven') throw new Error('A consent by another event.');
  const { timeZone, confirmedAt } = event.data;
  return { timeZone, ...(confirmedAt !== undefined && { confirmedAt }) };
};

type Course = Pick<DossierConsentAnswer, 'firstDay' | 'lastDay' | 'state' | 'endedAt' | 'endedBy'>;

/** From when until when it counted, and what ended it. */
const course = (
  { firstDay, lastDay, state, endedAt, endedBy }: ConsentRecord,
  history: Material['history'],
): Course => {
  const ending = endedBy === undefined ? undefined : history[endedBy];
  return {
    ...(firstDay !== undefined && { firstDay }),
    ...(lastDay !== undefined && { lastDay }),
    state,
    ...(endedAt !== undefined && { endedAt }),
    ...(ending !== undefined && { endedBy: ending.id }),
  };
};

type Origin = Pick<DossierConsentAnswer, 'form' | 'import'>;

/** The form that bore it, or the row of a file. */
const origin = (
  { metadata: { evidence } }: Recorded<RecipientEvent>,
  { forms, imports }: Meanings,
): Origin => {
  const { formId, importId, row } = evidence ?? {};
  const formName = formId === undefined ? undefined : forms.get(formId);
  return {
    ...(formId !== undefined && {
      form: { formId, ...(formName !== undefined && { name: formName }) },
    }),
    ...(importId !== undefined && { import: { ...importOf(importId, imports), ...rowOf(row) } }),
  };
};

const importOf = (
  importId: DossierImportAnswer['importId'],
  imports: Meanings['imports'],
): Given<DossierImportAnswer> => {
  const imported = imports.get(importId);
  if (imported === undefined || imported.status === 'none') return { importId };
  const { format, queuedAt, status } = imported;
  return { importId, format, status, ...(queuedAt !== undefined && { uploadedAt: queuedAt }) };
};

const rowOf = (row: number | undefined): Pick<DossierImportAnswer, 'row'> =>
  row === undefined ? {} : { row };
