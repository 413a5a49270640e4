import type { AppendOutcome, EventLog } from '#libs/event-log/port';
import type { Keyring } from '#libs/keyring/index';
import { draftAppend, type DraftAppend } from './draft-appends.ts';
import type { Ledger, LedgerAppend } from './port.ts';
import { sealDrafts } from './seal-drafts.ts';

/** Encrypts drafts and makes them durable: the part of an append that another thread may do. */
export type LedgerWriter = Readonly<{
  /** As `EventLog.appendMany`; throws what the log and the keyring throw. */
  write: (drafts: readonly DraftAppend[]) => Promise<readonly AppendOutcome[]>;
}>;

/** Writes with these engines, in the thread that it is called in. */
export const ledgerWriter = (eventLog: EventLog, keyring: Keyring): LedgerWriter => ({
  write: async (drafts) => eventLog.appendMany(await sealDrafts(keyring, drafts)),
});

/** The appends of a ledger over a writer. */
export const appending = (writer: LedgerWriter): Pick<Ledger, 'append' | 'appendMany'> => ({
  append: async (append) => {
    const [outcome] = await writer.write([draftAppend(erased(append))]);
    if (outcome === undefined) throw new Error('An append has no outcome.');
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  },
  appendMany: async (appends) =>
    appends.length === 0 ? [] : writer.write(appends.map((each) => draftAppend(erased(each)))),
});

/** The same ledger, whose appends go through another writer. */
export const writingThrough = (ledger: Ledger, writer: LedgerWriter): Ledger => ({
  ...ledger,
  ...appending(writer),
});

/** Inside, events are handled without their type: those of an append are of its format. */
const erased = (append: unknown): LedgerAppend => append as LedgerAppend;
