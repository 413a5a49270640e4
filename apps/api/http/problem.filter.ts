import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUnreachable } from '#libs/projecting/index';
import { isRefused, mustStop, problemOf } from './fault-to-problem.ts';
import { problem, type Problem } from './problem.ts';
import type { ApiLog } from './api-log.ts';

/** Answers in another form than problem+json where the request wants one; false where it does not. */
export type AnswerAsPage = (
  answer: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
) => boolean;

/** Answers every error as problem+json, or as a page to browsers: no stack, nothing personal. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: ApiLog;
  readonly #onLedgerLost: () => void;
  readonly #asPage: AnswerAsPage;

  /** `onLedgerLost` is called when the file may not say what was acknowledged: the process must stop. */
  constructor(log: ApiLog, onLedgerLost: () => void, asPage: AnswerAsPage = () => false) {
    this.#log = log;
    this.#onLedgerLost = onLedgerLost;
    this.#asPage = asPage;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const known = problemOf(error);
    if (isUnreachable(error)) this.#log.outage(error, request.id);
    else if (isRefused(error)) this.#log.refusal(error, request.id);
    else if (known === undefined || known.status === 503) this.#log.failure(error, request.id);
    const shown = known ?? unexpected(request.id);
    if (reply.sent || !this.#asPage(shown, request, reply)) send(reply, shown);
    if (mustStop(error)) this.#onLedgerLost();
  }
}

const unexpected = (correlationId: string): Problem =>
  problem(
    'unexpected',
    `Something went wrong on our side. Tell the operator this number: ${correlationId}`,
  );

export const send = (reply: FastifyReply, answer: Problem): void => {
  if (reply.sent) return;
  void reply
    .code(answer.status)
    .headers(answer.headers)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(answer));
};
