import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  clear,
  instantOf,
  millisecondsOf,
  WordingId,
  type RecipientId,
} from '#domain/kernel/index';
import { statusOf, type RecipientCommand } from '#domain/recipient/index';
import { runApi, type Answered, type RunningApi } from '../../testing/running-api.ts';
import { publicWorld, type PublicWorld } from '../testing/public-world.ts';

let api: RunningApi;
let world: PublicWorld;
let number = 0;
let ahead = 0;

beforeAll(async () => {
  api = await runApi({ clock: () => Date.now() + ahead });
  world = await publicWorld(api);
});
afterAll(() => api.close());

const at = () => {
  const now = instantOf(Date.now());
  return { now, today: now.slice(0, 10) as never, timeZone: 'America/Toronto' };
};
const leave = (): RecipientCommand => ({
  type: 'Unsubscribe',
  ...at(),
  scope: 'all',
  since: at().now,
});
const complain = (): RecipientCommand => ({
  type: 'RecordComplaint',
  ...at(),
  source: 'operator',
  since: at().now,
});
const bounce = (): RecipientCommand => ({
  type: 'InvalidateAddress',
  ...at(),
  cause: 'bounce',
  since: at().now,
});
const restrict = (): RecipientCommand => ({
  type: 'RestrictProcessing',
  ...at(),
  reason: clear('asked by letter'),
});

type Person = Readonly<{ id: RecipientId; url: string }>;

/** Somebody who was on news and events, and to whom this happened since. */
const person = async (...commands: readonly RecipientCommand[]): Promise<Person> => {
  number += 1;
  const { news, events } = world.lists;
  const id = await world.subscriber(`back${String(number)}@example.org`, [news, events]);
  for (const command of commands) await world.command(id, command);
  return { id, url: `/p/${world.token('preferences', id)}` };
};

const hidden = (name: string, { text }: Answered): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
const isOffered = ({ text }: Answered): boolean => text.includes('value="return"');

type Sent = Readonly<
  { lists?: string[] } & Partial<Record<'statement' | 'submission' | 'consent', string>>
>;

/** The section as a browser would send it, filled in, with what a test has otherwise. */
const comeBack = async (
  url: string,
  { lists = [world.lists.news], ...more }: Sent = {},
): Promise<Answered> => {
  const shown = await world.open(url);
  const fields = {
    page: 'return',
    statement: hidden('statement', shown),
    submission: hidden('submission', shown),
    consent: 'on',
    ...more,
  };
  return world.post(url, [
    ...Object.entries(fields).map(([name, value]) => [name, value] as const),
    ...lists.map((id) => ['lists[]', id] as const),
  ]);
};

/** The button behind the link of the mail that follows. */
const confirm = async ({ id }: Person): Promise<Answered> => {
  const history = await world.events(id);
  const request = history.findLast(({ event }) => event.type === 'RecipientSubscribed');
  if (request === undefined) throw new Error('Nobody asked.');
  const { event, metadata } = request;
  const about = WordingId.parse(metadata.wording?.wordingId ?? '');
  const token = world.token('confirm', id, about, millisecondsOf(event.data.at));
  return world.post(`/confirm/${token}`, []);
};

describe('C-27: the preference page of somebody who left', () => {
  it('offers the lists and asks word for word, in their language, with every box empty; looking writes nothing', async () => {
    const { url } = await person(leave());
    const before = await world.head();
    const french = await world.open(url);
    const english = await world.open(`${url}?lang=en`);
    expect(await world.head()).toBe(before);
    expect(french.text).toContain('Vous abonner à nouveau');
    expect(french.text).toContain('Oui, j’accepte de continuer à recevoir');
    expect(english.text).toContain('Yes, I agree to go on receiving');
    expect(english.text).toContain('1, rue Principale, Montréal QC H2X 1Y4');
    for (const { text } of [french, english]) {
      expect(text).toContain(`value="${world.lists.offers}"`);
      expect(text).not.toContain(`value="${world.lists.internal}"`);
      expect(text).toMatch(/type="checkbox"\s+id="consent"/);
      expect(text).not.toMatch(/type="checkbox"[^>]*checked/);
    }
  });

  it.each([
    ['unsubscribed', leave],
    ['complained', complain],
  ] as const)('%s: changes nothing until confirmed by mail', async (status, happened) => {
    const someone = await person(happened());
    const { id, url } = someone;
    const { length } = await world.events(id);
    const { lists: before } = await world.recipient(id);
    const sent = await comeBack(url, { lists: [world.lists.offers] });
    expect([sent.status, sent.text.includes('Un courriel est en route')]).toEqual([200, true]);
    const waiting = await world.recipient(id);
    expect(statusOf(waiting)).toBe(status);
    expect(waiting.lists.get(world.lists.news)).toEqual(before.get(world.lists.news));
    const [first] = (await world.events(id)).slice(length);
    expect(first).toMatchObject({
      event: {
        type: 'RecipientSubscribed',
        data: { listIds: [world.lists.offers], optIn: 'double', consentOnConfirmation: true },
      },
      metadata: {
        actor: { kind: 'recipient', id },
        channel: 'preferences',
        evidence: { newsletterId: world.newsletterId },
        wording: {
          version: 1,
          language: 'fr',
          statementHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    });

    const done = await confirm(someone);
    expect([done.status, done.text.includes('C’est confirmé')]).toEqual([200, true]);
    const after = await world.recipient(id);
    expect(statusOf(after)).toBe('active');
    expect(after.lists.get(world.lists.offers)?.status).toBe('subscribed');
    expect(after.lists.get(world.lists.news)?.status).not.toBe('subscribed');
    const given = (await world.events(id)).slice(-2);
    expect(given).toMatchObject([
      { event: { type: 'SubscriptionConfirmed', data: { liftsSuppression: true } } },
      { event: { type: 'ExpressConsentGiven' }, metadata: { wording: first?.metadata.wording } },
    ]);
    expect(given.map(({ metadata: { channel } }) => channel)).toEqual([
      'preferences',
      'preferences',
    ]);
  });

  it('keeps the text that was agreed to, under the hash that the request names (C-18)', async () => {
    const { id, url } = await person(leave());
    await comeBack(url);
    const { wording } = (await world.events(id)).at(-1)?.metadata ?? {};
    const { wordingId = '', statementHash = '' } = wording ?? {};
    const kept = await api.call({
      url: `/v1/wordings/${wordingId}/statements/${statementHash}`,
      key: world.key,
    });
    expect([kept.status, kept.text.includes('continuer à recevoir')]).toEqual([200, true]);
  });

  it('says what is missing, in the summary and at the place, and ticks no consent (C-17)', async () => {
    const { url } = await person(leave());
    const before = await world.head();
    const nothing = await comeBack(url, { lists: [], consent: '' });
    expect(nothing.status).toBe(422);
    for (const id of ['lists', 'consent']) {
      expect(nothing.text).toContain(`href="#${id}"`);
      expect(nothing.text).toContain(`id="${id}-error"`);
    }
    const unticked = await comeBack(url, { consent: '' });
    expect(unticked.status).toBe(422);
    expect(unticked.text).toMatch(/id="lists"[^>]*checked/);
    expect(unticked.text).not.toMatch(/id="consent"[^>]*checked/);
    const unknown = await comeBack(url, { lists: [world.lists.internal] });
    expect([unknown.status, unknown.text.includes('href="#lists"')]).toEqual([422, true]);
    expect(await world.head()).toBe(before);
  });

  it('asks again when the text that was read is not that of now (P-05)', async () => {
    const { url } = await person(leave());
    const before = await world.head();
    for (const statement of ['', 'f'.repeat(64)]) {
      const again = await comeBack(url, { statement });
      expect([again.status, again.text.includes('Le texte a changé')]).toEqual([422, true]);
    }
    expect(await world.head()).toBe(before);
  });

  it('takes the same showing once; the next one makes a newer request, as on a form', async () => {
    const { id, url } = await person(leave());
    const submission = randomUUID();
    expect((await comeBack(url, { submission })).status).toBe(200);
    const { length } = await world.events(id);
    expect((await comeBack(url, { submission })).status).toBe(200);
    expect(await world.events(id)).toHaveLength(length);
    ahead = 1_000;
    await comeBack(url);
    ahead = 0;
    const added = (await world.events(id)).slice(length);
    expect(added.map(({ event }) => event.type)).toEqual(['RecipientSubscribed']);
  });

  it('is where an expired link of such a mail leads to', async () => {
    const someone = await person(leave());
    await comeBack(someone.url);
    ahead = 8 * 86_400_000;
    const late = await confirm(someone);
    ahead = 0;
    expect(late.status).toBe(410);
    expect(late.text).toContain('abonnez-vous à nouveau sur la page de vos préférences');
    const [, path = ''] = /class="button" href="([^"]+)"/.exec(late.text) ?? [];
    expect(isOffered(await world.open(path))).toBe(true);
  });

  it.each([
    ['whose address does not work', [leave, bounce]],
    ['whose data is restricted', [leave, restrict]],
    ['who has not left', []],
  ] as const)(
    'offers nothing to somebody %s, and a forged answer changes nothing',
    async (_who, happened) => {
      const { id, url } = await person(...happened.map((each) => each()));
      const away = await person(leave());
      const statement = hidden('statement', await world.open(away.url));
      const before = await world.head();
      expect(isOffered(await world.open(url))).toBe(false);
      const forged = await comeBack(url, { statement });
      expect([forged.status, isOffered(forged)]).toEqual([409, false]);
      expect(await world.head()).toBe(before);
      expect((await world.recipient(id)).pending).toBeUndefined();
    },
  );

  it('is gone for somebody who was erased (410)', async () => {
    const { id, url } = await person(leave());
    await world.erase(id);
    const before = await world.head();
    expect((await comeBack(url)).status).toBe(410);
    expect(await world.head()).toBe(before);
  });
});

describe('C-27: an account with words of its own', () => {
  it('asks by the wording by which it asks for consent', async () => {
    const own = await publicWorld(api);
    const id = await own.subscriber('own@example.org', [own.lists.news]);
    await own.command(id, leave());
    const body = { consentRequests: { wordingId: own.wordingId } };
    await api.call({ method: 'PATCH', url: '/v1/account', key: own.key, body });
    const shown = await own.open(`/p/${own.token('preferences', id)}`);
    expect(shown.text).toContain('J’accepte de recevoir les &lt;nouvelles&gt; de l’Atelier.');
  });
});
