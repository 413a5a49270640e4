import { ok, refuse, type Refusal, type Result } from '#domain/kernel/index';

/**
 * An e-mail address in two forms. `delivery` is what mail is sent to: trimmed, NFC, the domain as a
 * lower-case A-label, the local part as it was typed. `matching` also folds the local part's case, and is
 * what the keyed hash is made from, so that one mailbox is one person.
 */
export type Address = Readonly<{ delivery: string; matching: string }>;
export type AddressRefusal = Refusal<'invalid-address-syntax'>;

/** Turns a domain into its ASCII form; gives '' for one that has none. Node's `url.domainToASCII` does. */
export type ToAsciiDomain = (domain: string) => string;

const INVALID: AddressRefusal = {
  code: 'invalid-address-syntax',
  message: 'This is no e-mail address of the form name@domain.example: correct it.',
  path: 'email',
};

/** Octets. Source: RFC 5321 s. 4.5.3.1, and erratum 1690 to RFC 3696 for the whole. */
const MAXIMUM = { local: 64, domain: 255, address: 254 };

/** A dot-atom, with letters of any script (RFC 5321 s. 4.1.2, RFC 6531 s. 3.3). */
const LOCAL_PART =
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const PLAIN_LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** What may be in a typed domain; the conversion would quietly mend or drop the rest. */
const TYPED_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
/** At least two labels, and a last one that is not a number, so no host name alone and no IP address. */
const ASCII_DOMAIN =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads an address as somebody typed it (P-30). Dots and +tags stay: they belong to the person. Quoted
 * local parts and address literals are refused, since hardly any mailbox has one and forgeries do.
 */
export const parseAddress = (
  raw: string,
  toAsciiDomain: ToAsciiDomain,
): Result<Address, AddressRefusal> => {
  const text = raw.trim().normalize('NFC');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = domainOf(text.slice(at + 1), toAsciiDomain);
  if (!isLocalPart(local) || domain === undefined) return refuse(INVALID);
  const delivery = `${local}@${domain}`;
  return octets(delivery) > MAXIMUM.address
    ? refuse(INVALID)
    : ok({ delivery, matching: `${folded(local)}@${domain}` });
};

const isLocalPart = (local: string): boolean =>
  (PLAIN_LOCAL_PART.test(local) || LOCAL_PART.test(local)) && octets(local) <= MAXIMUM.local;

const domainOf = (typed: string, toAsciiDomain: ToAsciiDomain): string | undefined => {
  const lower = typed.toLowerCase();
  const domain =
    ASCII_DOMAIN.test(lower) && !lower.includes('xn--') ? lower : converted(typed, toAsciiDomain);
  return domain.length <= MAXIMUM.domain && ASCII_DOMAIN.test(domain) ? domain : undefined;
};

const converted = (typed: string, toAsciiDomain: ToAsciiDomain): string =>
  TYPED_DOMAIN.test(typed) ? toAsciiDomain(typed).toLowerCase() : '';

/** Lower case by way of upper case, so that ß, ẞ and ſ meet their kin; then NFC, which folding can undo. */
const folded = (local: string): string =>
  isAscii(local)
    ? local.toLowerCase()
    : local.toLowerCase().toUpperCase().toLowerCase().normalize('NFC');

const isAscii = (text: string): boolean => /^[\x21-\x7e]*$/.test(text);

/** Length in UTF-8. */
const octets = (text: string): number => {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
};
