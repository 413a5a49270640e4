import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CampaignId,
  civilDateIn,
  clear,
  dayInWords,
  instantOf,
  plusDays,
  plusMonths,
  WordingId,
  type CivilDate,
  type Evidence,
  type Instant,
  type RecipientId,
} from '#domain/kernel/index';
import { standardRequestId } from '#domain/wording/index';
import { newId } from '#libs/ledger/index';
import { runApi, type Answered, type RunningApi } from '../../testing/running-api.ts';
import { publicWorld, type PublicWorld } from '../testing/public-world.ts';

const ZONE = 'America/Toronto';
const ACCOUNT = { timeZone: ZONE, regimes: ['casl'], organisationType: 'commercial' } as const;
const DAY = 86_400_000;
let api: RunningApi;
let world: PublicWorld;
let ahead = 0;
let names = 0;

beforeAll(async () => {
  api = await runApi({ clock: () => Date.now() + ahead });
  world = await publicWorld(api);
});
beforeEach(() => {
  ahead = 0;
});
afterAll(() => api.close());

const clock = (): Instant => instantOf(Date.now() + ahead);
const today = (): CivilDate => civilDateIn(ZONE, clock());
const at = () => ({ now: clock(), today: today(), timeZone: ZONE });

/** A customer whose implied consent ends in so many days; on the list of news. */
const customer = async (daysLeft = 60): Promise<RecipientId> => {
  const email = `customer${String((names += 1))}@example.org`;
  await world.make('/v1/recipients', {
    email,
    language: 'fr',
    listIds: [world.lists.news],
    privacyBasis: { kind: 'informed-at-collection' },
    consent: {
      kind: 'implied',
      basis: 'purchase',
      date: plusMonths(today(), -3),
      expiresOn: plusDays(today(), daysLeft),
      evidence: { reference: 'INV-7' },
    },
  });
  return world.recipientOf(email);
};

/** The customer got the newsletter, and in it the link that this answers. */
const inNewsletter = async (id: RecipientId): Promise<{ url: string; evidence: Evidence }> => {
  await world.sendTo(id, [world.lists.news]);
  const newsletter = { id: world.newsletterId, withinDays: 90 };
  await world.command(
    id,
    { type: 'RequestConsent', ...at(), account: ACCOUNT, newsletter },
    { wordingId: world.wordingId, version: 1, hash: '0'.repeat(64) },
  );
  const evidence = {
    newsletterId: world.newsletterId,
    campaignId: newId(CampaignId),
    messageId: `n${id.slice(4)}@atelier.example`,
  };
  const issued = await attempted(`${world.newsletterId}.${id}`, evidence);
  return { url: `/consent/${world.token('consent', id, world.newsletterId, issued)}`, evidence };
};

/** The customer got a request by itself, about this wording. */
const byItself = async (
  id: RecipientId,
  wordingId = WordingId.parse(world.wordingId),
): Promise<{ url: string; evidence: Evidence }> => {
  const { now } = at();
  await world.command(
    id,
    { type: 'RequestConsent', ...at(), now, account: ACCOUNT, daysBefore: 60 },
    { wordingId, version: 1, hash: '0'.repeat(64) },
  );
  const { requested } = await world.recipient(id);
  const key = `${wordingId}.${id}.${String(requested?.revision)}`;
  const content = { kind: 'consent-request', wordingId, requestedAt: now } as const;
  const { accountId, lists } = world;
  const planned = { type: 'PlanDelivery', accountId, recipientId: id, content, now } as const;
  await world.delivery(key, { ...planned, listIds: [lists.news] });
  const evidence = { messageId: `r${id.slice(4)}@atelier.example` };
  const issued = await attempted(key, evidence);
  return { url: `/consent/${world.token('consent', id, wordingId, issued)}`, evidence };
};

const attempted = async (
  key: string,
  evidence: Evidence & { messageId: string },
): Promise<number> => {
  const now = Date.now() + ahead;
  const { messageId } = evidence;
  const claim = { language: 'fr' as never, basis: 'purchase', claimant: 'test' };
  const command = { type: 'AttemptDelivery', messageId, ...claim, now: instantOf(now) } as const;
  await world.delivery(key, command, evidence);
  return now;
};

const statementOn = (page: Answered): string =>
  /name="statement"\s+value="([0-9a-f]{64})"/.exec(page.text)?.[1] ?? '';
const agree = async (url: string): Promise<Answered> =>
  world.post(url, [
    ['answer', 'agree'],
    ['statement', statementOn(await world.open(url))],
    ['consent', 'on'],
  ]);
const refuse = (url: string): Promise<Answered> => world.post(url, [['answer', 'refuse']]);
const given = async (id: RecipientId) =>
  (await world.events(id)).filter(({ event }) => event.type === 'ExpressConsentGiven');
const hasForm = ({ text }: Answered): boolean => text.includes('<form');

describe('the page behind a request for consent', () => {
  it('C-20: shows and never writes, to a scanner that opens it ten times and to HEAD', async () => {
    const { url } = await byItself(await customer());
    const before = await world.head();
    for (let round = 0; round < 10; round += 1) {
      const agent = { 'user-agent': `Scanner/${String(round)}` };
      expect((await world.open(url, agent)).status).toBe(200);
      expect((await api.call({ method: 'HEAD', url, headers: agent })).status).toBe(200);
    }
    expect(await world.head()).toBe(before);
  });

  it('C-17: says who asks, for what, how to reach them and that one can withdraw; the box is not ticked', async () => {
    const { url } = await byItself(await customer());
    const page = await world.open(url);
    expect(page.text).toContain('<html lang="fr"');
    for (const said of [
      'J’accepte de recevoir les &lt;nouvelles&gt; de l’Atelier.',
      'But\u00a0: nouvelles de l’atelier',
      'Atelier du Nord vous demande votre accord.',
      'Adresse postale\u00a0: 1, rue Principale, Montréal QC H2X 1Y4',
      'Vous pouvez retirer votre accord en tout temps',
      'Texte version 1',
    ]) {
      expect(page.text).toContain(said);
    }
    expect(page.text).toMatch(/<input\s+type="checkbox"\s+id="consent"/);
    expect(page.text).not.toContain('checked');
    expect((await world.open(`${url}?lang=en`)).text).toContain(
      'I agree to receive the &lt;news&gt; of the Atelier.',
    );
  });

  it('M-11: is kept, listed and passed on by nobody, and its address names nobody', async () => {
    const id = await customer();
    const { url } = await byItself(id);
    const { headers, text } = await world.open(url);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['set-cookie']).toBeUndefined();
    expect(`${url} ${text}`).not.toContain(id);
    expect(text).not.toContain('example.org');
  });
});

describe('a person who agrees', () => {
  it('CON-5: gives express consent to that very text, with the newsletter as evidence', async () => {
    const id = await customer();
    const { url, evidence } = await inNewsletter(id);
    const hash = statementOn(await world.open(url));
    const thanks = await agree(url);
    expect(thanks.status).toBe(200);
    expect(thanks.text).toContain('Merci, votre accord est enregistré');
    expect(thanks.text).toContain('J’accepte de recevoir les &lt;nouvelles&gt; de l’Atelier.');
    expect(thanks.text).toMatch(/href="\/u\/[\w-]+\?lang=fr"/);
    const [recorded, ...others] = await given(id);
    expect(others).toEqual([]);
    expect(recorded?.event.data).toMatchObject({ date: today(), timeZone: ZONE });
    expect(recorded?.metadata).toMatchObject({
      actor: { kind: 'recipient', id },
      channel: 'newsletter-link',
      evidence,
      wording: { wordingId: world.wordingId, version: 1, language: 'fr', statementHash: hash },
    });
    const kept = await api.call({
      url: `/v1/wordings/${world.wordingId}/statements/${hash}`,
      key: world.key,
    });
    expect(kept.body.text).toContain('J’accepte de recevoir les <nouvelles> de l’Atelier.');
  });

  it('CON-5: the request that went out by itself is the evidence, shown by explain and the timeline', async () => {
    const id = await customer();
    const { url, evidence } = await byItself(id);
    expect((await agree(`${url}?lang=en`)).text).toContain('Thank you, your consent is recorded');
    const last = await world.make('/v1/lists', { name: { en: 'Later' } });
    const after = String(last.headers['x-position']);
    const { key } = world;
    const explained = await api.call({ url: `/v1/recipients/${id}/explain?after=${after}`, key });
    expect(explained.body).toMatchObject({ allow: true, basis: 'express' });
    expect(explained.body.lastDay ?? null).toBeNull();
    const timeline = await api.call({ url: `/v1/recipients/${id}/timeline?after=${after}`, key });
    const entry = timeline.body.items.find(
      ({ type }: { type: string }) => type === 'ExpressConsentGiven',
    );
    expect(entry).toMatchObject({
      channel: 'newsletter-link',
      evidence,
      wordingId: world.wordingId,
      wordingLanguage: 'en',
    });
    const statement = `/v1/wordings/${world.wordingId}/statements/${String(entry.statementHash)}`;
    expect((await api.call({ url: statement, key })).body.language).toBe('en');
  });

  it('makes one event, however often they send it and on whatever day', async () => {
    const id = await customer();
    const { url } = await byItself(id);
    const form: [string, string][] = [
      ['answer', 'agree'],
      ['statement', statementOn(await world.open(url))],
      ['consent', 'on'],
    ];
    const answers = await Promise.all([1, 2, 3].map(() => world.post(url, form)));
    ahead = 3 * DAY;
    answers.push(await world.post(url, form));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await given(id)).toHaveLength(1);
  });

  it('C-16: may answer after the last day, and is not asked again', async () => {
    const id = await customer(1);
    const { url } = await byItself(id);
    ahead = 40 * DAY;
    expect((await world.open(url)).text).not.toContain('cesse de vous écrire après');
    expect((await agree(url)).status).toBe(200);
    expect(await given(id)).toHaveLength(1);
    await expect(
      world.command(id, { type: 'RequestConsent', ...at(), account: ACCOUNT }),
    ).rejects.toThrow('express-consent-on-record');
  });

  it('agrees to the standard request where nobody has used it yet; looking does not draw it up', async () => {
    const other = await publicWorld(api);
    const id = await other.subscriber('standard@example.org', []);
    await other.command(id, { type: 'WithdrawConsent', ...at() });
    const wordingId = standardRequestId(other.accountId);
    const url = `/consent/${other.token('consent', id)}`;
    const before = await other.head();
    const page = await other.open(url);
    expect(page.text).toContain('Oui, j’accepte de continuer à recevoir');
    expect(await other.head()).toBe(before);
    expect((await agree(url)).status).toBe(200);
    const last = (await other.events(id)).at(-1);
    expect(last?.metadata.wording).toMatchObject({ wordingId, version: 1 });
    const hash = String(last?.metadata.wording?.statementHash);
    const { key } = other;
    const kept = await api.call({ url: `/v1/wordings/${wordingId}/statements/${hash}`, key });
    expect(kept.body.text).toContain('Oui, j’accepte de continuer à recevoir');
    const version = await api.call({ url: `/v1/wordings/${wordingId}/versions/1`, key });
    expect(version.body.hash).toBe(last?.metadata.wording?.hash);
  });
});

describe('an answer that cannot be taken', () => {
  it('C-17: is none without the tick: the page again, with what to do, and the box still empty', async () => {
    const id = await customer();
    const { url } = await byItself(id);
    const before = await world.head();
    const statement = statementOn(await world.open(url));
    const form: [string, string][] = [
      ['answer', 'agree'],
      ['statement', statement],
    ];
    const again = await world.post(`${url}?lang=en`, form);
    expect(again.status).toBe(422);
    expect(again.text).toContain('Tick the box to give your consent.');
    expect(again.text).toContain('<title>Error: ');
    expect(again.text).not.toContain('checked');
    const french = await world.post(url, form);
    expect(french.text).toContain('Cochez la case');
    expect(french.text).toContain('<title>Erreur\u00a0: ');
    expect(await world.head()).toBe(before);
  });

  it('is asked for again when the text has changed since, and when none was named (P-05)', async () => {
    const id = await customer();
    const { url } = await byItself(id);
    const old = statementOn(await world.open(url));
    const texts = { fr: 'J’accepte l’infolettre, autrement dite.', en: 'I agree, in other words.' };
    await world.make(`/v1/wordings/${world.wordingId}/versions`, { texts });
    const before = await world.head();
    for (const statement of [old, '', 'f'.repeat(64)]) {
      const again = await world.post(url, [
        ['answer', 'agree'],
        ['statement', statement],
        ['consent', 'on'],
      ]);
      expect(again.status).toBe(422);
      expect(again.text).toContain('Le texte a changé');
      expect(again.text).toContain('J’accepte l’infolettre, autrement dite.');
    }
    expect(await world.head()).toBe(before);
    expect((await agree(url)).status).toBe(200);
    expect((await given(id))[0]?.metadata.wording).toMatchObject({ version: 2 });
  });

  it('changes nothing when no button was pressed (400)', async () => {
    const { url } = await byItself(await customer());
    const before = await world.head();
    expect((await world.post(url, [])).status).toBe(400);
    expect((await world.post(url, [['answer', 'maybe']])).status).toBe(400);
    expect(await world.head()).toBe(before);
  });
});

describe('a person who does not want to be asked again', () => {
  it('is recorded once; what they receive goes on; and they may still agree', async () => {
    const id = await customer();
    const { url, evidence } = await byItself(id);
    const end = `après le ${dayInWords(plusDays(today(), 60), 'fr')}.`;
    expect((await world.open(url)).text).toContain(end);
    const noted = await refuse(url);
    expect(noted.text).toContain(end);
    expect([noted.status, noted.text.includes('C’est noté')]).toEqual([200, true]);
    expect((await refuse(url)).status).toBe(200);
    const refusals = (await world.events(id)).filter(
      ({ event }) => event.type === 'ConsentRefused',
    );
    expect(refusals).toHaveLength(1);
    expect(refusals[0]?.metadata).toMatchObject({ actor: { kind: 'recipient', id }, evidence });
    expect((await world.recipient(id)).consents).toMatchObject([{ kind: 'implied' }]);
    const again = await world.open(url);
    expect(again.text).toContain('vous avez dit ne plus vouloir');
    expect(again.text).not.toContain('value="refuse"');
    expect((await agree(url)).status).toBe(200);
    expect(await given(id)).toHaveLength(1);
  });
});

describe('how a person stands', () => {
  /** Opens and sends the page; nothing of it may write. */
  const untouched = async (url: string): Promise<{ opened: Answered; sent: Answered }> => {
    const before = await world.head();
    const opened = await world.open(url);
    const sent = await world.post(url, [
      ['answer', 'agree'],
      ['statement', 'f'.repeat(64)],
      ['consent', 'on'],
    ]);
    expect((await refuse(url)).status).toBe(sent.status);
    expect(await world.head()).toBe(before);
    expect([hasForm(opened), hasForm(sent)]).toEqual([false, false]);
    return { opened, sent };
  };

  it('who has agreed sees since when, and is asked nothing', async () => {
    const id = await world.subscriber('agreed@example.org', [world.lists.news]);
    const { opened, sent } = await untouched(`/consent/${world.token('consent', id)}`);
    expect([opened.status, sent.status]).toEqual([200, 200]);
    expect(opened.text).toContain('depuis le 15 janvier 2026');
    expect(opened.text).toMatch(/href="\/u\/[\w-]+\?lang=fr"/);
    const english = await world.open(`/consent/${world.token('consent', id)}?lang=en`);
    expect(english.text).toContain('since January 15, 2026');
  });

  it('C-27: who left or complained is not brought back, and is told how to come back', async () => {
    const id = await customer();
    const { url } = await byItself(id);
    await world.post(`/u/${world.token('unsubscribe', id)}`, [['choice', 'all']]);
    const { opened, sent } = await untouched(url);
    expect([opened.status, sent.status]).toEqual([200, 409]);
    const [, preferences = ''] = /href="(\/p\/[^"]+)"/.exec(opened.text) ?? [];
    expect((await world.open(preferences)).text).toContain('Vous abonner à nouveau');
    expect((await world.open(`${url}?lang=en`)).text).toContain('You no longer receive anything');

    await world.post(`/f/${world.forms.single}`, [
      ['email', 'complains@example.org'],
      ['language', 'fr'],
      ['consent', 'on'],
    ]);
    const other = await world.recipientOf('complains@example.org');
    const complaint = { type: 'RecordComplaint', source: 'operator', since: clock() } as const;
    await world.command(other, { ...complaint, ...at() });
    const back = await untouched(`/consent/${world.token('consent', other)}`);
    expect(back.opened.text).toContain(`href="/f/${world.forms.single}?lang=fr"`);
  });

  it('whose data is restricted, or whose address does not work, is told whom to write to', async () => {
    const restricted = await customer();
    const reason = clear('asked by letter');
    await world.command(restricted, { type: 'RestrictProcessing', ...at(), reason });
    const invalid = await customer();
    const bounced = { type: 'InvalidateAddress', cause: 'bounce', since: clock() } as const;
    await world.command(invalid, { ...bounced, ...at() });
    for (const id of [restricted, invalid]) {
      const { opened, sent } = await untouched(`/consent/${world.token('consent', id)}`);
      expect([opened.status, sent.status]).toEqual([200, 409]);
      expect(opened.text).toContain('Votre réponse ne peut pas être enregistrée ici');
    }
  });

  it('who was erased, or is not known, sees that the link no longer leads anywhere (410)', async () => {
    const id = await customer();
    const { url } = await byItself(id);
    await world.erase(id);
    const stranger = await world.recipientOf('stranger@example.org');
    for (const each of [url, `/consent/${world.token('consent', stranger)}`]) {
      const { opened, sent } = await untouched(each);
      expect([opened.status, sent.status]).toEqual([410, 410]);
      expect(opened.text).toContain('Ce lien ne mène nulle part');
    }
  });

  it('who brings a forged link, one for another page or another account’s wording, learns nothing', async () => {
    const id = await customer();
    const { url } = await byItself(id);
    const forged = `${url.slice(0, -5)}${url.at(-5) === 'A' ? 'B' : 'A'}${url.slice(-4)}`;
    const others = [
      forged,
      '/consent/x',
      `/consent/${world.token('unsubscribe', id)}`,
      `/consent/${world.token('consent', id, newId(WordingId))}`,
    ];
    for (const each of others) {
      const { opened, sent } = await untouched(each);
      expect([each, opened.status, sent.status]).toEqual([each, 404, 404]);
      expect(opened.text).toContain('This link leads nowhere');
    }
  });
});
