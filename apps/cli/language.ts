import type { Bilingual } from '#domain/kernel/index';

export type ReaderLanguage = keyof Bilingual;
export const READER_LANGUAGES = ['fr', 'en'] as const satisfies readonly ReaderLanguage[];

type Environment = Readonly<Record<string, string | undefined>>;

const isReaderLanguage = (text: string): text is ReaderLanguage =>
  READER_LANGUAGES.some((each) => each === text);

/** What follows `--lang` on a command line; needed before the line is parsed, as help is translated too. */
const asked = (words: readonly string[]): string | undefined => {
  const end = words.indexOf('--');
  const line = end === -1 ? words : words.slice(0, end);
  const at = line.lastIndexOf('--lang');
  const joined = line.findLast((word) => word.startsWith('--lang='));
  return at === -1 ? joined?.slice('--lang='.length) : line[at + 1];
};

/**
 * The language that the reader wants: `--lang`, else the locale by the rules of POSIX (LC_ALL, then
 * LC_MESSAGES, then LANG; the first that is set counts), else English.
 */
export const readerLanguage = (
  words: readonly string[],
  environment: Environment,
): ReaderLanguage => {
  const given = asked(words);
  if (given !== undefined && isReaderLanguage(given)) return given;
  const locale = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale?.slice(0, 2).toLowerCase() === 'fr' ? 'fr' : 'en';
};
