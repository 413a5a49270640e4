import { DemoFailed, type DemoClient } from '../demo-client.ts';
import { peopleFiles } from '../example/people.ts';
import { idOf } from './unsubscribe-some.ts';

export type Explained = Readonly<{
  allow: boolean;
  basis?: string;
  lastDay?: string;
  reasons: readonly Readonly<{ code: string; text: Readonly<{ fr: string; en: string }> }>[];
}>;

export const explain = (client: DemoClient, id: string, listId: string): Promise<Explained> =>
  client.get<Explained>(`/v1/recipients/${id}/explain?listId=${listId}`);

const addressesIn = (csv: string): readonly string[] =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',', 1)[0] ?? '');

/** One person whom one may write to, and one whose implied consent has run out; nobody of those who left. */
export const pickPeople = async (
  client: DemoClient,
  listId: string,
  { startedAt, left }: Readonly<{ startedAt: number; left: readonly string[] }>,
): Promise<Readonly<{ mailable: string; expired: string }>> => {
  const customers = addressesIn(
    peopleFiles(startedAt).find(({ name }) => name === 'customers')?.csv ?? '',
  );
  const first = async (addresses: readonly string[]): Promise<string> => {
    for (const address of addresses) {
      const id = await idOf(client, address);
      if (!left.includes(id)) return id;
    }
    throw new DemoFailed('every customer has left');
  };
  const mailable = await first(customers);
  const expired = await first(customers.toReversed());
  const [yes, no] = [
    await explain(client, mailable, listId),
    await explain(client, expired, listId),
  ];
  if (!yes.allow || no.allow) throw new DemoFailed('a decision is not what the dates say');
  return { mailable, expired };
};
