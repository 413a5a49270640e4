import { chanceFrom, type Chance } from './random.ts';

const DAY = 86_400_000;
const SEED = 1_867;

const FIRST = [
  'Zoé',
  'Loïc',
  'Emma',
  'Ravi',
  'Anaïs',
  'Minh',
  'François',
  'Sarah',
  'Noah',
  'Aïcha',
  'Béatrice',
  'Théo',
  'Olivia',
  'Mathis',
  'Chloé',
  'William',
  'Florence',
  'Émile',
  'Grace',
  'Samuel',
] as const;
const LAST = [
  'Tremblay',
  'Côté',
  'Nguyen',
  'Lévesque',
  'Singh',
  'Martin',
  'O’Brien',
  'Gagnon',
  'Bouchard',
  'MacDonald',
  'Pelletier',
  'Haddad',
  'Roy',
  'Campbell',
  'Fortin',
  'Bélanger',
] as const;
const CITIES = [
  'Baie-aux-Lièvres',
  'Québec',
  'Montréal',
  'Rimouski',
  'Sherbrooke',
  'Moncton',
] as const;
export const GENRES = ['roman', 'polar', 'poésie', 'cuisine'] as const;

/** How many of each kind there are: what the demo expects to find again. */
export const PEOPLE = {
  readers: 1_850,
  customers: 490,
  formerCustomers: 210,
  contestants: 200,
  departed: 250,
  brokenRows: 3,
} as const;

export const RECIPIENTS =
  PEOPLE.readers + PEOPLE.customers + PEOPLE.formerCustomers + PEOPLE.contestants + PEOPLE.departed;

/** One file of the example, in the form in which Mailchimp exports an audience. */
export type PeopleFile = Readonly<{
  name: 'readers' | 'customers' | 'contestants' | 'departed';
  csv: string;
  rows: number;
}>;

type Person = Readonly<{ email: string; cells: readonly string[] }>;

const COLUMNS = [
  'Email Address',
  'First Name',
  'Last Name',
  'Langue',
  'Ville',
  'Genre',
  'MEMBER_RATING',
  'OPTIN_TIME',
  'CONFIRM_TIME',
  'CC',
  'REGION',
  'LAST_CHANGED',
  'LEID',
  'EUID',
] as const;

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

/** The form in which Mailchimp writes a time. */
const time = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('T', ' ').slice(0, 19);

class Example {
  readonly #chance: Chance = chanceFrom(SEED);
  readonly #now: number;
  #number = 0;

  constructor(now: number) {
    this.#now = now;
  }

  /** A day between the two, counted backwards from today. */
  past(fromDays: number, toDays: number): number {
    return this.#now - (fromDays + this.#chance.below(toDays - fromDays)) * DAY;
  }

  person(signedUp: number): Person {
    const chance = this.#chance;
    const [first, last] = [chance.pick(FIRST), chance.pick(LAST)];
    const number = (this.#number += 1);
    const email = `${plain(first)}.${plain(last)}.${number}@courriel${number % 40}.example`;
    const language = chance.below(10) < 7 ? 'fr' : 'en';
    const genre = chance.pick(GENRES);
    return {
      email,
      cells: [
        email,
        first,
        last,
        language,
        chance.pick(CITIES),
        genre,
        '3',
        time(signedUp),
        time(signedUp + 180_000),
        'ca',
        'qc',
        time(this.#now - DAY),
        String(500_000 + number),
        number.toString(16).padStart(10, '0'),
      ],
    };
  }

  rows(count: number, row: () => readonly string[]): string[] {
    return Array.from({ length: count }, () => row().join(','));
  }
}

const file = (
  name: PeopleFile['name'],
  moreColumns: readonly string[],
  rows: readonly string[],
): PeopleFile => ({
  name,
  csv: `${[[...COLUMNS, ...moreColumns].join(','), ...rows].join('\n')}\n`,
  rows: rows.length,
});

/**
 * The people of the example, always the same, with dates counted back from the day given: readers who
 * confirmed their sign-up, customers with a recent or an old order, contestants who agreed to nothing, and
 * people who left. Only reserved domains (RFC 2606).
 */
export const peopleFiles = (now: number): readonly PeopleFile[] => {
  const example = new Example(now);
  const signedUp = (): readonly string[] => example.person(example.past(30, 2_000)).cells;
  const ordered = (from: number, to: number) => (): readonly string[] => {
    const order = example.past(from, to);
    return [...example.person(order).cells, time(order).slice(0, 10)];
  };
  const left = (): readonly string[] => {
    const gone = example.past(10, 400);
    return [...example.person(gone - 300 * DAY).cells, time(gone)];
  };
  const broken = (): readonly string[] => ['no address at all', ...signedUp().slice(1)];
  return [
    file(
      'readers',
      [],
      [...example.rows(PEOPLE.readers, signedUp), ...example.rows(PEOPLE.brokenRows, broken)],
    ),
    file(
      'customers',
      ['LAST_ORDER'],
      [
        // The oldest of them are within three months of the end: the newsletter asks them for consent.
        ...example.rows(PEOPLE.customers, ordered(20, 665)),
        ...example.rows(PEOPLE.formerCustomers, ordered(800, 1_500)),
      ],
    ),
    file('contestants', [], example.rows(PEOPLE.contestants, signedUp)),
    file('departed', ['UNSUB_TIME'], example.rows(PEOPLE.departed, left)),
  ];
};
