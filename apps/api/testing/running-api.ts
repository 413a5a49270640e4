import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { DeliveryOutcome, OutgoingMessage } from '#libs/mailer/port';
import { mailRenderer } from '#libs/rendering/index';
import { runProjections } from '#libs/projecting/index';
import { openEngines, type Engines } from '#apps/composition/index';
import { streamDefinitions } from '#domain/streams';
import { projections } from '#projections/index';
import { createApi } from '../create-api.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { operatorKeyFrom } from '../http/access/operator-key.ts';

export const OPERATOR_KEY = 'operator-key-of-the-tests';

export type Call = Readonly<{
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'TRACE';
  url: string;
  key?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}>;

export type Answered = Readonly<{
  status: number;
  headers: LightMyRequestResponse['headers'];
  text: string;
  // Specs look at what they expect.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}>;

export type RunningApi = Readonly<{
  app: NestFastifyApplication;
  engines: Engines;
  dataDirectory: string;
  logged: object[];
  sent: OutgoingMessage[];
  call: (call: Call) => Promise<Answered>;
  close: () => Promise<void>;
}>;

const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {} };

const answered = ({ statusCode, headers, payload }: LightMyRequestResponse): Answered => {
  const isJson =
    String(headers['content-type']).includes('json') &&
    !String(headers['content-type']).includes('ndjson');
  return {
    status: statusCode,
    headers,
    text: payload,
    body: isJson && payload !== '' ? (JSON.parse(payload) as unknown) : undefined,
  };
};

const injection = ({ method = 'GET', url, key, body, headers = {} }: Call): InjectOptions => {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  return {
    method: method,
    url,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: isRaw ? body : JSON.stringify(body) }),
  };
};

/** The API over embedded engines in a folder of its own, with the projector running beside it. */
export const runApi = async (overrides: Partial<ApiDependencies> = {}): Promise<RunningApi> => {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'attesta-api-'));
  const engines = await openEngines({ dataDirectory }, () => undefined);
  const stop = new AbortController();
  const logged: object[] = [];
  const sent: OutgoingMessage[] = [];
  const log = (fields: object, message: string): void => {
    logged.push({ ...fields, message });
  };
  const app = await createApi({
    ...engines,
    renderer: mailRenderer(),
    operatorKey: operatorKeyFrom(OPERATOR_KEY),
    publicUrl: 'https://news.example.org',
    sendTest: async (message): Promise<DeliveryOutcome> => {
      sent.push(message);
      return { status: 'accepted', reply: '250' };
    },
    logger: { info: log, error: log },
    clock: Date.now,
    onLedgerLost: () => undefined,
    ...overrides,
  });
  const projecting = runProjections({
    ledger: engines.ledger,
    readStore: engines.readStore,
    leases: engines.leases,
    holder: 'test',
    clock: Date.now,
    log: quiet,
    formats: streamDefinitions,
    projections,
    signal: stop.signal,
  });
  return {
    app,
    engines,
    dataDirectory,
    logged,
    sent,
    call: async (call) => answered(await app.inject(injection(call))),
    close: async () => {
      stop.abort();
      await projecting;
      await app.close();
      await engines.close();
      await rm(dataDirectory, { recursive: true });
    },
  };
};
