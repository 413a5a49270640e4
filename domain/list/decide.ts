import {
  changesOf,
  isEmpty,
  ok,
  refuse,
  sameJson,
  textsFault,
  type Result,
} from '#domain/kernel/index';
import type { ChangeList, CreateList, ListCommand } from './commands.ts';
import type { ListEvent, ListTerms } from './events.ts';
import { LIST_EXISTS, UNKNOWN_LIST, type ListRejection } from './rejections.ts';
import type { List } from './state.ts';

type Decision = Result<readonly ListEvent[], ListRejection>;

export const decide = (command: ListCommand, list: List): Decision => {
  switch (command.type) {
    case 'CreateList':
      return create(command, list);
    case 'ChangeList':
      return change(command, list);
  }
};

const create = ({ accountId, terms }: CreateList, list: List): Decision => {
  if (list.status === 'open') {
    return sameJson(list, { status: 'open', accountId, terms }) ? ok([]) : refuse(LIST_EXISTS);
  }
  const fault = termsFault(terms);
  if (fault !== undefined) return refuse(fault);
  return ok([{ type: 'ListCreated', data: { accountId, ...terms } }]);
};

const change = ({ terms }: ChangeList, list: List): Decision => {
  if (list.status === 'none') return refuse(UNKNOWN_LIST);
  const changes = changesOf(list.terms, terms);
  if (isEmpty(changes)) return ok([]);
  const fault = termsFault({ ...list.terms, ...changes });
  return fault === undefined ? ok([{ type: 'ListChanged', data: changes }]) : refuse(fault);
};

const termsFault = ({ name, description }: ListTerms): ListRejection | undefined =>
  textsFault(name, 'name') ??
  (description === undefined ? undefined : textsFault(description, 'description'));
