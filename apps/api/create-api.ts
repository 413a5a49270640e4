import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiModule } from './api.module.ts';
import type { ApiDependencies } from './dependencies.ts';
import { AccessGuard } from './http/access/access.guard.ts';
import { AnswerInterceptor } from './http/answer.interceptor.ts';
import { apiLog } from './http/api-log.ts';
import { BODY_LIMIT, useJsonParser, useNdjsonParser } from './http/body-parsers.ts';
import { answerClientError } from './http/client-error.ts';
import { Metrics } from './http/metrics.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { RouteTable, type Route } from './http/route-table.ts';
import { useSecurityHeaders } from './http/security-headers.ts';
import { RequestPipe } from './http/validation.pipe.ts';
import { isUpload, useFileParsers } from './imports/import-body.ts';
import { answerProblemPage } from './public/http/problem-page.ts';
import { useFormParsers } from './public/http/posted-form.ts';
import { PublicUrl } from './public-url.ts';
import { ApiDocument } from './openapi/api-document.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The caller's own correlation id when it is a UUID: free text could name somebody. */
const requestId = (raw: { headers: Record<string, string | string[] | undefined> }): string => {
  const given = raw.headers['x-correlation-id'];
  return typeof given === 'string' && UUID.test(given) ? given.toLowerCase() : randomUUID();
};

const adapter = (
  onFrameworkError: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void,
) =>
  new FastifyAdapter({
    logger: false,
    bodyLimit: BODY_LIMIT,
    genReqId: requestId,
    requestIdHeader: false,
    trustProxy: false,
    routerOptions: { maxParamLength: 2_048 },
    frameworkErrors: onFrameworkError,
    clientErrorHandler: answerClientError,
  });

const tables = new WeakMap<NestFastifyApplication, RouteTable>();

/** Every route of an API, as it is registered. */
export const routesOf = (app: NestFastifyApplication): readonly Route[] =>
  tables.get(app)?.routes ?? [];

/** The HTTP interface over whatever engines it is given. Call `listen` on it, or `inject` in tests. */
export const createApi = async (dependencies: ApiDependencies): Promise<NestFastifyApplication> => {
  const log = apiLog(dependencies.logger);
  const root = new PublicUrl(dependencies.publicUrl).path('');
  const filter = new ProblemFilter(log, dependencies.onLedgerLost, (answer, request, reply) =>
    answerProblemPage(root, answer, request, reply),
  );
  const fastify = adapter((error, request, reply) => {
    filter.answer(error, request, reply);
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.with(dependencies),
    fastify,
    { logger: ['fatal'], bodyParser: false, abortOnError: false },
  );
  const instance = fastify.getInstance<FastifyInstance>();
  const routes = new RouteTable(instance);
  tables.set(app, routes);
  await prepare(app, instance, routes);
  instance.addHook('onResponse', (request, reply, done) => {
    log.request(request, reply);
    app.get(Metrics).observe(request, reply);
    done();
  });
  app.useGlobalPipes(app.get(RequestPipe));
  app.useGlobalGuards(app.get(AccessGuard));
  app.useGlobalInterceptors(app.get(AnswerInterceptor));
  app.useGlobalFilters(filter);
  app.get(ApiDocument).describe(app);
  await app.init();
  await instance.ready();
  return app;
};

const prepare = async (
  app: NestFastifyApplication,
  instance: FastifyInstance,
  routes: RouteTable,
): Promise<void> => {
  useJsonParser(instance);
  useNdjsonParser(instance, isUpload);
  useFileParsers(instance);
  useFormParsers(instance);
  await useSecurityHeaders(app, instance);
  instance.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id);
    routes.refuseMethod(request);
    done();
  });
};
