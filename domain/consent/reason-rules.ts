import type { Bilingual } from '#domain/kernel/index';
import type { Fact, MessageClass, Reason, ReasonCode, ReasonRegime, Standing } from './decision.ts';

/** A reason that needs no computed text: the product's rule, the section it follows, what people read. */
export type ReasonRule = Readonly<{
  code: ReasonCode;
  regime: ReasonRegime;
  rule: string;
  section: string;
  text: Bilingual;
}>;

/** A fact about the person that stops messages of the classes named, in order of weight. */
export type SuppressionRule = ReasonRule &
  Readonly<{ blocks: readonly MessageClass[]; fact: (standing: Standing) => Fact | undefined }>;

/**
 * An unsubscription or a complaint refuses what is commercial (row 17: consent is not needed for the
 * rest). A person who returns after an erasure gets the one mail that lets them confirm.
 */
export const SUPPRESSION_RULES: readonly SuppressionRule[] = [
  {
    code: 'erased',
    regime: 'gdpr',
    rule: 'row 0',
    section: 'GDPR art. 17(3), 21(3)',
    text: {
      fr: 'La personne a été effacée ; seul son retour, confirmé par elle, permet de lui écrire.',
      en: 'The person was erased; only their own confirmed return allows writing to them.',
    },
    blocks: ['commercial', 'transactional'],
    fact: (standing) => standing.erased,
  },
  {
    code: 'erased',
    regime: 'gdpr',
    rule: 'row 0',
    section: 'GDPR art. 17(3), 21(3)',
    text: {
      fr: 'La personne a été effacée et n’a rien demandé depuis.',
      en: 'The person was erased and has asked for nothing since.',
    },
    blocks: ['reply'],
    fact: (standing) => (standing.returning === undefined ? standing.erased : undefined),
  },
  {
    code: 'invalid-address',
    regime: 'casl',
    rule: 'row 0',
    section: 'CASL s. 6(4)',
    text: {
      fr: 'L’adresse est invalide ; un message vers une adresse morte compte comme envoyé.',
      en: 'The address is invalid; a message to a dead address still counts as sent.',
    },
    blocks: ['commercial', 'transactional', 'reply'],
    fact: (standing) => standing.invalid,
  },
  {
    code: 'complaint',
    regime: 'casl',
    rule: 'row 0',
    section: 'CASL s. 11(3)',
    text: {
      fr: 'La personne s’est plainte d’un message.',
      en: 'The person complained about a message.',
    },
    blocks: ['commercial'],
    fact: (standing) => standing.complained,
  },
  {
    code: 'restricted',
    regime: 'gdpr',
    rule: 'row 0',
    section: 'GDPR art. 18',
    text: {
      fr: 'L’usage des données de la personne est suspendu.',
      en: 'The use of the person’s data is suspended.',
    },
    blocks: ['commercial', 'transactional', 'reply'],
    fact: (standing) => standing.restricted,
  },
  {
    code: 'unsubscribed-all',
    regime: 'casl',
    rule: 'row 0',
    section: 'CASL s. 11(3)',
    text: {
      fr: 'La personne s’est désabonnée de tout.',
      en: 'The person unsubscribed from everything.',
    },
    blocks: ['commercial'],
    fact: (standing) => standing.unsubscribed,
  },
];

export const UNKNOWN_RECIPIENT: ReasonRule = {
  code: 'unknown-recipient',
  regime: 'casl',
  rule: 'default',
  section: 'CASL s. 6(1)',
  text: { fr: 'Ce destinataire est inconnu.', en: 'This recipient is not known.' },
};

/** What a person's standing on the lists of a message says, when they are on none of them. */
export const LIST_RULES = {
  unsubscribed: {
    code: 'unsubscribed-list',
    regime: 'casl',
    rule: 'row 0',
    section: 'CASL s. 11(3)',
    text: {
      fr: 'La personne s’est désabonnée de cette liste.',
      en: 'The person unsubscribed from this list.',
    },
  },
  absent: {
    code: 'not-on-list',
    regime: 'casl',
    rule: 'row 0',
    section: 'CASL s. 6(1)',
    text: { fr: 'La personne n’est pas sur cette liste.', en: 'The person is not on this list.' },
  },
  unconfirmed: {
    code: 'unconfirmed',
    regime: 'casl',
    rule: 'C-18',
    section: 'CASL s. 13',
    text: {
      fr: 'L’abonnement attend la confirmation de la personne.',
      en: 'The subscription waits for the person to confirm it.',
    },
  },
} as const satisfies Record<string, ReasonRule>;

export const NO_CONSENT: ReasonRule = {
  code: 'no-consent',
  regime: 'casl',
  rule: 'default',
  section: 'CASL s. 6(1)(a)',
  text: { fr: 'Aucun consentement n’est consigné.', en: 'No consent is on record.' },
};

/** Why there is none: nobody recorded one, or what there was has been withdrawn. */
export const noConsent = ({ withdrawnOn }: Standing): Reason => {
  const reason = reasonBy(NO_CONSENT, []);
  if (withdrawnOn === undefined) return reason;
  const text = {
    fr: `Le consentement a été retiré le ${withdrawnOn} ; aucun n’est consigné depuis.`,
    en: `Consent was withdrawn on ${withdrawnOn}; none is on record since.`,
  };
  return { ...reason, text };
};

/** Classes of message that need no consent. */
export const CONSENT_FREE = {
  transactional: {
    code: 'transactional',
    regime: 'casl',
    rule: 'row 17',
    section: 'CASL s. 6(6)',
    text: {
      fr: 'Un message purement transactionnel ne demande pas de consentement.',
      en: 'A solely transactional message needs no consent.',
    },
  },
  reply: {
    code: 'reply',
    regime: 'casl',
    rule: 'row 18',
    section: 'SOR/2013-221 s. 3(b)',
    text: {
      fr: 'C’est la réponse à une demande de la personne.',
      en: 'This answers a request of the person.',
    },
  },
} as const satisfies Record<string, ReasonRule>;

/** A rule as a reason of a decision, resting on these events. */
export const reasonBy = (
  { code, regime, rule, section, text }: ReasonRule,
  revisions: readonly number[],
) => ({
  code,
  regime,
  rule,
  section,
  text,
  revisions,
});
