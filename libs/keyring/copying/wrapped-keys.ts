import type { AccountId } from '#domain/kernel/index';
import type { Subject } from '../port.ts';

/** Keys as they are stored: of no use to who has not got the root key, which is never copied. */
export type WrappedAccountKey = Readonly<{ accountId: AccountId; wrapped: Uint8Array }>;

/** `madeAt` in milliseconds since 1970. */
export type WrappedDataKey = Subject & Readonly<{ madeAt: number; wrapped: Uint8Array }>;

/** A retired key has no private half any more. */
export type WrappedSigningKey = Readonly<{
  accountId: AccountId;
  publicKey: Uint8Array;
  madeAt: number;
  retiredAt?: number;
  wrapped?: Uint8Array;
}>;

/** Whose keys they are. A keyring that is being copied into has no fingerprint yet, and serves nobody. */
export type KeyringOwner = Readonly<{ rootFingerprint?: string; ledgerId?: string }>;

/** A keyring behind its port, as one copies it. All throw `KeyringUnavailable`. */
export interface WrappedKeys {
  /** For people: a file, or an address without a password. */
  readonly place: string;
  owner(): Promise<KeyringOwner>;
  accountKeys(): Promise<readonly WrappedAccountKey[]>;
  /** All of an account one after the other, the oldest first. */
  signingKeys(): Promise<readonly WrappedSigningKey[]>;
  /** A page of the data keys that were not destroyed, in the order they were made; no `next` after the last. */
  dataKeys(
    after: string | undefined,
    limit: number,
  ): Promise<Readonly<{ keys: readonly WrappedDataKey[]; next?: string }>>;
  /** The key of each subject as it is stored, in order; undefined where there is none. */
  findDataKeys(subjects: readonly Subject[]): Promise<readonly (Uint8Array | undefined)[]>;
  countDataKeys(): Promise<number>;
  /** Forgets under which root key an empty keyring was made: until `complete` it serves nobody. */
  begin(): Promise<void>;
  /** Keeps keys that are not there yet. Durable when resolved, as are the two that follow. */
  keepAccountKeys(keys: readonly WrappedAccountKey[]): Promise<void>;
  keepSigningKeys(keys: readonly WrappedSigningKey[]): Promise<void>;
  keepDataKeys(keys: readonly WrappedDataKey[]): Promise<void>;
  /** All is there: from now on the keyring may be opened by its port. */
  complete(owner: KeyringOwner & Readonly<{ rootFingerprint: string }>): Promise<void>;
  close(): Promise<void>;
}
