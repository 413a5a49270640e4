import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngines, type Engines } from '#apps/composition/index';
import {
  AccountId,
  CivilDate,
  clear,
  instantOf,
  ListId,
  type Language,
} from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { recipientIdOf } from '#libs/keyring/index';

const BATCH = 500;
const accountId = AccountId.parse('acc_01jd0000000000000000000001');
const list = ListId.parse('list_01jd0000000000000000000001');
const now = instantOf(Date.UTC(2026, 0, 1));

/** What an import writes of each recipient: a subscription, and a consent with its proof. */
const eventsOf = (address: string, n: number): readonly RecipientEvent[] => [
  {
    type: 'RecipientSubscribed',
    data: { listIds: [list], optIn: 'single', language: 'fr' as Language, at: now },
    personal: clear({
      address,
      fields: { firstName: `Jeanne${n % 400}`, lastName: `Tremblay${n % 900}`, city: 'Montréal' },
    }),
  },
  {
    type: 'ExpressConsentGiven',
    data: { date: CivilDate('2025-12-31'), timeZone: 'America/Toronto', at: now },
    personal: clear({ proof: { method: 'web form', source: 'Mailchimp' } }),
  },
];

/** Records so many recipients with two events each, straight into the ledger. */
export const addRecipients = async (
  { ledger, keyring }: Pick<Engines, 'ledger' | 'keyring'>,
  recipients: number,
): Promise<void> => {
  const { identity } = await keyring.accountKeys(accountId);
  for (let done = 0; done < recipients; done += BATCH) {
    const length = Math.min(BATCH, recipients - done);
    await ledger.appendMany(
      Array.from({ length }, (_, k) => {
        const address = `person${done + k}@example${k % 50}.org`;
        return {
          format: recipientStream,
          key: recipientIdOf(identity, address),
          expected: 'no-stream' as const,
          events: eventsOf(address, done + k),
          context: {
            accountId,
            actor: { kind: 'system' as const },
            channel: 'import' as const,
            commandId: randomUUID(),
            correlationId: 'benchmark',
            now,
          },
        };
      }),
    );
  }
};

/** Works on the ledger of so many recipients, in a folder that is gone afterwards. */
export const onRecipientsLedger = async <T>(
  recipients: number,
  work: (engines: Engines, dataDirectory: string) => Promise<T>,
): Promise<T> => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'attesta-benchmark-'));
  const rootKey = new Uint8Array(32).fill(1);
  const engines = await openEngines({ dataDirectory, rootKey }, (failure) => {
    throw failure;
  });
  try {
    await addRecipients(engines, recipients);
    return await work(engines, dataDirectory);
  } finally {
    await engines.close();
    await rm(dataDirectory, { recursive: true });
  }
};

/** The same on a data directory that nobody has open. */
export const fillLedger = async (dataDirectory: string, recipients: number): Promise<void> => {
  const engines = await openEngines({ dataDirectory }, (failure) => {
    throw failure;
  });
  try {
    await addRecipients(engines, recipients);
  } finally {
    await engines.close();
  }
};
