import type { ApiResponseSchemaHost } from '@nestjs/swagger';

const text = { type: 'string' } as const;

/** A submission as the OpenAPI document describes it; forms write `fields[key]` and `lists[]`. */
export const SUBMISSION_BODY = {
  type: 'object' as const,
  required: ['email', 'consent'],
  properties: {
    email: text,
    language: { ...text, description: 'Language of the page that the person saw.' },
    fields: {
      type: 'object' as const,
      additionalProperties: {
        oneOf: [text, { type: 'number' as const }, { type: 'boolean' as const }],
      },
    },
    lists: { type: 'array' as const, items: text },
    consent: {
      oneOf: [text, { type: 'boolean' as const }],
      description: '`on` once the person ticked the box.',
    },
    wording: { ...text, description: 'Which text was shown: its id, a dot, its version.' },
    statement: {
      ...text,
      description:
        'Hash of the request for consent that was shown (`GET /v1/forms/{id}/statement`), so that it can be proven.',
    },
    submission: { ...text, description: 'A UUID: the same one again is the same request.' },
  },
};

const message = {
  type: 'object' as const,
  required: ['fr', 'en'],
  properties: { fr: text, en: text },
};

export const SUBMISSION_RECEIVED: ApiResponseSchemaHost & { content: object } = {
  status: 200,
  description: 'Received; the same for every address. A page, or JSON for programs.',
  content: {
    'text/html': { schema: text },
    'application/json': {
      schema: {
        type: 'object',
        required: ['status', 'message'],
        properties: { status: { const: 'received' }, message },
      },
    },
  },
} as never;
