import { accountStream } from '#domain/account/index';
import { apiKeyStream } from '#domain/api-key/index';
import { campaignStream } from '#domain/campaign/index';
import { deliveryStream } from '#domain/delivery/index';
import { fieldsStream } from '#domain/field/index';
import { formStream } from '#domain/form/index';
import { importStream } from '#domain/import/index';
import type { AnyEvent, StreamDefinition } from '#domain/kernel/index';
import { listStream } from '#domain/list/index';
import { newsletterStream } from '#domain/newsletter/index';
import { recipientStream } from '#domain/recipient/index';
import { statementStream } from '#domain/statement/index';
import { wordingStream } from '#domain/wording/index';

/** A kind of stream whose command, state and rejection types do not matter to whoever holds it. */
export type AnyStream = StreamDefinition<never, unknown, AnyEvent, unknown>;

/**
 * Forgets the types. Safe as long as a stream is given only what it made itself: its own events, decoded
 * by its own codec, and its own states.
 */
const untyped = <C, S, E extends AnyEvent, R>(stream: StreamDefinition<C, S, E, R>): AnyStream =>
  stream as unknown as AnyStream;

/** Every kind of stream in the ledger. */
export const streamDefinitions: readonly AnyStream[] = [
  untyped(accountStream),
  untyped(apiKeyStream),
  untyped(campaignStream),
  untyped(deliveryStream),
  untyped(fieldsStream),
  untyped(formStream),
  untyped(importStream),
  untyped(listStream),
  untyped(newsletterStream),
  untyped(recipientStream),
  untyped(statementStream),
  untyped(wordingStream),
];
