import type { AnyEvent, Position, Recorded } from '#domain/kernel/index';
import { isShredded, splitStreamName } from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import type { Keyring, Subject } from '#libs/keyring/index';
import type { Ledger } from '#libs/ledger/index';
import { whenProcessed } from '#libs/projecting/index';
import type { ModelRef, ReadStore } from '#libs/read-store/port';

export type ErasureOptions = Readonly<{
  ledger: Ledger;
  keyring: Keyring;
  readStore: ReadStore;
  /** The read models that hold personal data. */
  personalModels: readonly ModelRef[];
  /** Removes what else became unreadable, such as the mail in the built-in mailbox. */
  scrubOthers?: (() => Promise<void>) | undefined;
  tombstonesWithinMilliseconds?: number;
  /** Ends the waiting for tombstones. */
  signal: AbortSignal;
}>;

/** The read models have not made their tombstones in time; the erasure is tried again. */
export class TombstonesMissing extends Error {
  readonly code = 'tombstones-missing';

  constructor(model: string) {
    super(`The read model ${model} has not seen an erasure yet.`);
    this.name = 'TombstonesMissing';
  }
}

const TOMBSTONES_WITHIN_MILLISECONDS = 60_000;

/** The id of no key at all. */
const NO_KEY = new Uint8Array();

const isErasure = ({ event }: Recorded<AnyEvent>): boolean => event.type === 'RecipientErased';

/**
 * Carries an erasure to its end (PRV-2, P-31): the key is destroyed, the read models have their tombstone,
 * and no file keeps what they had before. Whoever erases destroys the key at once; this makes sure of it
 * after a crash in between. Harmless for an erasure that is done.
 */
export const carryOutErasures =
  (options: ErasureOptions) =>
  async (batch: readonly Recorded<AnyEvent>[]): Promise<void> => {
    const erasures = batch.filter(isErasure);
    const last = erasures.at(-1);
    if (last === undefined) return;
    for (const erasure of erasures) await destroyKey(erasure, options);
    await tombstonesOf(last.position, options);
    await options.readStore.scrub();
    await options.scrubOthers?.();
  };

/**
 * Destroys the key that protects the erasure's own reason, which is the one of everything before it. Where
 * the reason cannot be read, that key is gone, and a key that is there belongs to a person who came back.
 */
const destroyKey = async (
  { stream, revision, metadata }: Recorded<AnyEvent>,
  { ledger, keyring }: ErasureOptions,
): Promise<void> => {
  const { key } = splitStreamName(stream);
  const subject: Subject = { accountId: metadata.accountId, subject: key };
  // The key before the event: a key that is replaced in between is then not the one that is destroyed.
  const [current] = await keyring.find([subject]);
  if (current === undefined) {
    // Destroyed, perhaps by a process that died before it had cleaned the keyring's file.
    await keyring.destroy(subject, NO_KEY);
    return;
  }
  const [erasure] = await ledger.read(recipientStream, key, { from: revision });
  if (erasure !== undefined && isReadable(erasure.event))
    await keyring.destroy(subject, current.id);
};

const isReadable = (event: RecipientEvent): boolean =>
  event.type === 'RecipientErased' && !isShredded(event.personal);

const tombstonesOf = async (position: Position, options: ErasureOptions): Promise<void> => {
  const { readStore, personalModels, signal } = options;
  const timeoutMilliseconds =
    options.tombstonesWithinMilliseconds ?? TOMBSTONES_WITHIN_MILLISECONDS;
  for (const ref of personalModels) {
    const seen = await whenProcessed(readStore.model(ref), position, {
      timeoutMilliseconds,
      signal,
    });
    if (!seen) throw new TombstonesMissing(ref.name);
  }
};
