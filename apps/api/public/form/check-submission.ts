import { domainToASCII } from 'node:url';
import { parseLanguage, type Language, type ListId } from '#domain/kernel/index';
import { checkFieldValue, sensitiveValueIn } from '#domain/field/index';
import { parseAddress, type Address, type FieldValue } from '#domain/recipient/index';
import type { ShownStatement } from '../../statements/shown-statement.ts';
import { statementOf, type AskedField, type OpenForm } from './open-forms.ts';
import type { Submission } from './submission.ts';

/** Why one entry cannot be taken. Never holds the value. */
export type SubmissionFault = Readonly<{ path: string; code: string; field?: AskedField }>;

/** A submission that can be carried out. */
export type CheckedSubmission = Readonly<{
  address: Address;
  language: Language;
  fields: Readonly<Record<string, FieldValue>>;
  listIds: readonly ListId[];
  /** The request for consent in force, in the language of the page. */
  statement: ShownStatement;
  /** Whether what was sent names that very text. Who leaves it out may have shown another. */
  isStatementNamed: boolean;
}>;

export type Check = Readonly<{
  faults: readonly SubmissionFault[];
  checked: CheckedSubmission | undefined;
}>;

/** Reads a submission as its form asks. All faults at once, in the order of the page. */
export const checkSubmission = (
  form: OpenForm,
  submission: Submission,
  pageLanguage: Language,
): Check => {
  const address = parseAddress(submission.email, domainToASCII);
  const language = languageIn(form, submission, pageLanguage);
  const lists = listsIn(form, submission);
  const fields = fieldsIn(form, submission);
  const statement = statementIn(form, submission, language ?? pageLanguage);
  const faults: SubmissionFault[] = [
    ...(address.ok ? [] : [{ path: 'email', code: emailFault(submission.email) }]),
    ...(language === undefined ? [{ path: 'language', code: 'unknown-language' }] : []),
    ...fields.faults,
    ...lists.faults,
    ...consentFaults(submission, statement),
  ];
  if (faults.length > 0 || !address.ok || language === undefined || statement === undefined) {
    return { faults, checked: undefined };
  }
  const checked = {
    address: address.value,
    language,
    fields: fields.values,
    listIds: lists.listIds,
    statement,
    isStatementNamed: isNamed(submission.statement),
  };
  return { faults, checked };
};

const emailFault = (email: string): string => {
  if (email.trim() === '') return 'missing';
  return sensitiveValueIn(email) === undefined ? 'invalid-address-syntax' : 'sensitive-value';
};

const languageIn = (
  { publisher }: OpenForm,
  { language }: Submission,
  pageLanguage: Language,
): Language | undefined => {
  if (language === undefined || language === '') return pageLanguage;
  const wanted = parseLanguage(language);
  return publisher.terms.languages.find((each) => each === wanted);
};

const listsIn = (
  { terms }: OpenForm,
  { lists }: Submission,
): Readonly<{ listIds: readonly ListId[]; faults: readonly SubmissionFault[] }> => {
  const known = new Set<string>(terms.listIds);
  if (lists.some((id) => !known.has(id))) {
    return { listIds: [], faults: [{ path: 'lists', code: 'unknown-list' }] };
  }
  if (!terms.chooseLists) return { listIds: terms.listIds, faults: [] };
  const listIds = terms.listIds.filter((id) => lists.includes(id));
  return { listIds, faults: listIds.length > 0 ? [] : [{ path: 'lists', code: 'missing' }] };
};

type Values = Readonly<{
  values: Readonly<Record<string, FieldValue>>;
  faults: readonly SubmissionFault[];
}>;

const fieldsIn = (form: OpenForm, { fields }: Submission): Values => {
  const values: Record<string, FieldValue> = {};
  const faults: SubmissionFault[] = [];
  const asked = new Set(form.fields.map(({ field }) => field.key));
  for (const key of Object.keys(fields)) {
    if (!asked.has(key))
      faults.push({ path: `fields.${key.slice(0, 100)}`, code: 'unknown-field' });
  }
  for (const each of form.fields) {
    const { key } = each.field;
    const outcome = valueOf(each, Object.hasOwn(fields, key) ? fields[key] : undefined);
    if (typeof outcome === 'string')
      faults.push({ path: `fields.${key}`, code: outcome, field: each });
    else if (outcome !== undefined) values[key] = outcome.value;
  }
  return { values, faults };
};

/** The value, a code of what is wrong with it, or undefined when there is none and none is needed. */
const valueOf = (
  { field, required, hidden, value }: AskedField,
  sent: unknown,
): Readonly<{ value: FieldValue }> | string | undefined => {
  // What the account fills in itself cannot be changed by whoever sends the form.
  const isFixed = hidden && value !== undefined;
  const raw = isFixed ? value : sent;
  if (isNothing(raw)) return required ? 'missing' : undefined;
  const checked = checkFieldValue(field, typeof raw === 'string' ? raw.trim() : raw);
  if (checked.ok) return { value: checked.value };
  // A setting that its field cannot take is the account's fault: it must not stop the person.
  return isFixed ? undefined : checked.error.code;
};

const isNothing = (sent: unknown): boolean =>
  sent === undefined || sent === null || (typeof sent === 'string' && sent.trim() === '');

const isNamed = (name: string | undefined): name is string => name !== undefined && name !== '';

/**
 * What is agreed to; undefined when the page showed something else. Whoever read words that are no longer
 * in force, or of a sender who has moved since, is asked again: it is to this text that they say yes.
 */
const statementIn = (
  form: OpenForm,
  { wording, statement }: Submission,
  language: Language,
): ShownStatement | undefined => {
  const inForce = statementOf(form, language);
  const version = `${inForce.wordingId}.${String(inForce.version)}`;
  if (isNamed(wording) && wording !== version) return undefined;
  return isNamed(statement) && statement !== inForce.hash ? undefined : inForce;
};

const consentFaults = (
  { consent }: Submission,
  statement: ShownStatement | undefined,
): readonly SubmissionFault[] => {
  if (statement === undefined) return [{ path: 'consent', code: 'wording-changed' }];
  return consent ? [] : [{ path: 'consent', code: 'missing' }];
};
