import { randomUUID } from 'node:crypto';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { setCaller, type Caller, type Principal } from '../caller.ts';
import { expectedRevision } from '../entity-tag.ts';
import { commandIdFrom, idempotencyKeyOf } from '../idempotency/idempotency-key.ts';
import { problem } from '../problem.ts';
import { ACCESS, type Access } from './access.ts';

type Authenticate = (authorization: string | undefined) => Promise<Principal>;

/** Lets a request in when its key allows what the route is for. A route that does not say is a bug. */
export class AccessGuard implements CanActivate {
  readonly #authenticate: Authenticate;

  constructor(authenticate: Authenticate) {
    this.#authenticate = authenticate;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context);
    if (access.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.#authenticate(request.headers.authorization);
    check(access, principal);
    setCaller(request, callerFrom(principal, request));
    return true;
  }
}

const accessOf = (context: ExecutionContext): Access => {
  const access = (Reflect.getMetadata(ACCESS, context.getHandler()) ??
    Reflect.getMetadata(ACCESS, context.getClass())) as Access | undefined;
  if (access === undefined) {
    throw new Error(
      `${context.getClass().name}.${context.getHandler().name} does not say who may call it.`,
    );
  }
  return access;
};

const check = (access: Exclude<Access, { kind: 'public' }>, principal: Principal): void => {
  if (access.kind !== principal.kind) {
    const wanted = access.kind === 'operator' ? "the operator's key" : 'a key of an account';
    throw problem('wrong-kind-of-key', `This takes ${wanted}.`);
  }
  if (access.kind === 'operator' || principal.kind === 'operator') return;
  const { scopes } = principal;
  const missing = access.scopes.find((scope) => !scopes.includes(scope) && !scopes.includes('*'));
  if (missing === undefined) return;
  throw problem(
    'scope-missing',
    `The key needs the scope ${missing}. Ask the operator for one that has it.`,
  );
};

const callerFrom = (principal: Principal, request: FastifyRequest): Caller => {
  const key = idempotencyKeyOf(request);
  const ifRevision = expectedRevision(request.headers['if-match']);
  return {
    ...principal,
    correlationId: request.id,
    repeatable: key !== undefined,
    commandId: key === undefined ? randomUUID() : commandIdFrom(principal.accountId, key, request),
    ...(ifRevision !== undefined && { ifRevision }),
  };
};
