import type { Collection } from 'mongodb';
import { isDuplicateKey, type Mongo } from '#libs/mongodb/index';
import {
  ABANDONED_AFTER,
  FORGOTTEN_AFTER,
  type Claim,
  type ClaimOutcome,
  type RequestStore,
} from '../port.ts';

type RequestDocument = {
  /** The command id. */
  _id: string;
  fingerprint: Uint8Array;
  claimedAt: number;
  subject?: string;
  answer?: Uint8Array;
};

const REQUESTS = 'requests';
const CLAIMS_BETWEEN_SWEEPS = 1_000;

/**
 * Keeps requests in a collection that many machines share. `mongo` stays open when the store is closed. Throws
 * `MongoUnavailable`.
 */
export const mongoRequestStore = async (options: {
  readonly mongo: Mongo;
}): Promise<RequestStore> => {
  const ask = <T>(work: (requests: Collection<RequestDocument>) => Promise<T>): Promise<T> =>
    options.mongo.attempt((database) =>
      work(
        database.collection(REQUESTS, {
          promoteBuffers: true,
          // A change of the primary may forget the last answers; the ledger recognises the commands all the same.
          writeConcern: { w: 1 },
          readConcern: { level: 'local' },
        }),
      ),
    );
  await ask((requests) => requests.createIndex({ claimedAt: 1 }));
  let claims = 0;

  const forgetOld = async (now: number): Promise<void> => {
    claims += 1;
    if (claims % CLAIMS_BETWEEN_SWEEPS !== 1) return;
    const claimedAt = { $lt: now - FORGOTTEN_AFTER };
    await ask((requests) => requests.deleteMany({ claimedAt }));
  };

  const takeOver = async ({ commandId, now }: Claim, claimedAt: number): Promise<ClaimOutcome> => {
    const { modifiedCount } = await ask((requests) =>
      requests.updateOne(
        { _id: commandId, claimedAt, answer: { $exists: false } },
        { $set: { claimedAt: now } },
      ),
    );
    return { outcome: modifiedCount === 1 ? 'claimed' : 'in-progress' };
  };

  const claimAgain = async (claim: Claim): Promise<ClaimOutcome> => {
    const { commandId, fingerprint, now } = claim;
    const found = await ask((requests) => requests.findOne({ _id: commandId }));
    if (found === null) return { outcome: 'in-progress' };
    if (!Buffer.from(fingerprint).equals(found.fingerprint)) return { outcome: 'reused' };
    if (found.answer !== undefined && found.subject !== undefined) {
      return { outcome: 'answered', answer: { subject: found.subject, cipher: found.answer } };
    }
    if (now - found.claimedAt < ABANDONED_AFTER) return { outcome: 'in-progress' };
    return takeOver(claim, found.claimedAt);
  };

  return {
    claim: async (claim) => {
      const { commandId, fingerprint, now } = claim;
      await forgetOld(now);
      try {
        const request = { _id: commandId, fingerprint, claimedAt: now };
        await ask((requests) => requests.insertOne(request));
        return { outcome: 'claimed' };
      } catch (error) {
        if (isDuplicateKey(error)) return claimAgain(claim);
        throw error;
      }
    },
    keep: async (commandId, { subject, cipher }) => {
      const answer = { subject, answer: cipher };
      await ask((requests) => requests.updateOne({ _id: commandId }, { $set: answer }));
    },
    release: async ({ commandId: _id, now: claimedAt }) => {
      await ask((requests) => requests.deleteOne({ _id, claimedAt, answer: { $exists: false } }));
    },
    close: async () => undefined,
  };
};
