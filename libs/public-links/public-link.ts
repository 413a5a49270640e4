import {
  AccountId,
  FormId,
  instantOf,
  millisecondsOf,
  NewsletterId,
  RecipientId,
  WordingId,
  type IdType,
  type Instant,
} from '#domain/kernel/index';
import { open, seal } from '#libs/crypto/aead';
import { decodeBase32, encodeBase32 } from '#libs/crypto/base32';

/** What a link is for; a token made for one purpose opens nothing else. */
export const LINK_KINDS = ['unsubscribe', 'preferences', 'view', 'consent', 'confirm'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Whose link it is, and what the message was that carried it. */
export type PublicLink = Readonly<{
  kind: LinkKind;
  accountId: AccountId;
  recipientId: RecipientId;
  /** The wording: of a request for consent that went out by itself. */
  about: NewsletterId | FormId | WordingId;
  /** When the message was made; of a `confirm` link, the instant of the request that it confirms. */
  issued: Instant;
}>;

const ID_BYTES = 16;
const PAYLOAD_BYTES = 1 + 3 * ID_BYTES + 6;

/** What a message can be about, and the byte that says so in a token. Never changed: tokens last (C-24). */
const SUBJECTS = [
  { byte: 1, type: NewsletterId },
  { byte: 2, type: FormId },
  { byte: 3, type: WordingId },
] as const;

const purposes = Object.fromEntries(
  LINK_KINDS.map((kind) => [kind, Buffer.from(`public-link/${kind}`)]),
) as Record<LinkKind, Buffer>;

const idBytes = (id: string): Buffer => {
  const bytes = decodeBase32(id, id.indexOf('_') + 1);
  if (bytes === undefined) throw new TypeError('An id in a link is no id.');
  return bytes;
};

const subjectByte = (about: PublicLink['about']): number => {
  const subject = SUBJECTS.find(({ type }) => type.is(about));
  if (subject === undefined) throw new TypeError('A link is about nothing that we know.');
  return subject.byte;
};

const idAt = <B extends string>(payload: Buffer, index: number, type: IdType<B>) =>
  type.parse(
    `${type.prefix}_${encodeBase32(payload.subarray(1 + index * ID_BYTES, 1 + (index + 1) * ID_BYTES))}`,
  );

/**
 * Makes the token of a link: opaque, without an address, and different each time, so that nothing can be
 * compared between messages or accounts (M-13, P-25). It never expires by itself (C-24). The key is
 * `keyring.tokenKey()`.
 */
export const sealLink = (key: Uint8Array, link: PublicLink): string => {
  const payload = Buffer.allocUnsafe(PAYLOAD_BYTES);
  payload[0] = subjectByte(link.about);
  idBytes(link.accountId).copy(payload, 1);
  idBytes(link.recipientId).copy(payload, 1 + ID_BYTES);
  idBytes(link.about).copy(payload, 1 + 2 * ID_BYTES);
  payload.writeUIntBE(millisecondsOf(link.issued), 1 + 3 * ID_BYTES, 6);
  return seal(key, payload, purposes[link.kind]).toString('base64url');
};

/** What a token says; undefined for anything that `sealLink` did not make for this purpose. */
export const openLink = (
  key: Uint8Array,
  kind: LinkKind,
  token: string,
): PublicLink | undefined => {
  const sealed = Buffer.from(token, 'base64url');
  // The decoder skips what it does not know: one token would have many spellings.
  if (sealed.toString('base64url') !== token) return undefined;
  const payload = open(key, sealed, purposes[kind]);
  if (payload?.length !== PAYLOAD_BYTES) return undefined;
  const subject = SUBJECTS.find(({ byte }) => byte === payload[0]);
  if (subject === undefined) return undefined;
  return {
    kind,
    accountId: idAt(payload, 0, AccountId),
    recipientId: idAt(payload, 1, RecipientId),
    about: idAt(payload, 2, subject.type),
    issued: instantOf(payload.readUIntBE(1 + 3 * ID_BYTES, 6)),
  };
};
