import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AccountId, Actor } from '#domain/kernel/index';
import type { GrantedScope } from '#domain/api-key/events';

/** Who calls, as the key says; never read from a body. */
export type Principal =
  | Readonly<{ kind: 'operator'; accountId: AccountId; actor: Actor }>
  | Readonly<{
      kind: 'account';
      accountId: AccountId;
      actor: Actor;
      scopes: readonly GrantedScope[];
    }>;

/** One request of one caller: what its commands and answers need to know. */
export type Caller = Principal &
  Readonly<{
    correlationId: string;
    /** Derived from `Idempotency-Key` where one was sent, so that a repeat is the same command. */
    commandId: string;
    /** True when `commandId` came from an `Idempotency-Key`. */
    repeatable: boolean;
    /** From `If-Match`. */
    ifRevision?: number;
  }>;

const callers = new WeakMap<FastifyRequest, Caller>();

export const setCaller = (request: FastifyRequest, caller: Caller): void => {
  callers.set(request, caller);
};

/** Undefined on public routes. */
export const callerOf = (request: FastifyRequest): Caller | undefined => callers.get(request);

/** The caller of a guarded route, as a parameter of its handler. */
export const Calling = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (caller === undefined) throw new Error('A public route asked who calls.');
  return caller;
});
