import { crc32 } from 'node:zlib';
import { hash } from 'node:crypto';
import { ApiKeyId } from '#domain/kernel/index';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_LENGTH = 30;
const CHECK_LENGTH = 6;

/** What a scanner may search for; its last six characters are a CRC-32 of what is before them. */
export const API_KEY_PATTERN = /^att_([0-9a-z]{26})_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;

const base62 = (value: bigint, length: number): string => {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) {
    text = `${DIGITS.charAt(Number(rest % 62n))}${text}`;
  }
  return text;
};

const checkOf = (text: string): string => base62(BigInt(crc32(text)), CHECK_LENGTH);

/** A secret of 30 base62 characters (178 bits) from 32 random bytes. */
export const secretFrom = (bytes: Uint8Array): string =>
  base62(BigInt(`0x${Buffer.from(bytes).toString('hex')}`), SECRET_LENGTH);

/** The key as its owner sees it, once: `att_<id>_<secret><crc>`. */
export const formatApiKey = (id: ApiKeyId, secret: string): string => {
  const body = `att_${id.slice(ApiKeyId.prefix.length + 1)}_${secret}`;
  return `${body}${checkOf(body)}`;
};

/** Undefined when the text is no key, or one with a typing error. */
export const parseApiKey = (text: string): { id: ApiKeyId; secret: string } | undefined => {
  const match = API_KEY_PATTERN.exec(text);
  if (match === null) return undefined;
  const [, suffix = '', secret = '', check = ''] = match;
  const id = `${ApiKeyId.prefix}_${suffix}`;
  if (!ApiKeyId.is(id) || checkOf(`att_${suffix}_${secret}`) !== check) return undefined;
  return { id, secret };
};

/** A fast hash does for a secret of 178 bits, and a slow one would let anybody keep us busy. */
export const hashOfSecret = (secret: string): string => hash('sha256', secret);
