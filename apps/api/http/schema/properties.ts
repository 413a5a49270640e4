import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
} from 'class-validator';
import { isCivilDate, parseLanguage, type IdType } from '#domain/kernel/index';
import { described, type About } from './describe.ts';
import { shapedBy } from './shaping.ts';

const test = (name: string, message: string, passes: (value: unknown) => boolean) =>
  ValidateBy({ name, validator: { validate: passes, defaultMessage: () => message } });

/** Free text. An empty one says nothing, so at least one character is asked for unless `min` is 0. */
export const Text = (about: About & { max?: number; min?: number } = {}): PropertyDecorator => {
  const { max = 1_000, min = 1, ...rest } = about;
  return described(rest, { type: 'string', minLength: min, maxLength: max }, [
    IsString(),
    MinLength(min),
    MaxLength(max),
  ]);
};

/** A text of a given form; `message` tells what form. */
export const Shaped = (
  pattern: RegExp,
  about: About & { message: string; max?: number },
): PropertyDecorator => {
  const { message, max = 1_000, ...rest } = about;
  return described(rest, { type: 'string', pattern: pattern.source, maxLength: max }, [
    IsString(),
    MaxLength(max),
    Matches(pattern, { message }),
  ]);
};

export const Choice = (values: readonly string[], about: About = {}): PropertyDecorator =>
  described(about, { type: 'string', enum: [...values] }, [IsIn([...values])]);

export const Choices = (
  values: readonly string[],
  about: About & { min?: number } = {},
): PropertyDecorator => {
  const { min = 0, ...rest } = about;
  return described(
    rest,
    { type: 'array', minItems: min, items: { type: 'string', enum: [...values] } },
    [IsArray(), ArrayMinSize(min), ArrayUnique(), IsIn([...values], { each: true })],
  );
};

export const Constant = (value: string, about: About = {}): PropertyDecorator =>
  described(about, { type: 'string', const: value }, [Equals(value)]);

export const Flag = (about: About = {}): PropertyDecorator =>
  described(about, { type: 'boolean' }, [IsBoolean()]);

/** A whole number; in a query it arrives as text. */
export const Whole = (about: About & { min?: number; max?: number } = {}): PropertyDecorator => {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, ...rest } = about;
  return described(rest, { type: 'integer', minimum: min, maximum: max }, [
    shapedBy((value) => (typeof value === 'string' && value !== '' ? Number(value) : value)),
    IsInt(),
    Min(min),
    Max(max),
  ]);
};

/** A list of whole numbers. */
export const Wholes = (
  about: About & { min?: number; max?: number; length?: number } = {},
): PropertyDecorator => {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, length = 100, ...rest } = about;
  const items = { type: 'integer', minimum: min, maximum: max };
  return described(rest, { type: 'array', maxItems: length, uniqueItems: true, items }, [
    IsArray(),
    ArrayMaxSize(length),
    ArrayUnique(),
    IsInt({ each: true }),
    Min(min, { each: true }),
    Max(max, { each: true }),
  ]);
};

const idSchema = (type: IdType<string>) => ({
  type: 'string',
  pattern: `^${type.prefix}_[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$`,
});
const isId = (type: IdType<string>) => (value: unknown) =>
  typeof value === 'string' && type.is(value);

/** The id of a resource. Whether it exists, and in this account, is a question for later. */
export const Id = (type: IdType<string>, about: About = {}): PropertyDecorator =>
  described(about, idSchema(type), [
    test('isId', `must be an id of the form ${type.prefix}_…`, isId(type)),
  ]);

export const Ids = (
  type: IdType<string>,
  about: About & { min?: number; max?: number } = {},
): PropertyDecorator => {
  const { min = 0, max = 100, ...rest } = about;
  const every = (value: unknown) => Array.isArray(value) && value.every(isId(type));
  return described(rest, { type: 'array', minItems: min, maxItems: max, items: idSchema(type) }, [
    ArrayMinSize(min),
    ArrayMaxSize(max),
    test('isId', `must be a list of ids of the form ${type.prefix}_…`, every),
  ]);
};

const isLanguage = (value: unknown): boolean =>
  typeof value === 'string' && parseLanguage(value) !== undefined;
const LANGUAGE = 'must be a language tag such as fr, en or fr-CA';

/** BCP 47. */
export const LanguageTag = (about: About = {}): PropertyDecorator =>
  described(about, { type: 'string', maxLength: 35 }, [
    MaxLength(35),
    test('isLanguage', LANGUAGE, isLanguage),
  ]);

export const LanguageTags = (about: About & { min?: number } = {}): PropertyDecorator => {
  const { min = 0, ...rest } = about;
  return described(rest, { type: 'array', minItems: min, items: { type: 'string' } }, [
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(20),
    test('isLanguage', LANGUAGE, (all) => Array.isArray(all) && all.every(isLanguage)),
  ]);
};

/** A civil date, `2026-11-23`. */
export const Day = (about: About = {}): PropertyDecorator =>
  described(about, { type: 'string', format: 'date' }, [
    test('isDay', 'must be an existing day in the form 2026-11-23', (value) =>
      typeof value === 'string' ? isCivilDate(value) : false,
    ),
  ]);

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** An instant with its offset from UTC; answers always give UTC with milliseconds. */
export const InstantText = (about: About = {}): PropertyDecorator =>
  described(about, { type: 'string', format: 'date-time' }, [
    test('isInstant', 'must be an instant such as 2026-11-23T15:04:05.123Z', (value) =>
      typeof value === 'string' ? INSTANT.test(value) && !Number.isNaN(Date.parse(value)) : false,
    ),
  ]);

/** A list of short texts, none of them empty. */
export const TextList = (
  about: About & { max?: number; min?: number; length?: number } = {},
): PropertyDecorator => {
  const { min = 0, max = 1_000, length = 500, ...rest } = about;
  const items = { type: 'string', minLength: 1, maxLength: length };
  return described(rest, { type: 'array', minItems: min, maxItems: max, items }, [
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    IsString({ each: true }),
    MinLength(1, { each: true }),
    MaxLength(length, { each: true }),
  ]);
};
