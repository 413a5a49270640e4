import { beforeAll, describe, expect, it } from '@jest/globals';
import { ImportWorkbench } from '#apps/importer/testing/workbench';
import { AccountId } from '#domain/kernel/index';
import type { Change } from '#libs/read-store/change';
import { openEngines } from '#apps/composition/index';
import { recipientDirectory } from '#projections/recipient-directory/index';
import { attesta, useCommandLineScene } from './support/command-line.ts';
import { engineConfig } from './support/engines.ts';

/** Makes the directory say what no event says; answers the id of a recipient of whom it does. */
const spoil = async (directory: string, accountId: string): Promise<string> => {
  const workbench = await ImportWorkbench.open(directory, {
    ...engineConfig(directory),
    accountId: AccountId.parse(accountId),
  });
  // An event that the directory does not read, to have a position for what it is made to say.
  await workbench.createList();
  const position = await workbench.ledger.head();
  await workbench.close();
  const engines = await openEngines(engineConfig(directory), ({ code }) => {
    throw new Error(code);
  });
  try {
    const generation = await engines.readStore.serving(recipientDirectory);
    const [first] = await generation.scan(undefined, 1);
    if (first === undefined || position === undefined) throw new Error('Nobody is there.');
    const changes: readonly Change[] = [
      { op: 'upsert', id: first.id, set: { 'fields.firstName': 'Somebody Else' } },
      { op: 'upsert', id: 'ghost' },
    ];
    await generation.apply({ checkpoint: position, changes: [{ position, changes }] });
    return first.id;
  } finally {
    await engines.close();
  }
};

describe('attesta, the command line', () => {
  const scene = useCommandLineScene();
  beforeAll(() => scene.importFile());

  it('rebuilds a read model and finds it equal to what served (LED-4)', async () => {
    const rebuilt = await attesta(['rebuild', 'timeline', '--data-dir', scene.data, '--json']);
    expect(rebuilt.err).toBe('');
    expect(rebuilt.status).toBe(0);
    expect(JSON.parse(rebuilt.out)).toMatchObject({ name: 'timeline', differing: 0, equal: true });
  });

  it('verifies a read model, changes nothing, and tells a difference by its exit status (LED-4)', async () => {
    const verify = ['rebuild', 'recipient-directory', '--verify', '--data-dir', scene.data];
    const equal = await attesta([...verify, '--json']);
    expect([equal.status, equal.err]).toEqual([0, '']);
    expect(JSON.parse(equal.out)).toMatchObject({
      ...{ name: 'recipient-directory', equal: true, serves: 'unchanged' },
      ...{ same: 2, differing: 0, missing: 0, extra: 0, differences: [] },
    });

    const spoilt = await spoil(scene.data, scene.account);
    const differing = await attesta([...verify, '--json']);
    expect(differing.status).toBe(3);
    expect(JSON.parse(differing.out)).toMatchObject({
      ...{ documents: 2, same: 1, differing: 1, missing: 0, extra: 1, equal: false },
      differences: expect.arrayContaining([
        { id: spoilt, kind: 'differing', paths: ['fields.firstName', 'search'] },
        { id: 'ghost', kind: 'extra', paths: [] },
      ]),
    });
    const french = await attesta([...verify, '--lang', 'fr']);
    expect(french.status).toBe(3);
    expect(french.out).toMatch(/égaux : 1 ; différents : 1 ; manquants : 0 ; de trop : 1/);
    expect(french.out).toContain('ghost : de trop');
    expect(french.out + differing.out).not.toContain('Somebody Else');

    // It mends what it finds, and says so.
    const mended = await attesta(['rebuild', 'recipient-directory', '--data-dir', scene.data]);
    expect(mended).toMatchObject({ status: 3, out: expect.stringMatching(/ghost: extra/) });
    expect(await attesta(verify)).toMatchObject({ status: 0 });
  });
});
