import type { CommanderError } from 'commander';
import type { Bilingual } from '#domain/kernel/index';
import type { ReaderLanguage } from './language.ts';

/** Titles of the help, which commander writes in English. */
export const HELP_TITLES: Readonly<Record<ReaderLanguage, Readonly<Record<string, string>>>> = {
  en: {},
  fr: {
    'Usage:': 'Usage :',
    'Arguments:': 'Arguments :',
    'Options:': 'Options :',
    'Commands:': 'Commandes :',
  },
};

const WORDS: Readonly<Record<string, Bilingual>> = {
  'commander.unknownOption': { fr: 'Option inconnue', en: 'Unknown option' },
  'commander.unknownCommand': { fr: 'Commande inconnue', en: 'Unknown command' },
  'commander.missingArgument': { fr: 'Il manque un argument', en: 'An argument is missing' },
  'commander.missingMandatoryOptionValue': {
    fr: 'Il manque une option obligatoire',
    en: 'A required option is missing',
  },
  'commander.optionMissingArgument': {
    fr: 'Il manque la valeur d’une option',
    en: 'The value of an option is missing',
  },
  'commander.excessArguments': {
    fr: 'Il y a trop d’arguments',
    en: 'There are too many arguments',
  },
  'commander.invalidArgument': {
    fr: 'Une valeur n’est pas permise',
    en: 'A value is not allowed',
  },
};
const OTHER: Bilingual = { fr: 'Usage incorrect', en: 'The command cannot be read' };

/**
 * What is wrong with a command line, as one sentence. Commander's own sentences repeat what was typed, which
 * may be somebody's address; of it only the name of an option and the values that are allowed are kept.
 */
export const usageFault = ({ code, message }: CommanderError, language: ReaderLanguage): string => {
  const option = /'(--?[a-z][^'@]*)'/.exec(message)?.[1];
  const choices = /Allowed choices are (.*?)\.?$/.exec(message)?.[1];
  const details = [option, choices].filter((each) => each !== undefined);
  const about = details.length === 0 ? '' : ` (${details.join(': ')})`;
  const see = language === 'fr' ? 'Voir : attesta --help' : 'See: attesta --help';
  return `${(WORDS[code] ?? OTHER)[language]}${about}. ${see}`;
};
