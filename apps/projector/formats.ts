import type { AnyEvent } from '#domain/kernel/index';
import { streamDefinitions } from '#domain/streams';
import type { StreamFormat } from '#libs/ledger/index';

/** How to read every kind of stream. */
export const formats: readonly StreamFormat<AnyEvent>[] = streamDefinitions;
