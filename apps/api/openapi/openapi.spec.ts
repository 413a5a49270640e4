import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { routesOf } from '../create-api.ts';
import { OPERATOR_KEY, runApi, type Answered, type RunningApi } from '../testing/running-api.ts';
import { WALK, type Step } from '../testing/walk.ts';
import { buildWorld, type World } from '../testing/world.ts';

type Operation = {
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
  parameters?: { name: string }[];
};

let api: RunningApi;
let world: World;
let ajv: Ajv2020;
let paths: Record<string, Record<string, Operation>>;

beforeAll(async () => {
  api = await runApi();
  world = await buildWorld(api, 'hirondelle');
  const document = (await api.call({ url: '/openapi.json' })).body;
  ({ paths } = document);
  ajv = new Ajv2020({ strict: false, allErrors: true });
  ajvFormats.default(ajv);
  ajv.addSchema(document, 'openapi');
});
afterAll(() => api.close());

const operationOf = (name: string): Operation | undefined => {
  const [method = '', url = ''] = name.split(' ');
  return paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
};

/** The schema that the document gives for an answer; undefined for one without a body. */
const schemaOf = (name: string, answer: Answered): ValidateFunction | undefined => {
  const operation = operationOf(name);
  const own = operation?.responses[String(answer.status)];
  if (answer.status >= 200 && answer.status < 300 && own === undefined) {
    throw new Error(`${name} answers ${String(answer.status)}, which is not described.`);
  }
  const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
  const content = own?.content?.[type] ?? operation?.responses['default']?.content?.[type];
  if (content === undefined) return undefined;
  const text = JSON.stringify(content.schema).replaceAll('#/components', 'openapi#/components');
  return ajv.compile(JSON.parse(text) as object);
};

const keyFor = ({ access }: Step): string | undefined => {
  if (access === 'public') return undefined;
  return access === 'operator' ? OPERATOR_KEY : world.key;
};

const ask = (name: string, step: Step): Promise<Answered> => {
  const [method, url] = name.split(' ') as ['GET', string];
  const key = keyFor(step);
  return api.call({
    method,
    ...(step.call?.(world, world) ?? { url }),
    ...(key !== undefined && { key }),
  });
};

describe('the OpenAPI document', () => {
  it('is of version 3.1 and describes every route, and nothing else', () => {
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(
        (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
    const routes = routesOf(api.app)
      .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
      .map(({ method, url }) => `${method} ${url}`);
    expect(described.sort()).toEqual([...new Set(routes)].sort());
  });

  it('lets no answer have more than it says', async () => {
    const { components } = (await api.call({ url: '/openapi.json' })).body;
    const open = Object.entries<{ type?: string; additionalProperties?: unknown }>(
      components.schemas,
    )
      .filter(([, schema]) => schema.type === 'object' && schema.additionalProperties !== false)
      .map(([name]) => name);
    expect(open).toEqual([]);
  });

  it('names Idempotency-Key on every POST, and If-Match where one resource changes', () => {
    for (const [path, operations] of Object.entries(paths)) {
      const names = operations['post']?.parameters?.map(({ name }) => name);
      if (names !== undefined && path.startsWith('/v1/'))
        expect(names).toContain('Idempotency-Key');
    }
    const change = paths['/v1/lists/{id}']?.['patch']?.parameters?.map(({ name }) => name);
    expect(change).toContain('If-Match');
  });

  const steps = Object.entries(WALK).filter(([, { endless }]) => endless !== true);
  it.each(steps)('tells the truth about what %s answers', async (name, step) => {
    const answer = await ask(name, step);
    const validate = schemaOf(name, answer);
    if (answer.text !== '') expect(validate).toBeDefined();
    if (answer.body === undefined) return;
    validate?.(answer.body);
    expect(validate?.errors ?? []).toEqual([]);
  });

  it.each(Object.entries(WALK).filter(([, { access }]) => access !== 'public'))(
    'tells the truth about the problem that %s answers',
    async (name, step) => {
      const [method] = name.split(' ') as ['GET'];
      const { body: _, ...call } = step.call?.(world, world) ?? { url: '' };
      const answer = await api.call({ method, ...call });
      const validate = schemaOf(name, answer);
      validate?.(answer.body);
      expect([answer.status, validate?.errors ?? []]).toEqual([401, []]);
    },
  );
});

describe('the documentation page', () => {
  it('shows every operation without a script or anything from elsewhere', async () => {
    const { text, headers } = await api.call({ url: '/docs' });
    expect(headers['content-type']).toContain('text/html');
    for (const path of Object.keys(paths)) expect(text).toContain(`<code>${path}</code>`);
    expect(text).not.toMatch(/<script|https?:\/\/(?!.*openapi)/);
  });
});
