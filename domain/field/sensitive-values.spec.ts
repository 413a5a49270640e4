import { describe, expect, it } from '@jest/globals';
import { sensitiveValueIn } from './sensitive-values.ts';

describe('COL-5: payment cards are found', () => {
  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    'carte 4111 1111 1111 1111',
    'payé avec 5555-5555-5555-4444',
    'Visa 4111 1111 1111 1111 12/27 cvv 123',
    'amex 3782 822463 10005',
    '378282246310005.',
    '(6011111111111117)',
    '4222222222222',
    '2223003122003222',
    '3530111333300000',
    '3056 9309 0259 04',
    '4111  1111  1111  1111',
    '4111\u00a01111\u00a01111\u00a01111',
    '４１１１１１１１１１１１１１１１',
    'a:4111-1111-1111-1111;b',
  ])('%s', (text) => {
    expect(sensitiveValueIn(text)).toBe('payment-card');
  });
});

describe('COL-5: national ids are found', () => {
  it.each([
    ['Canadian SIN', 'NAS 046 454 286'],
    ['Canadian SIN', '046-454-286'],
    ['Canadian SIN', '130 692 544'],
    ['Canadian SIN, plain', '130692544'],
    ['Canadian SIN in a sentence', 'mon NAS est 130-692-544, merci'],
    ['United States SSN', 'SSN 123-45-6789'],
    ['French NIR', '2 55 08 14 168 025 38'],
    ['French NIR, plain', '255081416802538'],
    ['French NIR of Corsica', '1 85 05 2A 123 456 ' + corsicanKey()],
  ])('%s: %s', (_kind, text) => {
    expect(sensitiveValueIn(text)).toBe('national-id');
  });

  /** Worked out from the rule of INSEE: 97 less the number (2A counting as 19) modulo 97. */
  function corsicanKey(): string {
    return String(97n - (1850519123456n % 97n)).padStart(2, '0');
  }
});

describe('COL-5: what is neither passes', () => {
  it.each([
    ['phone', '514 555-1234'],
    ['phone', '+1 (514) 555-1234'],
    ['phone', '+33 6 12 34 56 78'],
    ['two phones', '514 555 1234 438 555 9876'],
    ['date', '2026-11-23'],
    ['instant', '2026-11-23T15:04:05.123Z'],
    ['dates', 'du 2026-11-23 au 2026-12-24'],
    ['amount', '1 234 567,89 $'],
    ['coordinates', '45.5017123456789, -73.5673123456789'],
    ['order', 'commande 130692544'],
    ['invoice', 'Invoice no. 130692544'],
    ['SIREN', 'SIREN 732 829 320'],
    ['card with a wrong check digit', '4111 1111 1111 1112'],
    ['SIN with a wrong check digit', '046 454 287'],
    ['SIN of a range that is not issued', '800 000 002'],
    ['number of a network that does not exist', '9111111111111111'],
    ['longer number', '41111111111111111111111'],
    ['zeros', '0000 0000 0000 0000'],
    ['SSN of no area', '000-12-3456'],
    ['NIR with a wrong key', '255081416802539'],
    ['Canadian postal code', 'H2X 1Y4'],
    ['UUID', '550e8400-e29b-41d4-a716-446655440000'],
    ['name', 'Anaïs Lévesque'],
    ['empty', ''],
  ])('%s: %s', (_kind, text) => {
    expect(sensitiveValueIn(text)).toBeUndefined();
  });
});
