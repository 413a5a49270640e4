import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attesta, useCommandLineScene } from './support/command-line.ts';

describe('attesta, the command line', () => {
  const scene = useCommandLineScene();
  beforeAll(() => scene.importFile());

  it.each([
    ['an unknown person', ['recipient', 'explain', 'nobody@lectures.example'], 'unknown-recipient'],
    [
      'a mapping with faults',
      ['import', 'FILE', '--mapping', '{"columns":{"Email Address":"nothing"}}'],
      'invalid-mapping',
    ],
    [
      'a file that is not there',
      ['import', '/nowhere/people.csv', '--mapping', 'MAPPING'],
      'file-unreadable',
    ],
    ['a file that is no table', ['import', tmpdir(), '--mapping', 'MAPPING'], 'file-unreadable'],
  ])('refuses %s with status 1 and a code', async (_, words, code) => {
    const filled = words.map((word) =>
      word === 'FILE' ? scene.file : word === 'MAPPING' ? scene.mapping : word,
    );
    const refused = await scene.onData(...filled, '--json');
    expect(refused.status).toBe(1);
    expect(JSON.parse(refused.out)).toEqual({ code, detail: expect.any(String) });
    expect(refused.err).toBe('');
  });

  it.each([
    ['C-08', { basis: 'purchase' }, /le numéro de la facture \(reference ou/],
    ['C-06', { basis: 'membership' }, /ne peut pas invoquer ce fondement : adhésion/],
    [
      'C-05',
      { basis: 'friendship' },
      /n’est pas un fondement de la loi ; indiquez-en un : purchase/,
    ],
  ])('says in French by which rule a consent is refused (%s)', async (rule, given, says) => {
    const consent = JSON.stringify({ kind: 'implied', date: '2026-02-01', ...given });
    const words = ['recipient', 'subscribe', 'new@lectures.example', '--consent', consent];
    const { status, err } = await scene.onData(...words, '--lang', 'fr');
    expect(status).toBe(1);
    expect(err).toContain(rule);
    expect(err).toMatch(says);
  });

  it('refuses a data directory where nothing is, and makes none', async () => {
    const nowhere = path.join(scene.directory, 'nowhere');
    const refused = await attesta(['rebuild', 'timeline', '--data-dir', nowhere]);
    expect(refused.status).toBe(1);
    expect(refused.err).toMatch(/no data in .*nowhere/);
    expect(await readdir(scene.directory)).not.toContain('nowhere');
  });

  it.each([
    ['no command', []],
    ['an unknown command', ['person@private.example']],
    ['an unknown option', ['rebuild', 'timeline', '--fast']],
    ['an unknown read model', ['rebuild', 'person@private.example']],
    ['a missing option', ['import', 'people.csv', '--account', 'acc_1']],
    [
      'a language that nobody speaks here',
      ['rebuild', 'timeline', '--lang', 'person@private.example'],
    ],
    ['too many arguments', ['rebuild', 'timeline', 'person@private.example']],
  ])('answers %s with status 2, without a stack and without repeating it', async (_, words) => {
    const ended = await attesta(words);
    expect(ended.status).toBe(2);
    expect(ended.err).not.toBe('');
    expect(ended.err + ended.out).not.toMatch(/\n\s+at |private\.example/);
  });

  it('shows its help in French and English, status 0', async () => {
    expect(await attesta(['--help', '--lang', 'fr'])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/Commandes :/),
    });
    expect(await attesta(['import', '--help'])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/--dry-run/),
    });
  });

  it.each(['replay', 'verify', 'backup', 'restore'])(
    'does not pretend to %s yet',
    async (command) => {
      expect((await attesta([command])).status).toBe(2);
    },
  );
});
