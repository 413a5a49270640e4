import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openEngines } from '#apps/composition/index';
import { attesta, useCommandLineScene } from './support/command-line.ts';
import { engineConfig } from './support/engines.ts';

describe('attesta, the command line', () => {
  const scene = useCommandLineScene();

  it('tries an import out without changing anything (IMP-1)', async () => {
    const tried = await scene.onData(
      'import',
      scene.file,
      '--mapping',
      scene.mapping,
      '--dry-run',
      '--json',
    );
    expect(tried.status).toBe(0);
    expect(JSON.parse(tried.out)).toMatchObject({ dryRun: true, rows: 3, created: 2, refused: 1 });
    const known = await scene.onData('recipient', 'state', 'ada@lectures.example');
    expect(known.status).toBe(1);
  });

  it('imports a file and keeps nothing of it (IMP-1)', async () => {
    const mappingFile = path.join(scene.directory, 'mapping.json');
    await writeFile(mappingFile, scene.mapping);
    const imported = await scene.onData('import', scene.file, '--mapping', mappingFile, '--json');
    expect(imported.err).toBe('');
    expect(imported.status).toBe(0);
    expect(JSON.parse(imported.out)).toMatchObject({
      status: 'completed',
      rows: 3,
      created: 2,
      refused: 1,
      refusedBy: { 'invalid-address-syntax': 1 },
    });
    const engines = await openEngines(engineConfig(scene.data), ({ code }) => {
      throw new Error(code);
    });
    expect(await engines.uploads.list()).toEqual([]);
    await engines.close();
  });

  it('summarises an import for a person, in the language of the locale', async () => {
    const words = [
      'import',
      scene.file,
      '--mapping',
      scene.mapping,
      '--account',
      scene.account,
      '--data-dir',
      scene.data,
    ];
    const again = await attesta(words, { LC_ALL: 'fr_CA.UTF-8' });
    expect(again.status).toBe(0);
    expect(again.out).toMatch(/Importation terminée\./);
    expect(again.out).toMatch(/inchangées +2\n/);
  });
});
