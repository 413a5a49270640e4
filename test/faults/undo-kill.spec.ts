import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { difficultFile, difficultMapping } from '#apps/importer/testing/difficult-file';
import { ImportWorkbench } from '#apps/importer/testing/workbench';
import { importStream } from '#domain/import/index';
import { fold, type AccountId, type ImportId } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import { sourceProgram, startProgram } from './program.ts';

const ROWS = 4_000;
const KILLS = 6;
const seed = Math.trunc(Math.random() * 2 ** 30) + 1;
let state = seed;
/** The moment of the kill is the one thing here that time decides. */
const someMilliseconds = (): number => {
  state = (state * 48271) % 0x7fffffff;
  return state % 40;
};

type Imported = Readonly<{ directory: string; accountId: AccountId; importId: ImportId }>;

/** An import that is over, and whose undo is asked for. */
const imported = async (directory: string): Promise<Imported> => {
  const workbench = await ImportWorkbench.open(directory);
  for (const key of ['city', 'notes']) await workbench.defineField(key);
  const listId = await workbench.createList();
  const importId = await workbench.queue(difficultFile(ROWS), difficultMapping(listId));
  await workbench.runImporter();
  await workbench.requestUndo(importId);
  await workbench.close();
  return { directory, accountId: workbench.accountId, importId };
};

const reopened = ({ directory, accountId }: Imported): Promise<ImportWorkbench> =>
  ImportWorkbench.open(directory, { accountId });

const programOf = ({ directory, accountId }: Imported): string[] =>
  sourceProgram('apps/importer/testing/import-program.ts', directory, accountId);

describe('IMP-1 an undo whose process is killed', () => {
  let work: string;
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'attesta-undo-kill-'));
  });
  afterAll(() => rm(work, { recursive: true }));

  it(`ends with everybody forgotten after ${String(KILLS)} kills, and undoes nobody twice`, async () => {
    const killed = await imported(join(work, 'killed'));
    const stood: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const workbench = await reopened(killed);
      const { child, ended } = startProgram(programOf(killed));
      await workbench.untilUndoProgress(killed.importId);
      await setTimeout(someMilliseconds());
      child.kill('SIGKILL');
      await ended;
      const { status, undo } = await workbench.stateOf(killed.importId);
      await workbench.close();
      stood.push(undo?.rows ?? 0);
      if (status === 'undone') break;
    }
    expect(await startProgram(programOf(killed)).ended).toMatchObject({ status: 0 });
    process.stdout.write(
      `SIGKILL, seed ${String(seed)}: rows undone at each kill ${stood.join(' ')}\n`,
    );

    const workbench = await reopened(killed);
    const { status, undo, processed } = await workbench.stateOf(killed.importId);
    const events = (await workbench.ledger.read(importStream, killed.importId)).map(
      ({ event }) => event,
    );
    const ids = new Set(
      events.flatMap((event) =>
        event.type === 'ImportRowsProcessed'
          ? event.data.recipientIds.filter(
              (id, index) => id !== null && event.data.outcomes[index] !== 'r',
            )
          : [],
      ),
    );
    const people = await workbench.ledger.readMany(
      recipientStream,
      [...ids].filter((id) => id !== null),
    );
    await workbench.close();

    expect({ seed, status, rows: undo?.rows, left: undo?.left }).toEqual({
      seed,
      status: 'undone',
      rows: processed,
      left: 0,
    });
    expect(people.length).toBeGreaterThan(ROWS / 2);
    // A kill between the people and the record of their rows lets them be counted from what is on record.
    const compensated = events.flatMap((event) =>
      event.type === 'ImportRowsUndone' ? event.data.compensated : [],
    );
    expect(new Set(compensated)).toEqual(ids);
    for (const history of people) {
      const undoing = history.filter(({ event }) => event.type === 'ImportChangesUndone');
      expect(undoing).toHaveLength(1);
      const { known, lists, consents } = fold(
        recipientStream,
        history.map(({ event }) => event),
      );
      expect([known, lists.size, consents.length]).toEqual([false, 0, 0]);
    }
  }, 240_000);
});
