import type { Publisher } from '../acceptance/support/publisher.ts';
import { until } from '../acceptance/support/until.ts';

/** What the tests look at of people and deliveries. */
export type Item = Readonly<Record<'id' | 'email' | 'recipientId' | 'status', string>>;
type Page = Readonly<{ items: readonly Item[]; next: string | null }>;

export type Asking = Readonly<{
  /** Again and again, through whichever API works: one that is killed in the middle has told nothing. */
  ask: <T>(what: string, question: (publisher: Publisher) => Promise<T>) => Promise<T>;
  everyPage: (path: string) => Promise<readonly Item[]>;
}>;

const PAGE = 500;

/** `publisher` speaks to an API that works; it throws while there is none. */
export const askingThrough = (publisher: () => Publisher): Asking => {
  const ask: Asking['ask'] = async (what, question) => {
    const { answer } = await until(what, async () => {
      try {
        return { answer: await question(publisher()) };
      } catch {
        return undefined;
      }
    });
    return answer;
  };
  const pageOf = (path: string): Promise<Page> =>
    ask(path, async ({ client }) => (await client.get(path)).body as Page);
  return {
    ask,
    everyPage: async (path) => {
      const first = `${path}${path.includes('?') ? '&' : '?'}limit=${String(PAGE)}`;
      const items: Item[] = [];
      for (let next: string | null = first; next !== null;) {
        const page: Page = await pageOf(next);
        items.push(...page.items);
        next = page.next === null ? null : `${first}&cursor=${encodeURIComponent(page.next)}`;
      }
      return items;
    },
  };
};
