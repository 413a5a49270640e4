import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Answer } from './answer.ts';
import { callerOf, type Caller } from './caller.ts';
import { entityTag } from './entity-tag.ts';
import type { Idempotency } from './idempotency/idempotency.ts';
import type { AccountTokens } from './tokens/account-tokens.ts';

/** Turns an `Answer` into status, headers and body, and sees to it that a repeated POST is the same. */
export class AnswerInterceptor implements NestInterceptor {
  readonly #idempotency: Idempotency;
  readonly #tokens: AccountTokens;

  constructor(idempotency: Idempotency, tokens: AccountTokens) {
    this.#idempotency = idempotency;
    this.#tokens = tokens;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const caller = callerOf(request);
    return from(this.#answer(request, http.getResponse<FastifyReply>(), caller, next));
  }

  async #answer(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller | undefined,
    next: CallHandler,
  ): Promise<unknown> {
    const carryOut = (): Promise<unknown> =>
      lastValueFrom(next.handle(), { defaultValue: undefined });
    const value = caller?.repeatable
      ? await this.#idempotency.perform(request, caller, carryOut)
      : await carryOut();
    return value instanceof Answer ? this.#write(reply, caller, value) : value;
  }

  async #write(reply: FastifyReply, caller: Caller | undefined, answer: Answer): Promise<unknown> {
    const { revision, position, location, contentType, headers = {} } = answer.facts;
    reply.code(answer.status).headers(headers);
    if (revision !== undefined) reply.header('etag', entityTag(revision));
    if (location !== undefined) reply.header('location', location);
    if (contentType !== undefined) reply.header('content-type', contentType);
    if (position !== undefined && caller !== undefined) {
      reply.header('x-position', await this.#tokens.sealPosition(caller.accountId, position));
    }
    return answer.body;
  }
}
