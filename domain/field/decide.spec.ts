import { describe, expect, it } from '@jest/globals';
import { fold } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { fieldsStream, type Field, type FieldDefined } from './index.ts';

const field: Field = {
  key: 'firstName',
  type: 'text',
  label: { fr: 'Prénom', en: 'First name' },
  hidden: false,
  sensitive: false,
};
const define = (change: Partial<Field> = {}) =>
  ({ type: 'DefineField', field: { ...field, ...change } }) as const;
const defined = (change: Partial<Field> = {}): FieldDefined => ({
  type: 'FieldDefined',
  data: { ...field, ...change },
});
const fields = specify(fieldsStream);

describe('COL-4: custom fields', () => {
  it('are defined, and defining one again the same changes nothing', () => {
    fields.given().when(define()).then(defined());
    fields.given(defined()).when(define()).thenNothing();
  });

  it('may change in label and choices, never in type', () => {
    const label = { fr: 'Petit nom' };
    fields.given(defined()).when(define({ label })).then(defined({ label }));
    const size = { key: 'size', type: 'choice' } as const;
    fields
      .given(defined({ ...size, choices: ['S'] }))
      .when(define({ ...size, choices: ['S', 'M', 'S'] }))
      .then(defined({ ...size, choices: ['S', 'M'] }));
    fields
      .given(defined())
      .when(define({ type: 'number' }))
      .thenRefused({ code: 'field-type-fixed', path: 'type' });
  });

  it.each(['', '1st', 'first-name', 'first name', 'prénom', 'a'.repeat(41), '__proto__'])(
    'refuse the key "%s"',
    (key) => {
      fields.given().when(define({ key })).thenRefused({ code: 'field-key-invalid', path: 'key' });
    },
  );

  it('may be called like a property that every object has', () => {
    fields
      .given()
      .when(define({ key: 'constructor' }))
      .then(defined({ key: 'constructor' }));
  });

  it('have a known type, a label, and choices only where one chooses', () => {
    fields
      .given()
      .when(define({ type: 'colour' as 'text' }))
      .thenRefused({ code: 'field-type-unknown' });
    fields
      .given()
      .when(define({ label: {} }))
      .thenRefused({ code: 'text-missing' });
    fields
      .given()
      .when(define({ choices: ['a'] }))
      .thenRefused({ code: 'choices-not-allowed' });
    fields
      .given()
      .when(define({ type: 'choice' }))
      .thenRefused({ code: 'choices-missing' });
    fields
      .given()
      .when(define({ type: 'choice', choices: ['a', ' '] }))
      .thenRefused({ code: 'choices-missing' });
  });

  it('keep the order in which they were first defined', () => {
    const state = fold(fieldsStream, [defined(), defined({ key: 'b' }), defined({ hidden: true })]);
    expect([...state.keys()]).toEqual(['firstName', 'b']);
    expect(state.get('firstName')?.hidden).toBe(true);
  });
});
