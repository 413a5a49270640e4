import { beforeAll, describe, expect, it } from '@jest/globals';
import { useCommandLineScene } from './support/command-line.ts';

describe('attesta, the command line', () => {
  const scene = useCommandLineScene();
  beforeAll(() => scene.importFile());

  it('tells a person’s history from the ledger alone, with no server running (LED-1, CON-1)', async () => {
    const told = await scene.onData('recipient', 'timeline', 'Ada@LECTURES.example', '--json');
    expect(told.status).toBe(0);
    const { items } = JSON.parse(told.out) as { items: { type: string }[] };
    const types = items.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['RecipientSubscribed', 'ExpressConsentGiven']));
    expect(items[0]).toMatchObject({ channel: 'import', summary: { en: expect.any(String) } });
  });

  it('knows nothing of a time before the first event (CON-6)', async () => {
    const told = await scene.onData(
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
    const yes = await scene.onData(
      'recipient',
      'explain',
      'ada@lectures.example',
      '--list',
      scene.listId,
      '--json',
    );
    expect(JSON.parse(yes.out)).toMatchObject({ allow: true, basis: 'express' });
    const no = await scene.onData(
      'recipient',
      'explain',
      'ada@lectures.example',
      '--at',
      '2020-01-01',
    );
    expect(no.status).toBe(0);
    expect(no.out).toMatch(/^NO, /);
  });

  it('speaks French throughout: reasons, state and history (CON-6)', async () => {
    const french = async (command: string): Promise<string> =>
      (await scene.onData('recipient', command, 'ada@lectures.example', '--lang', 'fr')).out;
    expect(await french('explain')).toContain('LCAP art. 10(1); DORS/2012-36 art. 4 (ligne 1)');
    const state = await french('state');
    expect(state).toMatch(/consentement +exprès, \d{4}/);
    expect(state).toMatch(/liste .* abonnée \(/);
    const history = await french('timeline');
    expect(history).toContain('(importation)');
    expect(`${state}${history}`).not.toMatch(/subscribed|express,|api-client|staff/);
  });

  it('says who could be mailed at an instant, and why, as one document and in words (CON-6)', async () => {
    const now = await scene.onData('mailable', '--list', scene.listId, '--json');
    expect(now.err).toBe('');
    const { items, summary } = JSON.parse(now.out) as { items: object[]; summary: object };
    expect(summary).toMatchObject({ allowed: 2, denied: 0, byReason: { 'express-consent': 2 } });
    expect(items).toEqual([
      expect.objectContaining({ allow: true, basis: 'express', reasons: ['express-consent'] }),
      expect.objectContaining({ allow: true }),
    ]);
    const before = await scene.onData('mailable', '--at', '2020-01-01', '--json');
    expect(JSON.parse(before.out)).toMatchObject({ items: [], summary: { allowed: 0, denied: 0 } });
    const french = await scene.onData('mailable', '--lang', 'fr');
    expect(french.out).toMatch(
      /on pouvait écrire à 2 personnes sur 2\.\n +2 {2}consentement exprès/,
    );
  });

  it('says whose answer is another one at a later instant (CON-6)', async () => {
    const words = ['mailable', '--at', '2020-01-01', '--difference-to', '2031-01-01'];
    const told = await scene.onData(...words, '--json');
    expect(JSON.parse(told.out)).toMatchObject({
      items: [{ change: 'began' }, { change: 'began' }],
      summary: { began: 2, ended: 0, changed: 0, byReason: { 'express-consent': 2 } },
    });
    expect((await scene.onData(...words)).out).toMatch(
      /2 people can be mailed from then on, 0 no longer/,
    );
    const backwards = await scene.onData(
      'mailable',
      '--difference-to',
      '2020-01-01',
      '--lang',
      'fr',
    );
    expect([backwards.status, backwards.err]).toEqual([2, expect.stringMatching(/Échangez-les/)]);
    expect((await scene.onData('mailable', '--list', 'list_nothing')).status).toBe(2);
  });

  it('shows a person as the ledger knows them, by the id too', async () => {
    const told = await scene.onData('recipient', 'state', 'ada@lectures.example', '--json');
    const byAddress = JSON.parse(told.out) as { id: string };
    expect(byAddress).toMatchObject({
      email: 'ada@lectures.example',
      status: 'active',
      fields: { firstName: 'Ada' },
    });
    const byId = JSON.parse((await scene.onData('recipient', 'state', byAddress.id, '--json')).out);
    expect(byId).toEqual(byAddress);
  });
});
