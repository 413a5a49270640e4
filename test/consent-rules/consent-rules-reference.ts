import {
  BUSINESS_LABELS,
  DECISION_TABLE,
  ENACTED_LAWS,
  IMPLIED_BASES,
  isBasis,
  LABEL_NAMES,
  BASIS_RULES,
  type DecisionRow,
} from '#domain/consent/index';
import { EPRIVACY_STATES, PECR_STATES } from '#domain/consent/jurisdictions/eprivacy-states';
import { LISTED_STATES } from '#domain/consent/jurisdictions/listed-states';
import {
  LIST_RULES,
  NO_CONSENT,
  SUPPRESSION_RULES,
  type ReasonRule,
} from '#domain/consent/reason-rules';
import { SOFT_OPT_IN_BASES } from '#domain/consent/regimes/foreign-law';
import { FOREIGN_LAWS } from '#domain/consent/regimes/foreign-laws';
import { NO_PRIVACY_BASIS, PRIVACY_BASIS_RULES } from '#domain/consent/regimes/law25';
import { basisFields } from './basis-fields.ts';
import { frenchSection } from '#domain/consent/french-section';
import { NUMBERED_RULES } from './numbered-rules.ts';
import { table } from './markdown-table.ts';

const INTRODUCTION = `# Consent rules · Règles de consentement

What the program does when it is asked “may we write to this person now?”, written from the code that
decides (\`domain/consent\`) by \`npm run docs:consent-rules\`. It is no legal advice.

Ce que fait le programme quand on lui demande « peut-on écrire à cette personne maintenant ? », tiré du code
qui décide. Ce n’est pas un avis juridique.

## How the answer is found · Comment la réponse se forme

1. Row 0 denies before anything else. · La ligne 0 refuse avant toute autre règle.
2. The person has to be on a list of the message. · La personne doit être sur une liste du message.
3. Every regime that applies has to allow. · Chaque régime applicable doit permettre l’envoi.
   - CASL follows the account everywhere, as its computers are in Canada (CASL s. 12(1)); in a state of the
     schedule of SOR/2013-221 whose law is below, that law decides instead (s. 3(f)). Where nothing else
     would be asked, CASL is. · La LCAP suit le compte partout, car ses ordinateurs sont au Canada ; dans un
     État de l’annexe du DORS/2013-221 dont la loi figure plus bas, cette loi décide à sa place (al. 3f)).
     Si rien d’autre n’est exigé, la LCAP l’est.
   - Law 25 applies, for an account that works under it, in Quebec, in Canada without a province, and where
     the place is not known. It permits no sending by itself. · La Loi 25 s’applique, pour un compte qui la
     suit, au Québec, au Canada sans province et si le lieu est inconnu. Seule, elle ne permet aucun envoi.
   - The law of the person’s place applies whatever the account chose; where the place is not known, that of
     the European Union does for an account that works under the GDPR. · La loi du lieu de la personne
     s’applique quoi que le compte ait choisi ; si le lieu est inconnu, celle de l’Union européenne vaut pour
     un compte qui suit le RGPD.
4. What no row allows is denied. · Ce qu’aucune ligne ne permet est refusé.

## How days are counted · Comment les jours sont comptés

- An event is a civil date E. A newsletter may go from E+1 (Interpretation Act s. 27(5)) to the last lawful
  day L = E + whole months, both included; a day that the month lacks becomes its last day, so L is never
  later than the Act’s own last day (ss. 28, 37). · Un événement est une date civile E. L’infolettre peut
  partir de E+1 au dernier jour permis L = E + des mois entiers, inclusivement ; un jour qui manque au mois
  devient son dernier jour : L ne dépasse jamais le dernier jour de la Loi.
- Of the time zones of the account and of the person’s place, the one furthest ahead ends a consent and the
  one furthest behind begins it. · Parmi les fuseaux du compte et du lieu de la personne, le plus avancé met
  fin au consentement et le plus en retard le fait commencer.
- Of several permissions, one that is current is enough (C-14); where several regimes apply, the answer lasts
  until the first of them no longer allows. · De plusieurs permissions, une seule en vigueur suffit ; si
  plusieurs régimes s’appliquent, la réponse vaut jusqu’à ce que le premier ne permette plus.
`;

/** The page about everything that `maySend` goes by. */
export const consentRulesReference = (): string =>
  [
    INTRODUCTION,
    '## The decision table · La table de décision\n',
    ...DECISION_TABLE.map(rowSection),
    labels(),
    rules('What denies first · Ce qui refuse d’abord', [
      ...SUPPRESSION_RULES,
      ...Object.values(LIST_RULES),
      NO_CONSENT,
    ]),
    rules('Law 25 · Loi 25', [NO_PRIVACY_BASIS, ...Object.values(PRIVACY_BASIS_RULES)]),
    foreignLaws(),
    numbered(),
    states(),
    laws(),
  ].join('\n');

const rowSection = (row: DecisionRow): string => {
  const fields: (readonly [string, string, string])[] = isBasis(row)
    ? basisFields(row)
    : [['Effect · Effet', row.effect.en, row.effect.fr]];
  return [
    `### ${String(row.row)}. ${row.name.en} · ${row.name.fr}\n`,
    `Code \`${row.code}\`.\n`,
    table(
      ['', 'English', 'Français'],
      [['Source', row.section, frenchSection(row.section)], ...fields],
    ),
  ].join('\n');
};

const labels = (): string =>
  [
    '## Business labels · Étiquettes d’affaires\n',
    'No label is a basis by itself (C-05). · Aucune étiquette n’est un fondement par elle-même.\n',
    table(
      ['Label · Étiquette', 'Rows · Lignes'],
      BUSINESS_LABELS.map((label) => [
        `${LABEL_NAMES[label].en} · ${LABEL_NAMES[label].fr}`,
        IMPLIED_BASES.filter((basis) => BASIS_RULES[basis].labels.includes(label))
          .map((basis) => `${String(BASIS_RULES[basis].row)} (\`${basis}\`)`)
          .join(', '),
      ]),
    ),
  ].join('\n');

const rules = (title: string, its: readonly ReasonRule[]): string =>
  [
    `## ${title}\n`,
    table(
      ['Code', 'Source', 'English', 'Français'],
      its.map(({ code, section, text }) => [
        `\`${code}\``,
        `${section} · ${frenchSection(section)}`,
        text.en,
        text.fr,
      ]),
    ),
  ].join('\n');

const foreignLaws = (): string =>
  [
    '## Laws of other places · Lois d’ailleurs\n',
    `Express consent, or the soft opt-in: a current ${SOFT_OPT_IN_BASES.map((basis) => `\`${basis}\``).join(' or ')} of a person who could refuse messages when the address was collected (privacy basis \`informed-at-collection\`); CJEU C-654/23 (2025-11-13). · Le consentement exprès, ou une vente en vigueur à une personne qui pouvait refuser les envois lors de la collecte.\n`,
    table(
      [
        'Regime · Régime',
        'Express consent · Consentement exprès',
        'Soft opt-in · Vente',
        'Places · Lieux',
      ],
      Object.entries(FOREIGN_LAWS).map(([law, { regime, consent, softOptIn }]) => [
        `\`${regime}\``,
        consent,
        softOptIn,
        [...(law === 'pecr' ? PECR_STATES : EPRIVACY_STATES)].sort().join(' '),
      ]),
    ),
  ].join('\n');

const numbered = (): string =>
  [
    '## Rules by number · Les règles par leur numéro\n',
    'Answers and refusals name the rule that they follow: `row 2` is of the table above, the others are these. · Les réponses et les refus nomment la règle suivie : `row 2` est une ligne de la table, les autres sont celles-ci.\n',
    table(
      ['Rule · Règle', 'English', 'Français'],
      Object.entries(NUMBERED_RULES).map(([rule, { en, fr }]) => [rule, en, fr]),
    ),
  ].join('\n');

const states = (): string =>
  [
    '## States of the schedule of SOR/2013-221 · États de l’annexe du DORS/2013-221\n',
    `${[...LISTED_STATES].map(([code, name]) => `${name} (${code})`).join(', ')}.\n`,
  ].join('\n');

const laws = (): string =>
  [
    '## Laws · Lois\n',
    'Every rule comes from one of these, and none from a bill or a proposal (P-04). · Chaque règle vient d’une de ces lois ; aucune ne vient d’un projet.\n',
    table(
      ['Cited as · Citée', 'Name · Nom', 'Citation', 'In force · En vigueur'],
      ENACTED_LAWS.map(({ short, name, citation, inForce }) => [
        `${short} · ${frenchSection(short)}`,
        `${name.en} · ${name.fr}`,
        `${citation.en} · ${citation.fr}`,
        inForce,
      ]),
    ),
  ].join('\n');
