/** The publisher of the example: a bookshop with an oven. Names and addresses are made up. */
export const ACCOUNT = {
  name: 'Plume & Levain',
  timeZone: 'America/Toronto',
  languages: ['fr', 'en'],
  regimes: ['casl', 'law25'],
  organisationType: 'commercial',
  sender: {
    name: 'Plume & Levain, librairie-boulangerie',
    email: 'bonjour@plume-levain.example',
    postalAddress: '14, rue du Four, Baie-aux-Lièvres QC G0L 0X0, Canada',
    phone: '+1 418 555-0142',
    web: 'https://plume-levain.example',
  },
  privacyOfficer: {
    title: 'Responsable de la protection des renseignements personnels',
    email: 'vie-privee@plume-levain.example',
  },
} as const;

export const LISTS = {
  saturday: {
    name: { fr: 'Le carnet du samedi', en: 'The Saturday notebook' },
    description: {
      fr: 'Un livre, un pain, une histoire, chaque samedi matin.',
      en: 'A book, a loaf and a story, every Saturday morning.',
    },
  },
  oven: {
    name: { fr: 'Sorti du four', en: 'Fresh from the oven' },
    description: {
      fr: 'Les fournées spéciales, la veille.',
      en: 'Special bakes, the day before.',
    },
  },
  evenings: {
    name: { fr: 'Soirées d’auteurs', en: 'Author evenings' },
    description: {
      fr: 'Lectures et rencontres, une fois par mois.',
      en: 'Readings and encounters, once a month.',
    },
  },
} as const;
export type ListName = keyof typeof LISTS;

export const FIELDS = [
  { key: 'firstName', type: 'text', label: { fr: 'Prénom', en: 'First name' } },
  { key: 'lastName', type: 'text', label: { fr: 'Nom', en: 'Last name' } },
  { key: 'city', type: 'text', label: { fr: 'Ville', en: 'City' } },
  {
    key: 'genre',
    type: 'choice',
    label: { fr: 'Lecture préférée', en: 'Favourite reading' },
    choices: ['roman', 'polar', 'poésie', 'cuisine'],
  },
] as const;

export const WORDING = {
  purpose: {
    fr: 'vous envoyer les infolettres de la librairie-boulangerie',
    en: 'to send you the newsletters of the bookshop and bakery',
  },
  texts: {
    fr: 'J’accepte de recevoir par courriel les infolettres de Plume & Levain.',
    en: 'I agree to receive the newsletters of Plume & Levain by e-mail.',
  },
} as const;

export const FORM = {
  name: 'Site web',
  title: { fr: 'Le carnet du samedi', en: 'The Saturday notebook' },
  introduction: {
    fr: 'Un livre qu’on a aimé, un pain qu’on a réussi, une histoire de la baie. Chaque samedi, à l’heure du premier café.',
    en: 'A book we loved, a loaf that turned out well, a story from the bay. Every Saturday, with the first coffee.',
  },
  chooseLists: true,
  fields: [{ key: 'firstName' }, { key: 'genre' }],
  optIn: 'double',
  welcome: {
    subject: { fr: 'Bienvenue chez Plume & Levain', en: 'Welcome to Plume & Levain' },
    text: {
      fr: 'Merci ! Le prochain carnet arrive samedi. D’ici là, la porte est ouverte et le four aussi.',
      en: 'Thank you! The next notebook comes on Saturday. Until then the door is open, and so is the oven.',
    },
  },
} as const;

export const NEWSLETTER = {
  name: 'Le carnet du samedi, nº 48',
  versions: {
    fr: {
      subject:
        '{% if fields.firstName %}{{ fields.firstName }}, le{% else %}Le{% endif %} pain est chaud et le polar aussi',
      preheader: 'Un seigle à la mélasse, trois livres pour novembre, une soirée au coin du four.',
    },
    en: {
      subject:
        '{% if fields.firstName %}{{ fields.firstName }}, the{% else %}The{% endif %} bread is warm and so is the mystery',
      preheader: 'Rye with molasses, three books for November, an evening by the oven.',
    },
  },
} as const;

/** Somebody who finds the form. */
export const VISITOR = {
  email: 'margot.beaulieu@lectrice.example',
  language: 'fr',
  firstName: 'Margot',
  genre: 'polar',
} as const;
