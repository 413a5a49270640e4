import type { Bilingual } from '#domain/kernel/index';
import type { ImpliedBasis } from '../consent.ts';
import type { Reason, Standing } from '../decision.ts';
import type { JudgedConsent } from '../judge.ts';
import { noConsent } from '../reason-rules.ts';
import { claimReasons } from './claim-reasons.ts';
import type { ForeignLaw } from './foreign-laws.ts';
import type { Question, Verdict } from './verdict.ts';

/** Implied bases that are a sale: the address was got in its course (P-03). */
export const SOFT_OPT_IN_BASES: readonly ImpliedBasis[] = ['purchase', 'ongoing-account'];

/**
 * Express consent, or the soft opt-in: a current sale, of a person who was offered an opt-out when the
 * address was collected (the privacy basis `informed-at-collection`). No other basis crosses the border.
 */
export const foreignLaw =
  (law: ForeignLaw) =>
  (question: Question): Verdict => {
    const { judged, standing } = question;
    const counting = judged.filter((each) => each.current && counts(each, standing));
    const [by] = counting;
    return by === undefined
      ? {
          allow: false,
          reasons: [...lacking(question, law), ...claimReasons(standing, proof(law))],
        }
      : { allow: true, by, reasons: counting.map((each) => allowing(each, law)) };
  };

const isSale = ({ consent }: JudgedConsent): boolean =>
  consent.kind === 'implied' && SOFT_OPT_IN_BASES.includes(consent.basis);

const wasOfferedOptOut = ({ privacyBasis }: Standing): boolean =>
  privacyBasis?.kind === 'informed-at-collection';

const counts = (each: JudgedConsent, standing: Standing): boolean =>
  each.consent.kind === 'express' || (isSale(each) && wasOfferedOptOut(standing));

const proof = ({ regime, proof: section }: ForeignLaw) => ({ regime, section });

const allowing = ({ consent, reason }: JudgedConsent, { regime, ...law }: ForeignLaw): Reason =>
  consent.kind === 'express'
    ? { ...reason, regime, section: law.consent }
    : {
        ...reason,
        code: 'soft-opt-in',
        regime,
        rule: 'P-03',
        section: law.softOptIn,
        text: SOFT_OPT_IN,
      };

const SOFT_OPT_IN: Bilingual = {
  fr: 'L’adresse a été obtenue lors d’une vente, et la personne pouvait alors refuser les envois.',
  en: 'The address was got in a sale, and the person could refuse messages then.',
};

/** Why nothing counts: what has ended or not begun, what does not count here, or that there is nothing. */
const lacking = ({ judged, standing }: Question, law: ForeignLaw): readonly Reason[] => {
  const { regime, consent: section } = law;
  if (judged.length === 0) return [{ ...noConsent(standing), regime, rule: 'P-03', section }];
  const reasons: Reason[] = [];
  const others: number[] = [];
  for (const each of judged) {
    if (!each.current && counts(each, standing)) {
      reasons.push({ ...each.reason, regime, section: sectionFor(each, law) });
    } else if (isSale(each)) reasons.push(saleWithoutOptOut(each, law));
    else others.push(each.consent.revision);
  }
  if (others.length > 0) reasons.push(notHere(others, law));
  return reasons;
};

const sectionFor = ({ consent }: JudgedConsent, law: ForeignLaw): string =>
  consent.kind === 'express' ? law.consent : law.softOptIn;

const saleWithoutOptOut = ({ consent }: JudgedConsent, law: ForeignLaw): Reason => ({
  code: 'foreign-law',
  regime: law.regime,
  rule: 'P-03',
  section: law.softOptIn,
  text: {
    fr: 'Là où est la personne, une vente ne permet d’écrire que si elle pouvait refuser les envois lors de la collecte (fondement « informed-at-collection »), ce qui n’est pas consigné.',
    en: 'Where the person is, a sale allows writing only if they could refuse messages at collection (privacy basis “informed-at-collection”), which is not on record.',
  },
  revisions: [consent.revision],
});

const notHere = (revisions: readonly number[], { regime, consent }: ForeignLaw): Reason => ({
  code: 'foreign-law',
  regime,
  rule: 'P-03',
  section: consent,
  text: {
    fr: 'Là où est la personne, seuls un consentement exprès ou une vente permettent d’écrire ; un consentement tacite au sens du Canada n’y vaut pas.',
    en: 'Where the person is, only express consent or a sale allows writing; what Canada takes for implied consent does not count there.',
  },
  revisions,
});
