import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { completeCopy as completeEmbeddedCopy } from '#libs/event-log/embedded/complete-copy';
import { embeddedEventLog, LEDGER_FILE } from '#libs/event-log/embedded/embedded-event-log';
import { EventLogUnavailable, type EventLog } from '#libs/event-log/port';
import type { OnFatal } from './engine-parts.ts';

/** Somewhere a ledger is kept, or is to be. All throw `EventLogUnavailable`. */
export type LedgerPlace = Readonly<{
  /** For people: a folder, or an address without the password. */
  name: string;
  /** The ledger that is there; none is made. */
  open: () => Promise<EventLog>;
  /** A ledger that is to be a copy of the one with this id. It appends strictly in the order it is given. */
  openCopy: (ledgerId: string) => Promise<EventLog>;
  /** The copy is complete, and may be used from now on. */
  completeCopy: (ledgerId: string) => Promise<void>;
}>;

/** A data directory, or a server of EventStoreDB by its URL (`esdb://…`). */
export const ledgerPlace = (place: string, onFatal: OnFatal): LedgerPlace =>
  /^esdb(\+discover)?:\/\//.test(place) ? onServer(place) : inFolder(resolve(place), onFatal);

const inFolder = (directory: string, onFatal: OnFatal): LedgerPlace => ({
  name: directory,
  open: async () => {
    const path = join(directory, LEDGER_FILE);
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) {
      return embeddedEventLog({ directory, onFatal });
    }
    throw new EventLogUnavailable(
      'cannot-open',
      `There is no ledger in ${directory}. Name the right folder; nothing was changed.`,
    );
  },
  openCopy: (ledgerId) => embeddedEventLog({ directory, onFatal, ledgerId }),
  completeCopy: () => completeEmbeddedCopy(directory),
});

/** Loaded where there is a server. */
const eventStoreDb = () => import('#libs/event-log/eventstoredb/eventstoredb-event-log');

const onServer = (url: string): LedgerPlace => ({
  // Up to the sign that ends a password, in which any other than these may stand.
  name: url.replace(/\/\/[^/?@]*@/, '//'),
  open: async () => (await eventStoreDb()).eventStoreDbEventLog({ url, mustExist: true }),
  openCopy: async (ledgerId) =>
    (await eventStoreDb()).eventStoreDbEventLog({ url, ledgerId, inOrder: true }),
  completeCopy: async (ledgerId) => (await eventStoreDb()).completeCopy({ url, ledgerId }),
});
