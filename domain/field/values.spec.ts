import { describe, expect, it } from '@jest/globals';
import type { Field } from './events.ts';
import { checkFieldValue } from './values.ts';

const field = (type: Field['type']): Field => ({
  key: 'thing',
  type,
  label: { fr: 'Chose', en: 'Thing' },
  hidden: false,
  sensitive: false,
  ...(type === 'choice' ? { choices: ['red', 'blue'] } : {}),
});

describe('COL-4: values are read as the field’s type', () => {
  it.each([
    ['text', 'plain', 'plain'],
    ['text', '', ''],
    ['text', 12, '12'],
    ['text', 'line\r\nline, "quoted"', 'line\r\nline, "quoted"'],
    ['text', '=SUM(A1)', '=SUM(A1)'],
    ['number', '12', 12],
    ['number', ' 12,5 ', 12.5],
    ['number', -3.25, -3.25],
    ['number', '-0', 0],
    ['date', '2026-02-28', '2026-02-28'],
    ['date', '2026-02-28 14:30:00', '2026-02-28'],
    ['boolean', true, true],
    ['boolean', 'Oui', true],
    ['boolean', '0', false],
    ['choice', ' red ', 'red'],
  ] as const)('%s: %j', (type, raw, value) => {
    expect(checkFieldValue(field(type), raw)).toEqual({ ok: true, value });
  });

  it.each([
    ['text', true, 'not-a-text'],
    ['text', null, 'not-a-text'],
    ['text', 'x'.repeat(10_001), 'value-too-long'],
    ['number', '1 000', 'not-a-number'],
    ['number', '', 'not-a-number'],
    ['number', 'Infinity', 'not-a-number'],
    ['number', Number.NaN, 'not-a-number'],
    ['number', '9007199254740993', 'not-a-number'],
    ['date', '2026-02-29', 'not-a-date'],
    ['date', '28/02/2026', 'not-a-date'],
    ['boolean', 'maybe', 'not-a-boolean'],
    ['choice', 'green', 'not-a-choice'],
    ['choice', ['red'], 'not-a-choice'],
  ] as const)('%s: %j is refused', (type, raw, code) => {
    expect(checkFieldValue(field(type), raw)).toMatchObject({
      ok: false,
      error: { code, path: 'fields.thing' },
    });
  });
});

describe('COL-5: sensitive values', () => {
  it.each(['text', 'number', 'choice'] as const)('are refused for a %s field', (type) => {
    const checked = checkFieldValue(field(type), '4111111111111111');
    expect(checked).toMatchObject({ ok: false, error: { code: 'sensitive-value' } });
    expect(JSON.stringify(checked)).not.toMatch(/4111 ?1111/);
  });

  it('are refused as numbers too', () => {
    expect(checkFieldValue(field('number'), 4111111111111111)).toMatchObject({
      error: { code: 'sensitive-value' },
    });
  });
});
