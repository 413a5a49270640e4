import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ModelRef, Query } from '../port.ts';
import { compileFind } from './compile-query.ts';
import { openConnection, type Connection } from './connection.ts';
import { layoutOf } from './layout.ts';

const model: ModelRef = {
  name: 'people',
  version: 1,
  indexes: [
    ['account', 'created'],
    ['account', 'status', 'created'],
    ['account', 'lists[]', 'created'],
    ['account', 'tags[]'],
    ['owner', 'id', 'at'],
  ],
};
const eq = (field: string, value: string) => ({ field, op: 'eq', value }) as const;
const account = eq('account', 'a');
const byCreated = { field: 'created', direction: 'asc' } as const;
const after = { value: '7', id: 'x' };

describe('a page (LED-4) is read off an index in its order, and nothing is sorted', () => {
  const layout = layoutOf(model, 1);
  let directory: string;
  let connection: Connection;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'attesta-'));
    connection = openConnection(join(directory, 'pages.sqlite'));
    connection.exec(layout.create);
    connection.exec(layout.index);
  });
  afterAll(() => {
    connection.close();
    rmSync(directory, { recursive: true });
  });

  const questions: readonly [string, Query][] = [
    ['all of an account', { where: [account], sort: byCreated, limit: 5 }],
    ['the next of an account', { where: [account], sort: byCreated, after, limit: 5 }],
    [
      'those before, backwards',
      { where: [account], sort: { ...byCreated, direction: 'desc' }, after, limit: 5 },
    ],
    [
      'those of a status',
      { where: [account, eq('status', 's')], sort: byCreated, after, limit: 5 },
    ],
    ['those with an element', { where: [account, eq('lists', 'l')], sort: byCreated, limit: 5 }],
    [
      'the next with an element',
      { where: [account, eq('lists', 'l')], sort: byCreated, after, limit: 5 },
    ],
    [
      'those with an element, backwards',
      {
        where: [account, eq('lists', 'l')],
        sort: { ...byCreated, direction: 'desc' },
        after,
        limit: 5,
      },
    ],
    ['by id, with an element', { where: [account, eq('tags', 't')], after, limit: 5 }],
    ['by id, of an owner', { where: [eq('owner', 'o')], after, limit: 5 }],
    [
      'by id, of an owner up to an instant',
      { where: [eq('owner', 'o'), { field: 'at', op: 'lte', value: '9' }], after, limit: 5 },
    ],
  ];
  it.each(questions)('%s', (_, query) => {
    for (const { sql, values } of compileFind(layout, query)) {
      const plan = connection
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...values, query.limit)
        .map(({ detail }) => String(detail));
      expect(plan[0]).toMatch(/^SEARCH [de] USING /);
      expect(plan.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([]);
    }
  });
});
