import { domainToASCII } from 'node:url';
import { parseLanguage, type Language, type ListId } from '#domain/kernel/index';
import { checkFieldValue, sensitiveValueIn } from '#domain/field/index';
import { parseAddress, type Address, type FieldValue } from '#domain/recipient/index';
import type { WordingVersion } from '#domain/wording/index';
import type { AskedField, OpenForm } from './open-forms.ts';
import type { Submission } from './submission.ts';

/** Why one entry cannot be taken. Never holds the value. */
export type SubmissionFault = Readonly<{ path: string; code: string; field?: AskedField }>;

/** A submission that can be carried out. */
export type CheckedSubmission = Readonly<{
  address: Address;
  language: Language;
  fields: Readonly<Record<string, FieldValue>>;
  listIds: readonly ListId[];
  /** The version that the person saw. */
  wording: WordingVersion;
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
  const wording = wordingIn(form, submission);
  const faults: SubmissionFault[] = [
    ...(address.ok ? [] : [{ path: 'email', code: emailFault(submission.email) }]),
    ...(language === undefined ? [{ path: 'language', code: 'unknown-language' }] : []),
    ...fields.faults,
    ...lists.faults,
    ...consentFaults(submission, wording),
  ];
  if (faults.length > 0 || !address.ok || language === undefined || wording === undefined) {
    return { faults, checked: undefined };
  }
  const checked = {
    address: address.value,
    language,
    fields: fields.values,
    listIds: lists.listIds,
    wording,
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
  if (raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '')) {
    return required ? 'missing' : undefined;
  }
  const checked = checkFieldValue(field, typeof raw === 'string' ? raw.trim() : raw);
  if (checked.ok) return { value: checked.value };
  // A setting that its field cannot take is the account's fault: it must not stop the person.
  return isFixed ? undefined : checked.error.code;
};

/** The version that was on the page; undefined when the page showed another wording, or none that exists. */
const wordingIn = (
  { wording, terms }: OpenForm,
  { wording: shown }: Submission,
): WordingVersion | undefined => {
  if (shown === undefined || shown === '') return wording.latest;
  return wording.versions.find(({ version }) => shown === `${terms.wordingId}.${String(version)}`);
};

const consentFaults = (
  { consent }: Submission,
  wording: WordingVersion | undefined,
): readonly SubmissionFault[] => {
  if (wording === undefined) return [{ path: 'consent', code: 'wording-changed' }];
  return consent ? [] : [{ path: 'consent', code: 'missing' }];
};
