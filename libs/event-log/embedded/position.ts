import type { Position } from '#domain/kernel/index';

/** Holds every number that is exact in JavaScript, so that positions compare as text. */
const DIGITS = 16;

export const positionOf = (rowId: number): Position =>
  String(rowId).padStart(DIGITS, '0') as Position;

export const rowIdOf = (position: Position): number => {
  if (!/^\d{16}$/.test(position)) throw new TypeError(`Not a position of this log: ${position}`);
  return Number(position);
};
