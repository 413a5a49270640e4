import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { differenceBetween } from '#apps/api/mailable/difference';
import { historiesOf, type Person } from '#apps/api/mailable/histories';
import { mailableAt } from '#apps/api/mailable/mailable-at';
import type { Report } from '#apps/api/mailable/report';
import { AccountTermsOverTime } from '#apps/api/recipients/explain/account-terms';
import { decideAt } from '#apps/api/recipients/explain/decide-at';
import { explained } from '#apps/api/recipients/explain/explained';
import { instantOf, type Instant, type ListId, type RecipientId } from '#domain/kernel/index';
import { recipientDirectory } from '#projections/recipient-directory/index';
import { liveAYear } from './live-a-year.ts';
import { Random } from './random.ts';
import type { Sent } from './sending.ts';
import { whatTheSenderDid, type Deed } from './what-the-sender-did.ts';
import { Year } from './year.ts';

const SEED = 20_260_401;
const PEOPLE = 2_000;
const BEGINNING = Date.parse('2026-01-01T05:00:00Z');

let year: Year;
let sent: readonly Sent[];
let deeds: readonly Deed[];
let terms: AccountTermsOverTime;
let now: Instant;
/** Read once at the end of the year: what was recorded later is there, and must make no difference. */
let everybody: readonly (readonly Person[])[];

beforeAll(async () => {
  year = await Year.begin(BEGINNING);
  sent = await liveAYear(year, PEOPLE, new Random(SEED));
  deeds = await whatTheSenderDid(year.ledger, sent);
  terms = new AccountTermsOverTime(year.ledger);
  now = instantOf(year.clock());
  everybody = await readPeople();
}, 300_000);
afterAll(() => year.end());

const termsAt = async (at: Instant) => {
  const known = await terms.at(year.seed.accountId, at, now);
  if (known === undefined) throw new Error('The account is unknown.');
  return known;
};

const readPeople = async (): Promise<readonly (readonly Person[])[]> => {
  const upTo = await year.ledger.head();
  if (upTo === undefined) throw new Error('Nothing happened.');
  const directory = year.readStore.model(recipientDirectory);
  const { accountId } = year.seed;
  const pages: (readonly Person[])[] = [];
  for await (const page of historiesOf({ ledger: year.ledger, directory, accountId, upTo })) {
    pages.push(page);
  }
  return pages;
};

/** Everybody, as a report is given them. */
async function* people(): AsyncGenerator<readonly Person[], void> {
  yield* everybody;
}

const question = async (at: Instant, listId: ListId) => {
  const inForce = await termsAt(at);
  return { at, now, terms: inForce, class: 'commercial', listId } as const;
};

const linesOf = async <Line>({ pages }: Report<Line, unknown>): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  for await (const page of pages) lines.push(...page.lines);
  return lines;
};

/** Campaigns to one list, for which the question of a report can be asked as the sender asked it. */
const toOneList = (): readonly (readonly [Sent, ListId])[] =>
  sent.flatMap((each): readonly (readonly [Sent, ListId])[] => {
    const [listId, ...others] = each.listIds;
    return listId === undefined || others.length > 0 ? [] : [[each, listId]];
  });

const plannedOf = ({ campaignId }: Sent): ReadonlyMap<RecipientId, Deed> =>
  new Map(
    deeds
      .filter((deed) => deed.stage === 'plan' && deed.campaignId === campaignId)
      .map((deed) => [deed.recipientId, deed]),
  );

describe(`a year of ${PEOPLE} people (seed ${SEED})`, () => {
  it('is eventful enough to prove something', () => {
    const count = (wanted: Partial<Deed>): number =>
      deeds.filter((deed) =>
        Object.entries(wanted).every(([key, value]) => deed[key as keyof Deed] === value),
      ).length;
    expect(count({ stage: 'gate', allow: true })).toBeGreaterThan(3_000);
    expect(count({ stage: 'plan', allow: false })).toBeGreaterThan(1_000);
    expect(count({ stage: 'gate', allow: false })).toBeGreaterThan(20);
    const reasons = new Set(deeds.map(({ reason }) => reason));
    for (const reason of ['no-consent', 'consent-expired', 'invalid-address', 'restricted']) {
      expect(reasons).toContain(reason);
    }
    const left = [...year.people.values()];
    expect(left.filter(({ erased }) => erased !== undefined).length).toBeGreaterThan(50);
    const cameBack = left.filter(({ reactivatedAfter }) => reactivatedAfter !== undefined);
    expect(cameBack.length).toBeGreaterThan(50);
  });

  it('C-15, CON-6: explain says of each delivery and each skip what the sender did', async () => {
    const byPerson = Map.groupBy(deeds, ({ recipientId }) => recipientId);
    const different: (readonly Deed[])[] = [];
    let compared = 0;
    for (const { recipientId, history } of everybody.flat()) {
      for (const deed of byPerson.get(recipientId) ?? []) {
        const { at, listIds } = deed;
        const message = { class: 'commercial', listIds } as const;
        const inquiry = { at, now, terms: await termsAt(at), message };
        const { decision, known } = decideAt(history, inquiry);
        const explanation = told(deed, explained(decision, known));
        if (!isDeepStrictEqual(explanation, deed)) different.push([deed, explanation]);
        compared += 1;
      }
    }
    expect(different).toEqual([]);
    expect(compared).toBe(deeds.length);
  });

  it('CON-6: who could be mailed on a past day is whom the sender decided to mail then', async () => {
    expect(toOneList().length).toBeGreaterThan(8);
    for (const [campaign, listId] of toOneList()) {
      const report = mailableAt(people(), await question(campaign.plannedAt, listId));
      const lines = new Map((await linesOf(report)).map((line) => [line.recipientId, line]));
      const planned = plannedOf(campaign);
      const mailable = [...lines.values()].filter(({ allow }) => allow);
      const chosen = [...planned.values()].filter(({ allow }) => allow);
      expect(mailable.map(({ recipientId }) => recipientId).sort()).toEqual(
        chosen.map(({ recipientId }) => recipientId).sort(),
      );
      const refused = [...planned.values()].filter(({ allow }) => !allow);
      expect(refused.map(({ recipientId }) => lines.get(recipientId)?.reasons[0])).toEqual(
        refused.map(({ reason }) => reason),
      );
    }
  });

  it('CON-6: the difference between two days is that between whom the sender chose', async () => {
    for (const listId of new Set(toOneList().map(([, id]) => id))) {
      const [first, ...rest] = toOneList().filter(([, id]) => id === listId);
      const last = rest.at(-1);
      if (first === undefined || last === undefined) continue;
      const chosen = ([campaign]: typeof first): ReadonlySet<RecipientId> =>
        new Set([...plannedOf(campaign)].filter(([, { allow }]) => allow).map(([id]) => id));
      const [from, to] = [chosen(first), chosen(last)];
      const report = differenceBetween(
        people(),
        await question(first[0].plannedAt, listId),
        await question(last[0].plannedAt, listId),
      );
      const lines = await linesOf(report);
      const those = (change: string): readonly RecipientId[] =>
        lines.filter((line) => line.change === change).map(({ recipientId }) => recipientId);
      expect(new Set(those('began'))).toEqual(without(from, to));
      expect(new Set(those('ended'))).toEqual(without(to, from));
      expect(report.summary()).toMatchObject({
        began: without(from, to).size,
        ended: without(to, from).size,
      });
    }
  });
});

/** What is only in the second set. */
const without = <T>(first: ReadonlySet<T>, second: ReadonlySet<T>): ReadonlySet<T> =>
  new Set([...second].filter((each) => !first.has(each)));

/** The deed as explain would have had it. */
const told = (deed: Deed, answer: ReturnType<typeof explained>): Deed => {
  const { recipientId, campaignId, stage, at, listIds } = deed;
  const { allow, basis, lastDay, reasons } = answer;
  const same = { recipientId, campaignId, stage, at, listIds, allow };
  if (!allow) return { ...same, reason: reasons[0]?.code ?? '' };
  if (stage === 'plan' || basis === undefined) return same;
  return { ...same, basis, ...(lastDay !== undefined && { lastDay }) };
};
