import type { Bilingual } from '#domain/kernel/index';

/** The product's rules by the numbers that answers and refusals name, each in a sentence. */
export const NUMBERED_RULES: Readonly<Record<string, Bilingual>> = {
  'C-01': {
    en: 'A newsletter is a commercial message, and so is a request for consent.',
    fr: 'Une infolettre est un message commercial, et une demande de consentement aussi.',
  },
  'C-05': {
    en: 'What a business calls people (customer, supplier, …) is no basis; a row of the table has to stand behind it.',
    fr: 'Le nom qu’une entreprise donne aux personnes (client, fournisseur, …) n’est pas un fondement ; une ligne de la table doit l’appuyer.',
  },
  'C-06': {
    en: 'Some rows are only for the types of organisation that the law names.',
    fr: 'Certaines lignes ne valent que pour les types d’organisation que la loi nomme.',
  },
  'C-07': {
    en: 'A published or disclosed address needs its own evidence; a job title alone does not show that a message is relevant.',
    fr: 'Une adresse publiée ou communiquée exige sa propre preuve ; le titre seul ne montre pas la pertinence du message.',
  },
  'C-08': {
    en: 'An implied consent without the date of its event, or without evidence, is none; it is never dated today.',
    fr: 'Un consentement tacite sans la date de son événement, ou sans preuve, n’en est pas un ; il n’est jamais daté d’aujourd’hui.',
  },
  'C-09': {
    en: 'Consent given to somebody else, or to unnamed partners, is not used.',
    fr: 'Le consentement donné à un tiers, ou à des partenaires non nommés, n’est pas utilisé.',
  },
  'C-10': {
    en: 'An event counts when it lies within the months before the day of sending, and before that day.',
    fr: 'Un événement compte s’il se situe dans les mois qui précèdent le jour de l’envoi, et avant ce jour.',
  },
  'C-11': {
    en: 'The last lawful day is the same day of the month, or the last day of a shorter month; a later end is shortened to it.',
    fr: 'Le dernier jour permis est le même quantième, ou le dernier jour d’un mois plus court ; une fin plus tardive y est ramenée.',
  },
  'C-12': {
    en: 'A newsletter may leave from the day after the event.',
    fr: 'L’infolettre peut partir dès le lendemain de l’événement.',
  },
  'C-13': {
    en: 'The time zone furthest ahead ends a consent, the one furthest behind begins it.',
    fr: 'Le fuseau le plus avancé met fin au consentement, le plus en retard le fait commencer.',
  },
  'C-14': {
    en: 'Of several permissions one that is current is enough; changing a category moves no date.',
    fr: 'De plusieurs permissions, une seule en vigueur suffit ; changer de catégorie ne déplace aucune date.',
  },
  'C-15': {
    en: 'The decision is taken again at each attempt; what waits is dropped once the last day is over.',
    fr: 'La décision est reprise à chaque tentative ; ce qui attend est abandonné une fois le dernier jour passé.',
  },
  'C-16': {
    en: 'Consent is asked for before the last day only, a week apart at least, and never of those who gave it.',
    fr: 'Le consentement n’est demandé qu’avant le dernier jour, à une semaine d’intervalle au moins, et jamais à qui l’a donné.',
  },
  'C-17': {
    en: 'A request states its purpose, who asks, how to reach them and that consent can be withdrawn; no box is ticked beforehand.',
    fr: 'Une demande dit son but, qui la fait, comment le joindre et que le consentement peut être retiré ; aucune case n’est cochée d’avance.',
  },
  'C-18': {
    en: 'A consent is recorded with the exact words that were shown; with a double opt-in it counts once it is confirmed.',
    fr: 'Un consentement est consigné avec les mots exacts montrés ; avec une double confirmation, il compte une fois confirmé.',
  },
  'C-19': {
    en: 'Express consent needs its own date, which is not to come, its source, method and wording, and of a file who attests to it.',
    fr: 'Un consentement exprès exige sa propre date, qui n’est pas à venir, sa source, sa méthode et son texte, et pour un fichier, qui l’atteste.',
  },
  'C-20': {
    en: 'To open a link is not to consent; only what a person sends is recorded.',
    fr: 'Ouvrir un lien n’est pas consentir ; seul ce que la personne envoie est consigné.',
  },
  'P-01': {
    en: 'Under Law 25 the use of data for prospecting needs a basis of its own, apart from the permission to send.',
    fr: 'Sous la Loi 25, l’usage des renseignements pour la prospection exige un fondement propre, distinct de la permission d’envoyer.',
  },
  'P-02': {
    en: 'Business contact details are excluded from it.',
    fr: 'Les coordonnées professionnelles en sont exclues.',
  },
  'P-03': {
    en: 'In Europe only express consent or the soft opt-in of a sale counts.',
    fr: 'En Europe, seuls comptent le consentement exprès ou la vente avec possibilité de refus.',
  },
  'P-18': {
    en: 'Nobody’s reading is followed before they agreed to it.',
    fr: 'La lecture de personne n’est suivie avant son accord.',
  },
};
