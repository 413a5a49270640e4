import type { AccountId } from '#domain/kernel/index';

/** Whose data a key protects: a recipient, or another holder of personal data of the account. */
export type Subject = Readonly<{ accountId: AccountId; subject: string }>;

/** A data key. `id` names this very key, so that cipher text of a destroyed predecessor is recognised. */
export type DataKey = Readonly<{ id: Uint8Array; secret: Uint8Array }>;

/** Keys of one account, derived from its account key; none of them leaves the process. */
export type AccountKeys = Readonly<{
  /** Keyed hash that turns normalised addresses into recipient ids (P-25, P-30). */
  identity: Uint8Array;
  /** Encrypts positions and cursors that leave the API. */
  cursor: Uint8Array;
}>;

/** Signs in the name of an account (Ed25519); the private key stays in the keyring. */
export type Signer = Readonly<{
  /** 32 bytes. Source: RFC 8032. */
  publicKey: Uint8Array;
  sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}>;

/** A public key under which an account signs, or signed until it was retired. Milliseconds since 1970. */
export type VerifyingKey = Readonly<{ publicKey: Uint8Array; madeAt: number; retiredAt?: number }>;

/** Why the keyring cannot be used. After `io-error` the process must stop: a write may have been lost. */
export type KeyringFailure =
  | 'root-key-mismatch'
  | 'keyring-corrupt'
  | 'newer-version'
  | 'cannot-open'
  | 'io-error'
  | 'disk-full'
  | 'busy'
  /** The keys are those of another ledger. */
  | 'foreign-ledger'
  /** The server does not answer now. What was asked may be asked again. */
  | 'unreachable'
  | 'unauthorised'
  | 'wrong-version'
  /** It is a copy that was interrupted, or a part of it is lost. */
  | 'half-created'
  | 'closed';

/** The root key is not the one that this keyring was made with, or the keyring cannot be read. */
export class KeyringUnavailable extends Error {
  readonly code: KeyringFailure;

  constructor(code: KeyringFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = 'KeyringUnavailable';
  }
}

/**
 * Data keys per person, wrapped by the account's key, which is wrapped by the root key. Outside the log
 * and its backups: destroying a key shreds what it protects.
 */
export interface Keyring {
  /**
   * Says whose keys these are: remembered durably the first time. Throws `KeyringUnavailable`
   * (`foreign-ledger`) when they belong to another ledger.
   */
  belongTo(ledgerId: string): Promise<void>;
  /** Keys of the account, made durable at first use. */
  accountKeys(accountId: AccountId): Promise<AccountKeys>;
  /** A key for operator-wide tokens (public links), derived from the root key. */
  tokenKey(): Uint8Array;
  /** Names the root key without revealing it, so that others can tell later whether it is the same. */
  rootFingerprint(): string;
  /** The current key of each subject, in order; undefined where there is none or it was destroyed. */
  find(subjects: readonly Subject[]): Promise<readonly (DataKey | undefined)[]>;
  /** The current key of each subject, made where missing. Durable before the promise resolves. */
  ensure(subjects: readonly Subject[]): Promise<readonly DataKey[]>;
  /**
   * Destroys the subject's current key for ever; nothing happens when there is none, or when a key id is
   * given and the current key is another one: the person came back since. Durable when resolved.
   */
  destroy(subject: Subject, keyId?: Uint8Array): Promise<void>;
  /** Pages through subjects whose key was made before the instant given, to sweep those no event uses. */
  madeBefore(
    milliseconds: number,
    after: Subject | undefined,
    limit: number,
  ): Promise<readonly Subject[]>;
  /** The signer of the account's key in force, made durable at first use: all who ask get the same key. */
  signer(accountId: AccountId): Promise<Signer>;
  /** All keys that ever signed for the account, the oldest first: what they signed verifies for ever. */
  verifyingKeys(accountId: AccountId): Promise<readonly VerifyingKey[]>;
  /** Destroys the private half of the key in force, if there is one, and makes the next. Durable when resolved. */
  renewSigningKey(accountId: AccountId): Promise<Signer>;
  close(): Promise<void>;
}
