import type { SendingAccount } from '../decision.ts';
import type { Place } from '../jurisdictions/place.ts';
import { casl } from './casl.ts';
import { foreignLaw } from './foreign-law.ts';
import { FOREIGN_LAWS } from './foreign-laws.ts';
import { law25 } from './law25.ts';
import type { Question, Verdict } from './verdict.ts';

type Regimes = readonly ((question: Question) => Verdict)[];

const byForeignLaw = {
  eprivacy: foreignLaw(FOREIGN_LAWS.eprivacy),
  pecr: foreignLaw(FOREIGN_LAWS.pecr),
} as const;

/**
 * The regimes that a message to this place has to satisfy, all of them. Where the person is not known,
 * every regime of the account counts.
 *
 * - CASL: the computers that send are in Canada (s. 12(1)), so it follows the account everywhere, except to
 *   a listed state whose law the product knows (SOR/2013-221 s. 3(f), C-02).
 * - Law 25: where the person is or may be in Quebec (P-01).
 * - The law of the person's place, whatever the account chose (P-03).
 *
 * Law 25 permits no sending by itself. Where nothing else would be asked, CASL is.
 */
export const regimesThatApply = (
  { regimes }: SendingAccount,
  place: Place | undefined,
): Regimes => {
  const foreign = foreignLawOf(regimes, place);
  const isLeftToForeignLaw = place?.isListed === true && foreign !== undefined;
  const isUnderCasl = (regimes.includes('casl') && !isLeftToForeignLaw) || foreign === undefined;
  const isUnderLaw25 = regimes.includes('law25') && (place === undefined || place.mayBeQuebec);
  return [
    ...(isUnderCasl ? [casl] : []),
    ...(foreign === undefined ? [] : [byForeignLaw[foreign]]),
    ...(isUnderLaw25 ? [law25] : []),
  ];
};

const foreignLawOf = (
  regimes: SendingAccount['regimes'],
  place: Place | undefined,
): Place['foreignLaw'] => {
  if (place !== undefined) return place.foreignLaw;
  return regimes.includes('gdpr') ? 'eprivacy' : undefined;
};
