import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ImportWorkbench } from '#apps/importer/testing/workbench';
import { AccountId, type ListId } from '#domain/kernel/index';
import type { Change } from '#libs/read-store/change';
import { openEngines } from '#apps/composition/index';
import { recipientDirectory } from '#projections/recipient-directory/index';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { engineConfig } from './support/engines.ts';
import { runToEnd, type Ended } from './support/program.ts';

/** Runs `attesta` as a person would, to its end. */
const attesta = (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> => runToEnd('cli', words, environment);

const CSV = [
  'Email Address,First Name,OPTIN_TIME',
  'ada@lectures.example,Ada,2025-03-01 10:00:00',
  'grace@lectures.example,Grace,2024-11-05 09:30:00',
  'not an address,Nobody,2024-11-05 09:30:00',
].join('\n');

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
  let directory: string;
  let data: string;
  let file: string;
  let account: string;
  let listId: ListId;
  let mapping: string;

  beforeAll(async () => {
    data = await newDataDirectory();
    directory = path.dirname(data);
    file = path.join(directory, 'recipients.csv');
    const workbench = await ImportWorkbench.open(data, engineConfig(data));
    await workbench.defineField('firstName');
    listId = await workbench.createList();
    account = workbench.accountId;
    await workbench.close();
    mapping = JSON.stringify({
      columns: { 'Email Address': 'email', 'First Name': 'fields.firstName' },
      listIds: [listId],
      consent: {
        kind: 'express',
        dateColumns: ['OPTIN_TIME'],
        method: 'web form',
        source: 'shop',
        attestedBy: 'Privacy officer',
        url: 'https://lectures.example/newsletter',
      },
    });
    await writeFile(file, CSV);
  });
  afterAll(() => removeDataDirectory(data));

  const onData = (...words: string[]): Promise<Ended> =>
    attesta([...words, '--account', account, '--data-dir', data]);

  it('tries an import out without changing anything (IMP-1)', async () => {
    const tried = await onData('import', file, '--mapping', mapping, '--dry-run', '--json');
    expect(tried.status).toBe(0);
    expect(JSON.parse(tried.out)).toMatchObject({ dryRun: true, rows: 3, created: 2, refused: 1 });
    const known = await onData('recipient', 'state', 'ada@lectures.example');
    expect(known.status).toBe(1);
  });

  it('imports a file and keeps nothing of it (IMP-1)', async () => {
    const mappingFile = path.join(directory, 'mapping.json');
    await writeFile(mappingFile, mapping);
    const imported = await onData('import', file, '--mapping', mappingFile, '--json');
    expect(imported.err).toBe('');
    expect(imported.status).toBe(0);
    expect(JSON.parse(imported.out)).toMatchObject({
      status: 'completed',
      rows: 3,
      created: 2,
      refused: 1,
      refusedBy: { 'invalid-address-syntax': 1 },
    });
    const engines = await openEngines(engineConfig(data), ({ code }) => {
      throw new Error(code);
    });
    expect(await engines.uploads.list()).toEqual([]);
    await engines.close();
  });

  it('summarises an import for a person, in the language of the locale', async () => {
    const words = ['import', file, '--mapping', mapping, '--account', account, '--data-dir', data];
    const again = await attesta(words, { LC_ALL: 'fr_CA.UTF-8' });
    expect(again.status).toBe(0);
    expect(again.out).toMatch(/Importation terminée\./);
    expect(again.out).toMatch(/inchangées +2\n/);
  });

  it('tells a person’s history from the ledger alone, with no server running (LED-1, CON-1)', async () => {
    const told = await onData('recipient', 'timeline', 'Ada@LECTURES.example', '--json');
    expect(told.status).toBe(0);
    const { items } = JSON.parse(told.out) as { items: { type: string }[] };
    const types = items.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['RecipientSubscribed', 'ExpressConsentGiven']));
    expect(items[0]).toMatchObject({ channel: 'import', summary: { en: expect.any(String) } });
  });

  it('knows nothing of a time before the first event (CON-6)', async () => {
    const told = await onData(
      'recipient',
      'timeline',
      'ada@lectures.example',
      '--at',
      '2020-01-01',
      '--json',
    );
    expect(JSON.parse(told.out).items).toEqual([]);
  });

  it('explains a yes and a no with reasons in words (CON-6)', async () => {
    const yes = await onData(
      'recipient',
      'explain',
      'ada@lectures.example',
      '--list',
      listId,
      '--json',
    );
    expect(JSON.parse(yes.out)).toMatchObject({ allow: true, basis: 'express' });
    const no = await onData('recipient', 'explain', 'ada@lectures.example', '--at', '2020-01-01');
    expect(no.status).toBe(0);
    expect(no.out).toMatch(/^NO, /);
  });

  it('speaks French throughout: reasons, state and history (CON-6)', async () => {
    const french = async (command: string): Promise<string> =>
      (await onData('recipient', command, 'ada@lectures.example', '--lang', 'fr')).out;
    expect(await french('explain')).toContain('LCAP art. 10(1); DORS/2012-36 art. 4 (ligne 1)');
    const state = await french('state');
    expect(state).toMatch(/consentement +exprès, \d{4}/);
    expect(state).toMatch(/liste .* abonnée \(/);
    const history = await french('timeline');
    expect(history).toContain('(importation)');
    expect(`${state}${history}`).not.toMatch(/subscribed|express,|api-client|staff/);
  });

  it('says who could be mailed at an instant, and why, as one document and in words (CON-6)', async () => {
    const now = await onData('mailable', '--list', listId, '--json');
    expect(now.err).toBe('');
    const { items, summary } = JSON.parse(now.out) as { items: object[]; summary: object };
    expect(summary).toMatchObject({ allowed: 2, denied: 0, byReason: { 'express-consent': 2 } });
    expect(items).toEqual([
      expect.objectContaining({ allow: true, basis: 'express', reasons: ['express-consent'] }),
      expect.objectContaining({ allow: true }),
    ]);
    const before = await onData('mailable', '--at', '2020-01-01', '--json');
    expect(JSON.parse(before.out)).toMatchObject({ items: [], summary: { allowed: 0, denied: 0 } });
    const french = await onData('mailable', '--lang', 'fr');
    expect(french.out).toMatch(
      /on pouvait écrire à 2 personnes sur 2\.\n +2 {2}consentement exprès/,
    );
  });

  it('says whose answer is another one at a later instant (CON-6)', async () => {
    const words = ['mailable', '--at', '2020-01-01', '--difference-to', '2031-01-01'];
    const told = await onData(...words, '--json');
    expect(JSON.parse(told.out)).toMatchObject({
      items: [{ change: 'began' }, { change: 'began' }],
      summary: { began: 2, ended: 0, changed: 0, byReason: { 'express-consent': 2 } },
    });
    expect((await onData(...words)).out).toMatch(
      /2 people can be mailed from then on, 0 no longer/,
    );
    const backwards = await onData('mailable', '--difference-to', '2020-01-01', '--lang', 'fr');
    expect([backwards.status, backwards.err]).toEqual([2, expect.stringMatching(/Échangez-les/)]);
    expect((await onData('mailable', '--list', 'list_nothing')).status).toBe(2);
  });

  it('shows a person as the ledger knows them, by the id too', async () => {
    const told = await onData('recipient', 'state', 'ada@lectures.example', '--json');
    const byAddress = JSON.parse(told.out) as { id: string };
    expect(byAddress).toMatchObject({
      email: 'ada@lectures.example',
      status: 'active',
      fields: { firstName: 'Ada' },
    });
    const byId = JSON.parse((await onData('recipient', 'state', byAddress.id, '--json')).out);
    expect(byId).toEqual(byAddress);
  });

  it('rebuilds a read model and finds it equal to what served (LED-4)', async () => {
    const rebuilt = await attesta(['rebuild', 'timeline', '--data-dir', data, '--json']);
    expect(rebuilt.err).toBe('');
    expect(rebuilt.status).toBe(0);
    expect(JSON.parse(rebuilt.out)).toMatchObject({ name: 'timeline', differing: 0, equal: true });
  });

  it('verifies a read model, changes nothing, and tells a difference by its exit status (LED-4)', async () => {
    const verify = ['rebuild', 'recipient-directory', '--verify', '--data-dir', data];
    const equal = await attesta([...verify, '--json']);
    expect([equal.status, equal.err]).toEqual([0, '']);
    expect(JSON.parse(equal.out)).toMatchObject({
      ...{ name: 'recipient-directory', equal: true, serves: 'unchanged' },
      ...{ same: 2, differing: 0, missing: 0, extra: 0, differences: [] },
    });

    const spoilt = await spoil(data, account);
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
    const mended = await attesta(['rebuild', 'recipient-directory', '--data-dir', data]);
    expect(mended).toMatchObject({ status: 3, out: expect.stringMatching(/ghost: extra/) });
    expect(await attesta(verify)).toMatchObject({ status: 0 });
  });

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
      word === 'FILE' ? file : word === 'MAPPING' ? mapping : word,
    );
    const refused = await onData(...filled, '--json');
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
    const { status, err } = await onData(...words, '--lang', 'fr');
    expect(status).toBe(1);
    expect(err).toContain(rule);
    expect(err).toMatch(says);
  });

  it('refuses a data directory where nothing is, and makes none', async () => {
    const nowhere = path.join(directory, 'nowhere');
    const refused = await attesta(['rebuild', 'timeline', '--data-dir', nowhere]);
    expect(refused.status).toBe(1);
    expect(refused.err).toMatch(/no data in .*nowhere/);
    expect(await readdir(directory)).not.toContain('nowhere');
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
