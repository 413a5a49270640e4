import type { ListId, RecipientId } from '#domain/kernel/index';
import { happening, joining, mayConfirm } from './lives.ts';
import type { Random } from './random.ts';
import { ReadModelsUpToDate } from './read-models.ts';
import { Sending, type Sent } from './sending.ts';
import { DAY, HOUR, type Deed, type Year } from './year.ts';

const DAYS = 365;
/** On each day something happens at so many moments. */
const MOMENTS = 3;
/** How often something happens to one person in the year, beside joining. */
const HAPPENINGS = 9;
const CAMPAIGN_EVERY = 14;
/** How likely somebody who was asked to confirm does something about it at a moment. */
const CONFIRMS = 0.08;

type Someone = Readonly<{ address: string; recipientId: RecipientId; joinsOn: number }>;

const peopleOf = async (year: Year, count: number, random: Random): Promise<readonly Someone[]> => {
  const people: Someone[] = [];
  for (let n = 0; n < count; n += 1) {
    const address = `person${n}@example.org`;
    const recipientId = await year.seed.recipientId(address);
    people.push({ address, recipientId, joinsOn: random.below(Math.floor(DAYS * 0.8)) });
  }
  // All at once: else each new person would wait for the disk.
  const { accountId } = year.seed;
  await year.keyring.ensure(people.map(({ recipientId: subject }) => ({ accountId, subject })));
  return people;
};

const deedsOf = async (
  year: Year,
  people: readonly Someone[],
  { random, listIds, day }: Readonly<{ random: Random; listIds: readonly ListId[]; day: number }>,
): Promise<readonly Deed[]> => {
  const moment = await year.moment(random, listIds);
  return people.flatMap(({ address, recipientId, joinsOn }): readonly Deed[] => {
    const person = year.people.get(recipientId);
    if (person === undefined) {
      const joins = joinsOn <= day && random.isLikely(1 / MOMENTS);
      return joins ? [{ recipientId, command: joining(address, moment) }] : [];
    }
    const share = mayConfirm(person, moment) ? CONFIRMS : HAPPENINGS / DAYS / MOMENTS;
    if (!random.isLikely(share)) return [];
    return [{ recipientId, command: happening(address, person, moment) }];
  });
};

/** Each year the company changes too: it moves to the west, and takes up another law. */
const changesOfTerms = new Map([
  [120, { regimes: ['casl', 'law25'] }],
  [240, { timeZone: 'America/Vancouver' }],
  [300, { regimes: ['casl', 'law25', 'gdpr'] }],
] as const);

/** Two thousand lives and the newsletters of a year. Answers with the campaigns that were sent. */
export const liveAYear = async (
  year: Year,
  count: number,
  random: Random,
): Promise<readonly Sent[]> => {
  await year.seed.account();
  const listIds = [await year.seed.list('A'), await year.seed.list('B'), await year.seed.list('C')];
  const people = await peopleOf(year, count, random);
  const models = new ReadModelsUpToDate(year.ledger, year.readStore);
  const sending = await Sending.of(year, models, random);
  const sent: Sent[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const change = changesOfTerms.get(day as 120);
    if (change !== undefined) await year.changeTerms(change);
    for (let n = 0; n < MOMENTS; n += 1) {
      year.wait(HOUR);
      await year.carryOut(await deedsOf(year, people, { random, listIds, day }));
      year.wait(HOUR);
      // Messages of a campaign leave over days, while people change their minds.
      if (n > 0) await sending.deliver(0.4);
    }
    if (day % CAMPAIGN_EVERY === CAMPAIGN_EVERY - 1) {
      const audience = random.isLikely(0.6) ? [random.pick(listIds)] : listIds.slice(0, 2);
      sent.push(await sending.plan(audience));
    }
    year.wait(DAY - 2 * MOMENTS * HOUR);
  }
  await models.catchUp();
  return sent;
};
