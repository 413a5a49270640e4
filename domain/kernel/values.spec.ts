import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { assertNever } from './assert-never.ts';
import { clear, isShredded, SHREDDED } from './clear.ts';
import { ListId } from './ids.ts';
import { Instant, instantOf, millisecondsOf, plusMilliseconds } from './instant.ts';
import { bestLanguage, parseLanguage, type Language } from './language.ts';
import { splitStreamName } from './stream.ts';

describe('personal data in clear', () => {
  const personal = clear({ address: 'jean@example.com' });

  it.each([
    ['text', String(personal)],
    ['JSON', JSON.stringify({ personal })],
    ['inspection', inspect({ personal }, { depth: 9, showHidden: true })],
    ['an error', new Error(`refused: ${String(personal)}`).message],
  ])('never shows itself as %s', (_form, printed) => {
    expect(printed).not.toContain('jean');
    expect(printed).toContain('[personal]');
  });

  it('is there for whoever asks', () => {
    expect(personal.reveal().address).toBe('jean@example.com');
    expect(isShredded(personal)).toBe(false);
    expect(isShredded(SHREDDED)).toBe(true);
  });
});

describe('an instant', () => {
  it('takes the stored form only', () => {
    expect(Instant('2026-11-23T15:04:05.123Z')).toBe('2026-11-23T15:04:05.123Z');
    for (const text of ['2026-11-23', '2026-11-23T15:04:05Z', '2026-13-23T15:04:05.123Z']) {
      expect(() => Instant(text)).toThrow(TypeError);
    }
  });

  it('counts milliseconds', () => {
    const at = instantOf(1_000);
    expect(millisecondsOf(at)).toBe(1_000);
    expect(plusMilliseconds(at, 234)).toBe('1970-01-01T00:00:01.234Z');
  });
});

describe('an id', () => {
  it('is of its own type only', () => {
    expect(ListId.is('list_01jd0000000000000000000000')).toBe(true);
    expect(ListId.is('form_01jd0000000000000000000000')).toBe(false);
    expect(ListId.is('list_81jd0000000000000000000000')).toBe(false);
    expect(ListId.is('list_01jd000000000000000000000l')).toBe(false);
    expect(() => ListId.parse('x')).toThrow(TypeError);
  });
});

describe('COL-3: a language', () => {
  it('is kept in canonical case', () => {
    expect(parseLanguage('FR-ca')).toBe('fr-CA');
    expect(parseLanguage('français')).toBeUndefined();
    expect(parseLanguage('')).toBeUndefined();
  });

  it('falls back to the same primary language, then to the first one offered', () => {
    const wanted = 'fr-CA' as Language;
    expect(bestLanguage(wanted, ['en', 'fr', 'fr-CA'])).toBe('fr-CA');
    expect(bestLanguage(wanted, ['en', 'fr-FR'])).toBe('fr-FR');
    expect(bestLanguage(wanted, ['en', 'de'])).toBe('en');
    expect(bestLanguage<string>(wanted, [])).toBeUndefined();
  });
});

describe('a stream name', () => {
  it('splits at its first dash', () => {
    expect(splitStreamName('delivery-nl_1.rcp_2')).toEqual({
      category: 'delivery',
      key: 'nl_1.rcp_2',
    });
    expect(() => splitStreamName('nothing')).toThrow(TypeError);
  });
});

it('an unhandled case throws without saying what it held', () => {
  const unhandled = (value: object) => (): void => assertNever(value as never);
  expect(unhandled({ type: 'Odd', secret: 's3cret' })).toThrow('Unhandled case: Odd');
  expect(unhandled({ secret: 's3cret' })).toThrow(/^Unhandled case: object$/);
});
