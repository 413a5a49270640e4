import type { OpenAPIObject } from '@nestjs/swagger';
import { escapeHtml as escape } from '#libs/rendering/index';

type Json = Record<string, unknown>;
type Operation = Json & {
  summary?: string;
  tags?: string[];
  parameters?: Json[];
  requestBody?: Json;
  responses?: Record<string, Json>;
};
type Listed = Readonly<{ method: string; path: string; operation: Operation }>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const operationsOf = ({ paths }: OpenAPIObject): readonly Listed[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as unknown as Record<string, Operation | undefined>)[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );

const schemaText = (schema: unknown): string => {
  const { $ref } = schema as { $ref?: string };
  if (typeof $ref !== 'string') return `<pre>${escape(JSON.stringify(schema, null, 2))}</pre>`;
  const name = $ref.split('/').at(-1) ?? '';
  return `<a href="#schema-${escape(name)}">${escape(name)}</a>`;
};

const contentText = (described: Json): string =>
  Object.entries((described['content'] ?? {}) as Record<string, Json>)
    .map(([type, { schema }]) => `<code>${escape(type)}</code> ${schemaText(schema)}`)
    .join('<br>');

const text = (value: unknown): string => (typeof value === 'string' ? escape(value) : '');

const parameterRows = (parameters: readonly Json[]): string =>
  parameters
    .map(
      ({ name, in: place, description }) =>
        `<tr><td><code>${text(name)}</code></td><td>${text(place)}</td><td>${text(description)}</td></tr>`,
    )
    .join('');

const answerRows = (responses: Record<string, Json>): string =>
  Object.entries(responses)
    .map(
      ([status, answer]) =>
        `<tr><td><code>${escape(status)}</code></td><td>${text(answer['description'])}</td><td>${contentText(answer)}</td></tr>`,
    )
    .join('');

const operationText = ({ method, path, operation }: Listed): string => {
  const { summary = '', parameters = [], requestBody, responses = {} } = operation;
  const body = requestBody === undefined ? '' : `<p>Body: ${contentText(requestBody)}</p>`;
  const rows = parameters.length === 0 ? '' : `<table>${parameterRows(parameters)}</table>`;
  return `<details><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escape(path)}</code> ${escape(summary)}</summary>${rows}${body}<table>${answerRows(responses)}</table></details>`;
};

const sectionText = (tag: string, operations: readonly Listed[]): string =>
  `<section><h2 id="${escape(tag)}">${escape(tag)}</h2>${operations.map(operationText).join('')}</section>`;

const schemasText = ({ components }: OpenAPIObject): string =>
  Object.entries(components?.schemas ?? {})
    .map(
      ([name, schema]) =>
        `<details id="schema-${escape(name)}"><summary><code>${escape(name)}</code></summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`,
    )
    .join('');

/** The OpenAPI document as one page that needs no script and nothing from elsewhere. */
export const docsPage = (document: OpenAPIObject): string => {
  const byTag = Map.groupBy(
    operationsOf(document),
    ({ operation }) => operation.tags?.[0] ?? 'other',
  );
  const links = [...byTag.keys()].map((tag) => `<a href="#${escape(tag)}">${escape(tag)}</a>`);
  const sections = [...byTag].map(([tag, operations]) => sectionText(tag, operations));
  const { title, description } = document.info;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)} API</title><link rel="stylesheet" href="/docs/style.css"></head><body><header><h1>${escape(title)} API</h1><p>${text(description)}</p><p><a href="/openapi.json">openapi.json</a></p><nav aria-label="Resources">${links.join(' · ')}</nav></header><main>${sections.join('')}<section><h2>Schemas</h2>${schemasText(document)}</section></main></body></html>`;
};

export const DOCS_STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { text-transform: capitalize; }
details { border-top: 1px solid #8886; padding: 0.5rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
b { display: inline-block; min-width: 4rem; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
td { vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; overflow-wrap: anywhere; }
pre { overflow: auto; background: #8881; padding: 0.5rem; }
`;
