import type { Instant } from '#domain/kernel/index';
import type { DeliveryContent } from './events.ts';

/** The instant of the request that a message asks to confirm (C-20); undefined when it asks for no such thing. */
export const requestToConfirm = (content: DeliveryContent | undefined): Instant | undefined =>
  content?.kind === 'confirmation' || content?.kind === 'return-confirmation'
    ? content.requestedAt
    : undefined;
