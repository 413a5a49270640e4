import type { StartedApi } from './start-api.ts';

/** What a person at a terminal sees once everything works. */
export const greeting = ({ url, operatorKey }: Pick<StartedApi, 'url' | 'operatorKey'>): string =>
  [
    `Attesta listens on ${url}`,
    `Documentation: ${url}/docs`,
    ...(operatorKey === undefined ? [] : [`Operator key, shown this once: ${operatorKey}`]),
  ].join('\n');
