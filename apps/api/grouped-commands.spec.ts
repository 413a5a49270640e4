import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  listStream,
  type List,
  type ListCommand,
  type ListEvent,
  type ListRejection,
} from '#domain/list/index';
import { AccountId, instantOf, ListId, type Texts } from '#domain/kernel/index';
import { VersionConflict } from '#libs/event-log/port';
import { newId, type Ledger } from '#libs/ledger/index';
import { GroupedCommands } from './grouped-commands.ts';
import { runApi, type RunningApi } from './testing/running-api.ts';

let api: RunningApi;
let ledger: Ledger;
beforeAll(async () => {
  api = await runApi();
  ({ ledger } = api.engines);
});
afterAll(() => api.close());

const accountId = newId(AccountId);
const request = (key: string, command: ListCommand, commandId: string = crypto.randomUUID()) => ({
  definition: listStream,
  key,
  command,
  context: {
    accountId,
    actor: { kind: 'system' as const },
    channel: 'rule' as const,
    commandId,
    correlationId: commandId,
    now: instantOf(Date.now()),
  },
});
const create = (name: Texts = { en: 'News' }): ListCommand => ({
  type: 'CreateList',
  accountId,
  terms: { name, visible: true },
});
const change = (name: Texts): ListCommand => ({ type: 'ChangeList', terms: { name } });

const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await nextTurn();
};

const groupOver = (over: Ledger) =>
  new GroupedCommands<ListCommand, List, ListEvent, ListRejection>(over);

describe('commands that arrive together', () => {
  it('share one read and one append, and each has its own outcome', async () => {
    const calls: string[] = [];
    const watched: Ledger = {
      ...ledger,
      readMany: (...args) => {
        calls.push('read');
        return ledger.readMany(...args);
      },
      appendMany: (...args) => {
        calls.push('append');
        return ledger.appendMany(...args);
      },
    };
    const group = groupOver(watched);
    const [first, second, missing] = [newId(ListId), newId(ListId), newId(ListId)];
    const outcomes = await Promise.all([
      group.run(request(first, create())),
      group.run(request(second, create({ 'no language': 'x' }))),
      group.run(request(missing, change({ en: 'Other' }))),
    ]);
    expect(calls).toEqual(['read', 'append']);
    expect(
      outcomes.map((outcome) => (outcome.ok ? outcome.value.created : outcome.error.code)),
    ).toEqual([true, 'language-unknown', 'unknown-list']);
  });

  it('while a group is under way make up the next one', async () => {
    const appends: number[] = [];
    const first = Promise.withResolvers<undefined>();
    const held: Ledger = {
      ...ledger,
      appendMany: async (batch) => {
        appends.push(batch.length);
        if (appends.length === 1) await first.promise;
        return ledger.appendMany(batch);
      },
    };
    const group = groupOver(held);
    const run = () => group.run(request(newId(ListId), create()));
    const outcomes = [run()];
    await until(() => appends.length === 1);
    outcomes.push(run(), run());
    await nextTurn();
    outcomes.push(run());
    first.resolve(undefined);
    for (const outcome of await Promise.all(outcomes)) expect(outcome.ok).toBe(true);
    expect(appends).toEqual([1, 3]);
  });

  it('to one stream are carried out in their order', async () => {
    const group = groupOver(ledger);
    const key = newId(ListId);
    const outcomes = await Promise.all([
      group.run(request(key, create())),
      group.run(request(key, change({ en: 'Second' }))),
      group.run(request(key, change({ en: 'Third' }))),
    ]);
    expect(
      outcomes.map((outcome) => (outcome.ok ? outcome.value.revision : outcome.error)),
    ).toEqual([0, 1, 2]);
  });

  it('do not fail for each other: what fails for the group is tried alone', async () => {
    const conflicting: Ledger = {
      ...ledger,
      appendMany: async (appends) => {
        if (appends.length > 0) throw new VersionConflict('list-x', 0, 1);
        return [];
      },
    };
    const group = groupOver(conflicting);
    const id = crypto.randomUUID();
    const key = newId(ListId);
    const outcomes = await Promise.all([
      group.run(request(key, create(), id)),
      group.run(request(newId(ListId), create())),
    ]);
    expect(outcomes).toEqual([
      expect.objectContaining({
        ok: true,
        value: expect.objectContaining({ created: true, revision: 0 }),
      }),
      expect.objectContaining({ ok: true }),
    ]);
    const again = await group.run(request(key, create(), id));
    expect(again).toMatchObject({ ok: true, value: { repeated: true, created: true } });
  });

  it('that cannot be written are told so, all of them', async () => {
    const failed = () => Promise.reject(new Error('full'));
    const group = groupOver({ ...ledger, appendMany: failed, append: failed });
    const both = await Promise.allSettled([
      group.run(request(newId(ListId), create())),
      group.run(request(newId(ListId), create())),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
