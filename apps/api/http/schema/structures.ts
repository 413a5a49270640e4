import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsObject, ValidateBy, ValidateNested } from 'class-validator';
import { parseLanguage } from '#domain/kernel/index';
import { described, type About } from './describe.ts';
import { isPlain, shaped, shapedBy, type Shaper } from './shaping.ts';

export type Constructor = new () => object;

const test = (name: string, message: string, passes: (value: unknown) => boolean) =>
  ValidateBy({ name, validator: { validate: passes, defaultMessage: () => message } });

/** An element that is no object is left as it is, for the checks to refuse. */
const instanceOf =
  (type: () => Constructor): Shaper =>
  (value) =>
    isPlain(value) ? shaped(type(), value) : value;

const instancesOf =
  (type: () => Constructor): Shaper =>
  (value) =>
    Array.isArray(value) ? value.map(instanceOf(type)) : value;

/** A body within the body, or a list of such. */
export const Nested = (
  type: () => Constructor,
  about: About & { many?: boolean; max?: number } = {},
): PropertyDecorator => {
  const { many = false, max = 1_000, ...rest } = about;
  const list = many ? [IsArray(), ArrayMaxSize(max)] : [IsObject()];
  // Swagger knows a reference to a class from a class by the name of this function.
  return described(rest, { type: () => type(), isArray: many }, [
    ...list,
    ValidateNested({ each: many }),
    shapedBy(many ? instancesOf(type) : instanceOf(type)),
  ]);
};

const isText = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value !== '' && value.length <= max;
const isTexts = (value: unknown, max: number): boolean =>
  isPlain(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(
    ([language, text]) => parseLanguage(language) !== undefined && isText(text, max),
  );

/** A text for all languages, or one by language. */
export const TextOrTexts = (about: About & { max?: number } = {}): PropertyDecorator => {
  const { max = 10_000, ...rest } = about;
  const text = { type: 'string', minLength: 1, maxLength: max };
  const texts = { type: 'object', minProperties: 1, additionalProperties: text };
  const message = `must give a text of at most ${String(max)} characters, or one by language, such as {"fr": "…", "en": "…"}`;
  const passes = (value: unknown) => isText(value, max) || isTexts(value, max);
  return described(rest, { oneOf: [text, texts] }, [test('isTextOrTexts', message, passes)]);
};

/** A text by language: `{"fr": "…", "en": "…"}`. */
export const TextsByLanguage = (about: About & { max?: number } = {}): PropertyDecorator => {
  const { max = 10_000, ...rest } = about;
  const schema = {
    type: 'object',
    minProperties: 1,
    additionalProperties: { type: 'string', minLength: 1, maxLength: max },
  };
  const passes = (value: unknown) => isTexts(value, max);
  const message = `must give a text of at most ${String(max)} characters by language, such as {"fr": "…", "en": "…"}`;
  return described(rest, schema, [test('isTexts', message, passes)]);
};

/** A number that JSON gives back as it is; others would lose digits. */
const isExact = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

/** Values of custom fields by their key; `removable` lets null take a value away. */
export const Values = (about: About & { removable?: boolean } = {}): PropertyDecorator => {
  const { removable = false, ...rest } = about;
  const types = ['string', 'number', 'boolean', ...(removable ? ['null'] : [])];
  const isValue = (value: unknown) => {
    if (value === null) return removable;
    return typeof value === 'number' ? isExact(value) : types.includes(typeof value);
  };
  const passes = (value: unknown) =>
    isPlain(value) && Object.keys(value).length <= 200 && Object.values(value).every(isValue);
  const message = 'must give a text, a number, true or false for each of at most 200 fields';
  return described(rest, { type: 'object', additionalProperties: { type: types } }, [
    test('isValues', message, passes),
  ]);
};

/** An object whose keys are not fixed (answers only). */
export const OpenMap = (
  values: Record<string, unknown> | true,
  about: About = {},
): PropertyDecorator => described(about, { type: 'object', additionalProperties: values }, []);

/** Either of several bodies, for answers. */
export const OneOf = (types: readonly Constructor[], about: About = {}): PropertyDecorator =>
  applyDecorators(
    described(about, { oneOf: types.map((type) => ({ $ref: getSchemaPath(type) })) }, []),
  );

export const extraModels = (...types: Constructor[]): ClassDecorator & MethodDecorator =>
  ApiExtraModels(...types);
