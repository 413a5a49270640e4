import {
  changesOf,
  distinct,
  isEmpty,
  ok,
  refuse,
  sameJson,
  type Result,
} from '#domain/kernel/index';
import type { ChangeForm, CreateForm, FormCommand } from './commands.ts';
import type { FormEvent, FormTerms } from './events.ts';
import { FORM_EXISTS, UNKNOWN_FORM, type FormRejection } from './rejections.ts';
import type { Form } from './state.ts';
import { termsFault } from './terms-fault.ts';

type Decision = Result<readonly FormEvent[], FormRejection>;

export const decide = (command: FormCommand, form: Form): Decision => {
  switch (command.type) {
    case 'CreateForm':
      return create(command, form);
    case 'ChangeForm':
      return change(command, form);
  }
};

const withDistinctLists = <T extends Partial<FormTerms>>(terms: T): T =>
  terms.listIds === undefined ? terms : { ...terms, listIds: distinct(terms.listIds) };

const create = (command: CreateForm, form: Form): Decision => {
  const { accountId } = command;
  const terms = withDistinctLists(command.terms);
  if (form.status === 'open') {
    return sameJson(form, { status: 'open', accountId, terms }) ? ok([]) : refuse(FORM_EXISTS);
  }
  const fault = termsFault(terms);
  if (fault !== undefined) return refuse(fault);
  return ok([{ type: 'FormCreated', data: { accountId, ...terms } }]);
};

const change = (command: ChangeForm, form: Form): Decision => {
  if (form.status === 'none') return refuse(UNKNOWN_FORM);
  const changes = changesOf(form.terms, withDistinctLists(command.terms));
  if (isEmpty(changes)) return ok([]);
  const fault = termsFault({ ...form.terms, ...changes });
  return fault === undefined ? ok([{ type: 'FormChanged', data: changes }]) : refuse(fault);
};
