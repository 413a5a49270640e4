import { randomUUID } from 'node:crypto';
import { openEngines } from '#apps/composition/index';
import {
  AccountId,
  CivilDate,
  clear,
  instantOf,
  ListId,
  plusDays,
  RecipientId,
  type Language,
} from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import type { Tenant } from './tenant.ts';

const FIRST_DAY = CivilDate('2026-02-01');

/** The events of a busy customer, one after the other: they buy, move, leave a list and come back. */
const KINDS: readonly ((n: number, listId: ListId) => RecipientEvent)[] = [
  (n) => ({
    type: 'ImpliedConsentRecorded',
    data: {
      basis: 'purchase',
      date: plusDays(FIRST_DAY, n),
      timeZone: 'America/Toronto',
      at: instantOf(Date.parse(FIRST_DAY) + n * 86_400_000),
    },
    personal: clear({ proof: { method: 'shop', reference: `order ${n}` } }),
  }),
  (n) => ({
    type: 'ProfileChanged',
    data: { keys: ['city'], at: instantOf(Date.parse(FIRST_DAY) + n * 86_400_000) },
    personal: clear({ fields: { city: `Montréal ${n}` } }),
  }),
  (n, listId) => ({
    type: 'ListsLeft',
    data: { listIds: [listId], at: instantOf(Date.parse(FIRST_DAY) + n * 86_400_000) },
  }),
  (n, listId) => ({
    type: 'ListsJoined',
    data: {
      listIds: [listId],
      optIn: 'single',
      at: instantOf(Date.parse(FIRST_DAY) + n * 86_400_000),
    },
    personal: clear({}),
  }),
  (n) => ({
    type: 'LanguageChanged',
    data: {
      language: (n % 2 === 0 ? 'fr' : 'en') as Language,
      previous: (n % 2 === 0 ? 'en' : 'fr') as Language,
      at: instantOf(Date.parse(FIRST_DAY) + n * 86_400_000),
    },
  }),
];

/** Adds so many events to people that exist, straight into the ledger, beside the product that serves. */
export const addLongLives = async (
  dataDirectory: string,
  { accountId, listId }: Tenant,
  people: readonly Readonly<{ id: string; revision: number }>[],
  events: number,
): Promise<void> => {
  const list = ListId.parse(listId);
  const added = Array.from({ length: events }, (_, n) => KINDS[n % KINDS.length]?.(n, list)).filter(
    (event) => event !== undefined,
  );
  const engines = await openEngines({ dataDirectory }, (failure) => {
    throw failure;
  });
  try {
    await engines.ledger.appendMany(
      people.map(({ id, revision }) => ({
        format: recipientStream,
        key: RecipientId.parse(id),
        expected: revision,
        events: added,
        context: {
          accountId: AccountId.parse(accountId),
          actor: { kind: 'system' as const },
          channel: 'api' as const,
          commandId: randomUUID(),
          correlationId: 'benchmark',
          now: instantOf(Date.now()),
        },
      })),
    );
  } finally {
    await engines.close();
  }
};
