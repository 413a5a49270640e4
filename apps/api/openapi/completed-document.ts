import type { OpenAPIObject } from '@nestjs/swagger';

type Json = Record<string, unknown>;
type Operation = Json & { parameters?: Json[]; responses: Json; requestBody?: Json };

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const PROBLEM = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'title', 'status', 'code', 'detail', 'errors'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable: for programs to decide on.' },
    detail: { type: 'string', description: 'What is wrong and what to do, in English.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'code', 'message'],
        properties: {
          path: { type: 'string' },
          code: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
};

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

const IDEMPOTENCY_KEY = header(
  'Idempotency-Key',
  'The same key and request give the same answer once more; nothing is written twice.',
);
const IF_MATCH = header('If-Match', 'The ETag that the change is meant for; 412 when it is stale.');

const PROBLEM_ANSWER = {
  description: 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** What all operations have in common, said once instead of on each controller. */
const complete = (method: string, path: string, operation: Operation): void => {
  operation.responses['default'] = PROBLEM_ANSWER;
  if (!path.startsWith('/v1/')) return;
  const parameters = (operation.parameters ??= []);
  if (method === 'post') parameters.push(IDEMPOTENCY_KEY);
  if (method !== 'get' && path.includes('{id}')) parameters.push(IF_MATCH);
};

/** A body or answer holds what is described and nothing else. */
const close = (schema: Json): void => {
  if (schema['type'] !== 'object' || 'additionalProperties' in schema) return;
  schema['additionalProperties'] = false;
};

export const completed = (document: OpenAPIObject): OpenAPIObject => {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Json>;
  Object.values(schemas).forEach(close);
  schemas['Problem'] = PROBLEM;
  document.components = { ...document.components, schemas: schemas };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (operation !== undefined) complete(method, path, operation);
    }
  }
  return document;
};
