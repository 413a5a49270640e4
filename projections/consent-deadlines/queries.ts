import type { AccountId, CivilDate, Instant, Position, RecipientId } from '#domain/kernel/index';
import type { Document } from '#libs/read-store/change';
import type { Comparison, Query, ReadModel } from '#libs/read-store/port';

/** A recipient with an implied consent whose end is not on record yet. */
export type Deadline = Readonly<{
  id: RecipientId;
  accountId: AccountId;
  /** The earliest last lawful day among their consents, inclusive. */
  nextDay: CivilDate;
  /** When that day is over where the recipient is; absent where that is not known. */
  endsAt?: Instant;
  /** All of the last days, by `r` and the revision of the consent. */
  lastDays: Readonly<Record<string, CivilDate>>;
}>;

/** Something that changed: a recipient's deadlines, where they have some, or an account's terms. */
export type DeadlineChange = Readonly<{
  accountId: AccountId;
  changedPosition: Position;
  kind?: 'account';
  deadline?: Deadline;
}>;

type Page<After> = Readonly<{ limit: number; after?: After }>;

const of = (accountId: AccountId): Comparison => ({
  field: 'accountId',
  op: 'eq',
  value: accountId,
});

const find = async (
  model: ReadModel,
  field: 'nextDay' | 'endsAt',
  where: readonly Comparison[],
  { limit, after }: Page<Deadline>,
): Promise<readonly Deadline[]> => {
  const query: Query = {
    where,
    sort: { field, direction: 'asc' },
    ...(after === undefined ? {} : { after: { value: after[field] ?? null, id: after.id } }),
    limit,
  };
  return (await model.find(query)) as unknown as readonly Deadline[];
};

/** Whose next last day is before this one, the longest past first: by the zone of their account. */
export const deadlinesBefore = (
  model: ReadModel,
  accountId: AccountId,
  today: CivilDate,
  page: Page<Deadline>,
): Promise<readonly Deadline[]> =>
  find(model, 'nextDay', [of(accountId), { field: 'nextDay', op: 'lt', value: today }], page);

/** Whose next last day is over where they are themselves, the longest over first. */
export const deadlinesOver = (
  model: ReadModel,
  accountId: AccountId,
  now: Instant,
  page: Page<Deadline>,
): Promise<readonly Deadline[]> =>
  find(model, 'endsAt', [of(accountId), { field: 'endsAt', op: 'lte', value: now }], page);

/** Whose next last day is among these, inclusive; the nearest first. */
export const deadlinesBetween = (
  model: ReadModel,
  accountId: AccountId,
  { from, to }: Readonly<{ from: CivilDate; to: CivilDate }>,
  page: Page<Deadline>,
): Promise<readonly Deadline[]> =>
  find(
    model,
    'nextDay',
    [
      of(accountId),
      { field: 'nextDay', op: 'gte', value: from },
      { field: 'nextDay', op: 'lte', value: to },
    ],
    page,
  );

/** The next last day of anybody in the account, from a day on. */
export const nextDayFrom = async (
  model: ReadModel,
  accountId: AccountId,
  today: CivilDate,
): Promise<CivilDate | undefined> => {
  const where: Comparison[] = [of(accountId), { field: 'nextDay', op: 'gte', value: today }];
  const [next] = await find(model, 'nextDay', where, { limit: 1 });
  return next?.nextDay;
};

/** When the next last day of anybody in the account is over where they are. */
export const nextEndAfter = async (
  model: ReadModel,
  accountId: AccountId,
  now: Instant,
): Promise<Instant | undefined> => {
  const where: Comparison[] = [of(accountId), { field: 'endsAt', op: 'gt', value: now }];
  const [next] = await find(model, 'endsAt', where, { limit: 1 });
  return next?.endsAt;
};

const changeOf = (document: Document): DeadlineChange => {
  const change = document as unknown as DeadlineChange & Deadline;
  const { accountId, changedPosition, kind } = change;
  return {
    accountId,
    changedPosition,
    ...(kind === undefined ? {} : { kind }),
    // A recipient without a next day has nothing that could lapse.
    ...(document['nextDay'] === undefined ? {} : { deadline: change }),
  };
};

/** What changed after a position of the ledger, in order; everything where none is given. */
export const changesAfter = async (
  model: ReadModel,
  position: Position | undefined,
  limit: number,
): Promise<readonly DeadlineChange[]> => {
  const documents = await model.find({
    where: [{ field: 'changedPosition', op: 'gt', value: position ?? '' }],
    sort: { field: 'changedPosition', direction: 'asc' },
    limit,
  });
  return documents.map(changeOf);
};

/** The accounts there are, in order of their ids. */
export const accountsOfDeadlines = async (
  model: ReadModel,
  { limit, after }: Page<AccountId>,
): Promise<readonly AccountId[]> => {
  const documents = await model.find({
    where: [{ field: 'kind', op: 'eq', value: 'account' }],
    ...(after === undefined ? {} : { after: { value: after, id: after } }),
    limit,
  });
  return documents.map(({ id }) => id as AccountId);
};
