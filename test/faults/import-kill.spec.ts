import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { difficultFile, difficultMapping } from '#apps/importer/testing/difficult-file';
import { ImportWorkbench } from '#apps/importer/testing/workbench';
import { importStream } from '#domain/import/index';
import {
  isShredded,
  type AnyEvent,
  type AccountId,
  type ImportId,
  type Recorded,
} from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { sourceProgram, startProgram } from './program.ts';

const ROWS = 8_000;
const KILLS = 12;
const seed = Math.trunc(Math.random() * 2 ** 30) + 1;
let state = seed;
/** The moment of the kill is the one thing here that time decides. */
const someMilliseconds = (): number => {
  state = (state * 48271) % 0x7fffffff;
  return state % 80;
};

type Queued = Readonly<{ directory: string; accountId: AccountId; importId: ImportId }>;

const queued = async (directory: string): Promise<Queued> => {
  const workbench = await ImportWorkbench.open(directory);
  for (const key of ['city', 'notes']) await workbench.defineField(key);
  const listId = await workbench.createList();
  const importId = await workbench.queue(difficultFile(ROWS), difficultMapping(listId));
  await workbench.close();
  return { directory, accountId: workbench.accountId, importId };
};

const reopened = ({ directory, accountId }: Queued): Promise<ImportWorkbench> =>
  ImportWorkbench.open(directory, { accountId });

const programOf = ({ directory, accountId }: Queued): string[] =>
  sourceProgram('apps/importer/testing/import-program.ts', directory, accountId);

/** What a run left behind, without what differs from one run to another (keys, ids, times). */
const resultOf = async (run: Queued) => {
  const workbench = await reopened(run);
  const { status, created, updated, unchanged, refused, refusedBy, remarks } =
    await workbench.stateOf(run.importId);
  const rows = (await workbench.ledger.read(importStream, run.importId)).flatMap(({ event }) =>
    event.type === 'ImportRowsProcessed' ? [event.data] : [],
  );
  const outcomes = rows.map((each) => each.outcomes).join('');
  const codes = Object.assign({}, ...rows.map((each) => each.codes)) as Record<string, string>;
  const ids = [...new Set(rows.flatMap(({ recipientIds }) => recipientIds))].filter(
    (id) => id !== null,
  );
  const histories = await workbench.ledger.readMany(recipientStream, ids);
  const people = histories.map((history) => history.map(withoutTimes));
  await workbench.close();
  return {
    status,
    created,
    updated,
    unchanged,
    refused,
    refusedBy,
    remarks,
    outcomes,
    codes,
    people,
  };
};

const withoutTimes = ({ event, metadata, revision }: Recorded<RecipientEvent>) => {
  const { at: _, listIds: __, ...data } = event.data as Record<string, unknown>;
  const { personal: hidden }: AnyEvent = event;
  const personal = hidden === undefined || isShredded(hidden) ? undefined : hidden.reveal();
  return { type: event.type, row: metadata.evidence?.row, revision, data, personal };
};

describe('IMP-1 an import whose process is killed', () => {
  let work: string;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'attesta-import-kill-'));
  });
  afterAll(() => rm(work, { recursive: true }));

  it(`ends as an undisturbed one after ${String(KILLS)} kills, and does no row twice`, async () => {
    const undisturbed = await queued(join(work, 'undisturbed'));
    expect(await startProgram(programOf(undisturbed)).ended).toMatchObject({ status: 0 });

    const killed = await queued(join(work, 'killed'));
    const stood: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const workbench = await reopened(killed);
      const { child, ended } = startProgram(programOf(killed));
      await workbench.untilProgress(killed.importId);
      await setTimeout(someMilliseconds());
      child.kill('SIGKILL');
      expect((await ended).signal).toBe('SIGKILL');
      const { status, processed } = await workbench.stateOf(killed.importId);
      await workbench.close();
      // Of a finished import nothing is left that a kill could spoil.
      expect({ seed, kill, status }).toMatchObject({ status: 'running' });
      stood.push(processed);
    }
    expect(await startProgram(programOf(killed)).ended).toMatchObject({ status: 0 });

    const [expected, actual] = [await resultOf(undisturbed), await resultOf(killed)];
    process.stdout.write(
      `SIGKILL, seed ${String(seed)}: rows done at each kill ${stood.join(' ')}\n`,
    );
    expect(actual).toEqual(expected);
    expect(actual).toMatchObject({ status: 'completed' });
    expect(actual.outcomes).toHaveLength(ROWS);
    expect(actual.remarks['duplicate-row']).toBeGreaterThan(50);
    const doneTwice = actual.people.filter((events) => {
      const firsts = events.map(({ row, type }) => `${String(row)} ${type}`);
      return new Set(firsts).size !== firsts.length;
    });
    expect(doneTwice).toEqual([]);
  }, 240_000);
});
