import { createHmac, timingSafeEqual } from 'node:crypto';

/** `u`: mail to it unsubscribes (M-14). `b`: bounces come to it (M-20). */
export type MailPurpose = 'u' | 'b';

const MAC_CHARACTERS = 26;
const macOf = (key: Uint8Array, purpose: MailPurpose, name: string): string =>
  // 130 of the bits, as the address must stay within 64 characters (RFC 5321 s. 4.5.3.1.1).
  BigInt(`0x${createHmac('sha256', key).update(`mail/${purpose}/${name}`).digest('hex')}`)
    .toString(32)
    .slice(-MAC_CHARACTERS);

const NAME = /^[a-z0-9]{1,32}$/;

/**
 * The local part of an address that names one message and proves that we made it: `u+<name>.<mac>`. Lower case
 * only, since relays may change the case. `name` is the part of the message's id before the `@`.
 */
export const sealMailAddress = (key: Uint8Array, purpose: MailPurpose, name: string): string => {
  if (!NAME.test(name)) throw new TypeError('Not a name of a message.');
  return `${purpose}+${name}.${macOf(key, purpose, name)}`;
};

/** The name of the message that a local part belongs to; undefined when we did not make it. */
export const openMailAddress = (
  key: Uint8Array,
  purpose: MailPurpose,
  localPart: string,
): string | undefined => {
  const [, made, name = '', mac = ''] =
    /^([ub])\+([a-z0-9]{1,32})\.([a-v0-9]{26})$/.exec(localPart.toLowerCase()) ?? [];
  if (made !== purpose) return undefined;
  const right = macOf(key, purpose, name);
  return timingSafeEqual(Buffer.from(mac), Buffer.from(right.padEnd(mac.length)))
    ? name
    : undefined;
};
