import { ok, refuse, sameJson, textsFault, type Result } from '#domain/kernel/index';
import type { AddWordingVersion, CreateWording, WordingCommand } from './commands.ts';
import type { Purpose, WordingEvent } from './events.ts';
import {
  PURPOSE_MISSING,
  UNKNOWN_WORDING,
  WORDING_EXISTS,
  type WordingRejection,
} from './rejections.ts';
import type { Wording } from './state.ts';

type Decision = Result<readonly WordingEvent[], WordingRejection>;

/** Versions are only ever added: what somebody agreed to stays provable word for word (COL-1, C-18). */
export const decide = (command: WordingCommand, wording: Wording): Decision => {
  switch (command.type) {
    case 'CreateWording':
      return create(command, wording);
    case 'AddWordingVersion':
      return addVersion(command, wording);
  }
};

const create = (command: CreateWording, wording: Wording): Decision => {
  const { accountId, purpose, texts, hash } = command;
  if (wording.status === 'open') {
    const [first] = wording.versions;
    const same =
      wording.accountId === accountId && sameJson(wording.purpose, purpose) && first.hash === hash;
    return same ? ok([]) : refuse(WORDING_EXISTS);
  }
  const fault = purposeFault(purpose) ?? textsFault(texts, 'texts');
  if (fault !== undefined) return refuse(fault);
  return ok([{ type: 'WordingCreated', data: { accountId, purpose, version: 1, texts, hash } }]);
};

const purposeFault = (purpose: Purpose): WordingRejection | undefined => {
  if (typeof purpose !== 'string') return textsFault(purpose, 'purpose');
  return purpose.trim() === '' ? PURPOSE_MISSING : undefined;
};

const addVersion = ({ texts, hash }: AddWordingVersion, wording: Wording): Decision => {
  if (wording.status === 'none') return refuse(UNKNOWN_WORDING);
  if (wording.latest.hash === hash) return ok([]);
  const fault = textsFault(texts, 'texts');
  if (fault !== undefined) return refuse(fault);
  const version = wording.latest.version + 1;
  return ok([{ type: 'WordingVersionAdded', data: { version, texts, hash } }]);
};
