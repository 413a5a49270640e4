import { textsFault, WordingId, type Texts } from '#domain/kernel/index';
import type { FormField, FormTerms } from './events.ts';
import type { FormRejection } from './rejections.ts';

/**
 * Why a form cannot be published on these terms; undefined when it can. A consent request says what for,
 * so there is no form without a wording and a list (C-17: CASL s. 10(1)).
 */
export const termsFault = (terms: FormTerms): FormRejection | undefined => {
  if (terms.name.trim() === '') {
    return { code: 'name-missing', message: 'Give the form a name.', path: 'name' };
  }
  if (terms.listIds.length === 0) {
    return {
      code: 'list-required',
      message: 'Name at least one list that the form subscribes to.',
      path: 'listIds',
    };
  }
  if (!WordingId.is(terms.wordingId)) {
    return {
      code: 'wording-required',
      message: 'Name the wording that people agree to. Create one first if there is none.',
      path: 'wordingId',
    };
  }
  return fieldsFault(terms.fields) ?? allTextsFault(terms);
};

const fieldsFault = (fields: readonly FormField[]): FormRejection | undefined => {
  const repeated = fields.findIndex(
    ({ key }, index) => fields.findIndex((field) => field.key === key) < index,
  );
  if (repeated >= 0) {
    return {
      code: 'field-repeated',
      message: 'Name each field once.',
      path: `fields.${repeated}.key`,
    };
  }
  const unfillable = fields.findIndex(
    ({ hidden, required, value }) => hidden && required && value === undefined,
  );
  return unfillable < 0
    ? undefined
    : {
        code: 'field-value-required',
        message: 'Nobody can fill in a hidden field: give its value, or make it optional.',
        path: `fields.${unfillable}.value`,
      };
};

const allTextsFault = ({ title, introduction, welcome }: FormTerms): FormRejection | undefined =>
  optionalTextsFault(title, 'title') ??
  optionalTextsFault(introduction, 'introduction') ??
  optionalTextsFault(welcome.subject, 'welcome.subject') ??
  optionalTextsFault(welcome.text, 'welcome.text');

const optionalTextsFault = (texts: Texts | undefined, path: string): FormRejection | undefined =>
  texts === undefined ? undefined : textsFault(texts, path);
