import type { BasisRule, Clock, EvidenceGroup, OrganisationType } from '#domain/consent/index';

type Field = readonly [name: string, english: string, french: string];

/** What a lawyer wants to know of a row that messages may rest on. */
export const basisFields = (rule: BasisRule): Field[] => [
  ['Clock starts on · Départ', rule.clockStarts.en, rule.clockStarts.fr],
  ['First day · Premier jour', ...FIRST_DAY[rule.starts]],
  ['Last lawful day · Dernier jour permis', ...lastDay(rule)],
  ['Renewed by · Renouvelé par', rule.renewedBy.en, rule.renewedBy.fr],
  [
    'Evidence · Preuve',
    rule.evidence.map((group) => evidence(group, group.name.en, 'where present:')).join('; '),
    rule.evidence.map((group) => evidence(group, group.name.fr, 'si présent :')).join(' ; '),
  ],
  ['Organisations', ...organisations(rule.organisationTypes)],
  ['Regimes · Régimes', rule.regimes.join(', '), rule.regimes.join(', ')],
];

const FIRST_DAY: Readonly<Record<BasisRule['starts'], readonly [string, string]>> = {
  'that-day': ['that day', 'ce jour même'],
  'next-day': ['the day after (C-12)', 'le lendemain (C-12)'],
  'in-force': [
    'while it is in force, before that day too',
    'tant que dure la relation, avant ce jour aussi',
  ],
};

const lastDay = ({ clock, row }: BasisRule): readonly [string, string] => {
  if (clock === 'open') {
    return row === 1
      ? ['none, until it is withdrawn', 'aucun, jusqu’au retrait']
      : ['as the account sets it', 'selon la fin que fixe le compte'];
  }
  return [written(clock, 'months', 'less one day'), written(clock, 'mois', 'moins un jour')];
};

const written = (
  { months, days }: Exclude<Clock, 'open'>,
  unit: string,
  lessOneDay: string,
): string => `+ ${String(months)} ${unit}${days === -1 ? `, ${lessOneDay}` : ''}`;

const evidence = ({ anyOf, onlyWith }: EvidenceGroup, name: string, where: string): string => {
  const keys = anyOf.map((key) => `\`${key}\``).join(' / ');
  return onlyWith === undefined
    ? `${name} (${keys})`
    : `${name} (${where} \`${onlyWith}\`; ${keys})`;
};

const ORGANISATIONS: Readonly<Record<OrganisationType, readonly [string, string]>> = {
  commercial: ['commercial', 'entreprise'],
  'registered-charity': ['registered charity', 'organisme de bienfaisance enregistré'],
  'non-profit-association': [
    'non-profit association or club',
    'association ou club sans but lucratif',
  ],
  political: ['political party or candidate', 'parti ou candidat politique'],
  'public-body': ['public body', 'organisme public'],
};

const organisations = (types: BasisRule['organisationTypes']): readonly [string, string] =>
  types === undefined
    ? ['all', 'toutes']
    : [
        types.map((type) => ORGANISATIONS[type][0]).join(', '),
        types.map((type) => ORGANISATIONS[type][1]).join(', '),
      ];
