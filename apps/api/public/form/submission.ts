import { problem, type Fault } from '../../http/problem.ts';
import type { PostedForm } from '../http/posted-form.ts';

/** What somebody filled in, before it is checked. Holds personal data in clear. */
export type Submission = Readonly<{
  email: string;
  language: string | undefined;
  fields: Readonly<Record<string, unknown>>;
  lists: readonly string[];
  consent: boolean;
  /** Which version of which wording was on the page: `<wordingId>.<version>`; the one in force when absent. */
  wording: string | undefined;
  /** Hash of the request for consent that was on the page. */
  statement: string | undefined;
  /** Made with the page, so that the same page sent twice is one request. */
  submission: string | undefined;
  /** True when the field was filled in that people cannot see. */
  isTrapped: boolean;
}>;

/** No name that browsers know: whatever they fill in by themselves must not look like a robot. */
export const TRAP = 'leave_blank';

const TEXTS = ['email', 'language', 'wording', 'statement', 'submission', TRAP];
const FIELD = /^fields\[([^[\]]{1,100})\]$/;
const LISTS = ['lists[]', 'lists'];

const invalid = (errors: readonly Fault[]): Error =>
  problem('invalid-request', 'The request is not as described. See errors for each fault.', {
    errors,
  });

const unknownField = (path: string): Fault => ({
  path: path.slice(0, 100),
  code: 'unknown-field',
  message: 'is not a field of this request',
});

/** A form that a browser sent. Throws the problem `invalid-request` when it names what it must not. */
export const submissionOfForm = (form: PostedForm): Submission => {
  const fields: Record<string, string> = {};
  const errors: Fault[] = [];
  for (const name of form.names) {
    const key = FIELD.exec(name)?.[1];
    if (key !== undefined) fields[key] = form.text(name) ?? '';
    else if (![...TEXTS, ...LISTS, 'consent'].includes(name)) errors.push(unknownField(name));
  }
  if (errors.length > 0) throw invalid(errors);
  return {
    email: form.text('email') ?? '',
    language: form.text('language'),
    fields,
    lists: LISTS.flatMap((name) => form.all(name)),
    consent: isYes(form.text('consent')),
    wording: form.text('wording'),
    statement: form.text('statement'),
    submission: form.text('submission'),
    isTrapped: (form.text(TRAP) ?? '') !== '',
  };
};

const isYes = (value: unknown): boolean =>
  value === true || value === 'on' || value === 'true' || value === '1';

type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string';
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const JSON_CHECKS: Checks = {
  ...Object.fromEntries(TEXTS.map((name) => [name, isText])),
  fields: isRecord,
  lists: (value) => Array.isArray(value) && value.every(isText),
  consent: (value) => typeof value === 'boolean' || typeof value === 'string',
};

/** The same from a program. Throws the problem `invalid-request`. */
export const submissionOfJson = (body: unknown): Submission => {
  if (!isRecord(body)) {
    throw invalid([{ path: '', code: 'invalid', message: 'must be a JSON object' }]);
  }
  const errors = Object.entries(body).flatMap(([name, value]): Fault[] => {
    const check = Object.hasOwn(JSON_CHECKS, name) ? JSON_CHECKS[name] : undefined;
    if (check === undefined) return [unknownField(name)];
    return check(value) ? [] : [{ path: name, code: 'invalid', message: 'is of the wrong type' }];
  });
  if (errors.length > 0) throw invalid(errors);
  const text = (name: string): string | undefined => body[name] as string | undefined;
  return {
    email: text('email') ?? '',
    language: text('language'),
    fields: (body['fields'] ?? {}) as Readonly<Record<string, unknown>>,
    lists: (body['lists'] ?? []) as readonly string[],
    consent: isYes(body['consent']),
    wording: text('wording'),
    statement: text('statement'),
    submission: text('submission'),
    isTrapped: (text(TRAP) ?? '') !== '',
  };
};
