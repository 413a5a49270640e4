import type { StreamDefinition } from '#domain/kernel/index';
import { listCodec } from './codec.ts';
import type { ListCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { ListEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { ListRejection } from './rejections.ts';
import { NO_LIST, type List } from './state.ts';

export const listStream: StreamDefinition<ListCommand, List, ListEvent, ListRejection> = {
  category: 'list',
  initialState: NO_LIST,
  evolve,
  decide,
  codec: listCodec,
};

export type { ChangeList, CreateList, ListCommand } from './commands.ts';
export type { ListChanged, ListCreated, ListEvent, ListTerms } from './events.ts';
export type { ListRejection, ListRejectionCode } from './rejections.ts';
export type { List } from './state.ts';
