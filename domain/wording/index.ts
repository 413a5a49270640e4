import type { StreamDefinition } from '#domain/kernel/index';
import { wordingCodec } from './codec.ts';
import type { WordingCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { WordingEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { WordingRejection } from './rejections.ts';
import { NO_WORDING, type Wording } from './state.ts';

export const wordingStream: StreamDefinition<
  WordingCommand,
  Wording,
  WordingEvent,
  WordingRejection
> = {
  category: 'wording',
  initialState: NO_WORDING,
  evolve,
  decide,
  codec: wordingCodec,
};

export type { AddWordingVersion, CreateWording, WordingCommand } from './commands.ts';
export { createStandardRequest, STANDARD_REQUEST, standardRequestId } from './standard-request.ts';
export type {
  Purpose,
  WordingCreated,
  WordingEvent,
  WordingVersion,
  WordingVersionAdded,
} from './events.ts';
export type { WordingRejection, WordingRejectionCode } from './rejections.ts';
export type { Wording } from './state.ts';
