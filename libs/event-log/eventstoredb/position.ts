import type { Position } from '#domain/kernel/index';

/** Hexadecimal digits of an unsigned number of 64 bits. */
const DIGITS = 16;
const POSITION = /^[0-9a-f]{32}$/;
/** What the server says where it does not know a position. */
const UNKNOWN = 2n ** 64n - 1n;

/** Both parts as the server's messages carry them: decimal numbers as text. */
export type WirePosition = Readonly<{ commit: string; prepare: string }>;

/** Commit and prepare position in fixed width, so that positions compare as text. Throws `RangeError`. */
export const positionOf = ({ commit, prepare }: WirePosition): Position =>
  `${digitsOf(commit)}${digitsOf(prepare)}` as Position;

const digitsOf = (decimal: string): string => {
  const number = BigInt(decimal);
  if (number < 0n || number >= UNKNOWN) throw new RangeError('The server names no position.');
  return number.toString(16).padStart(DIGITS, '0');
};

/** Throws `TypeError` on what is no position of a log in EventStoreDB. */
export const wirePositionOf = (position: Position): WirePosition => {
  if (!POSITION.test(position)) throw new TypeError(`Not a position of this log: ${position}`);
  const part = (start: number): string =>
    BigInt(`0x${position.slice(start, start + DIGITS)}`).toString();
  return { commit: part(0), prepare: part(DIGITS) };
};
