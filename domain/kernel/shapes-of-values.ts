import type { Brand } from './brand.ts';
import { isCivilDate, type CivilDate } from './civil-date.ts';
import type { IdType } from './ids.ts';
import { Instant } from './instant.ts';
import type { JsonObject } from './json.ts';
import type { Language } from './language.ts';
import { record, text, type Shape } from './shape.ts';

const isInstant = (value: string): boolean => {
  try {
    Instant(value);
    return true;
  } catch {
    return false;
  }
};

const INSTANT = text<Instant>('a UTC instant with milliseconds', isInstant);
const CIVIL_DATE = text<CivilDate>('a calendar day', isCivilDate);
// Canonical case was made at the door (parseLanguage); asking Intl again for each event is slow.
const LANGUAGE = text<Language>('a language tag', (value) =>
  /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value),
);
const SHA_256 = text<string>('a SHA-256 in hex', (value) => /^[0-9a-f]{64}$/.test(value));
const ANYTHING: Shape<never> = () => undefined;
const JSON_OBJECT = record(ANYTHING) as Shape<JsonObject>;

export const instant = (): Shape<Instant> => INSTANT;
export const civilDate = (): Shape<CivilDate> => CIVIL_DATE;
export const language = (): Shape<Language> => LANGUAGE;
export const sha256 = (): Shape<string> => SHA_256;
/** An object that is kept as it came. It was JSON when it was read, so it is JSON. */
export const jsonObject = (): Shape<JsonObject> => JSON_OBJECT;
export const id = <B extends string>(type: IdType<B>): Shape<Brand<string, B>> =>
  text(`an id of the form ${type.prefix}_…`, type.is);
