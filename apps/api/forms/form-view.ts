import type { Form, FormField, FormTerms, Welcome } from '#domain/form/index';
import { given } from '../given.ts';
import { unknown } from '../http/problem.ts';
import type {
  ChangeFormDto,
  CreateFormDto,
  FormAnswer,
  FormFieldDto,
  WelcomeDto,
} from './form.dto.ts';

const fieldsOf = (fields: readonly FormFieldDto[]): readonly FormField[] =>
  fields.map((field) => ({
    ...given(field),
    required: field.required ?? false,
    hidden: field.hidden ?? false,
  }));

const welcomeOf = (welcome: WelcomeDto): Welcome => ({
  ...given(welcome),
  enabled: welcome.enabled ?? true,
});

export const newTerms = (body: CreateFormDto): FormTerms => {
  const { preTicked: _, ...terms } = given(body);
  return {
    ...terms,
    chooseLists: body.chooseLists ?? false,
    fields: fieldsOf(body.fields ?? []),
    welcome: welcomeOf(body.welcome ?? {}),
  };
};

/** A change of the welcome mail keeps what it does not name. */
export const changedTerms = (body: ChangeFormDto, before: FormTerms): Partial<FormTerms> => {
  const { fields, welcome, preTicked: _, ...rest } = given(body);
  return {
    ...rest,
    ...(fields !== undefined && { fields: fieldsOf(fields) }),
    ...(welcome !== undefined && { welcome: { ...before.welcome, ...given(welcome) } }),
  };
};

export const formView = (id: string, form: Form, revision: number, url: string): FormAnswer => {
  if (form.status === 'none') throw unknown('form');
  const { terms } = form;
  return {
    id,
    ...terms,
    listIds: [...terms.listIds],
    fields: terms.fields.map((field) => ({ ...field })),
    url,
    revision,
  };
};
