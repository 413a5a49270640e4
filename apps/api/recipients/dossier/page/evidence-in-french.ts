const WORDS: Readonly<Record<string, string>> = {
  'web form': 'formulaire web',
  'consent page': 'page de consentement',
  'preference page': 'page de préférences',
  'request in a newsletter': 'demande dans une infolettre',
  'request by e-mail': 'demande par courriel',
};

/** How a person answered, each before the language of the page. */
const ANSWERS: Readonly<Record<string, string>> = {
  'ticked the box; page': 'case cochée',
  'ticked the box and pressed the button; page': 'case cochée et bouton pressé',
  'chosen on the page': 'choisi sur la page',
};
const ANSWERED = /^(.*) in ([\w-]+)$/;

const known = (words: Readonly<Record<string, string>>, text: string): string | undefined =>
  Object.hasOwn(words, text) ? words[text] : undefined;

/**
 * What pages of the product write into a proof, as it is read in French; it is recorded in English. What
 * anybody else wrote stays as they wrote it.
 */
export const evidenceInFrench = (text: string): string => {
  const [, act = '', language = ''] = ANSWERED.exec(text) ?? [];
  const answer = known(ANSWERS, act);
  return answer === undefined
    ? (known(WORDS, text) ?? text)
    : `${answer}\u00a0; langue de la page\u00a0: ${language}`;
};
