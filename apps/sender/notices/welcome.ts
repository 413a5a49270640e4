import type { Content } from '#libs/rendering/index';
import { LISTS, noticeMjml, paragraph } from './layout.ts';

/** The account's own words, where its form has some, stand in place of ours. */
const ownWordsOr = (ours: string): string =>
  `{% if form.text %}${paragraph('{{ form.text | newline_to_br }}')}{% else %}${ours}{% endif %}`;

const ownSubjectOr = (ours: string): string =>
  `{% if form.subject %}{{ form.subject }}{% else %}${ours}{% endif %}`;

const fr: Content = {
  language: 'fr',
  subject: ownSubjectOr('Bienvenue chez {{ sender.name }}'),
  preheader: 'Votre abonnement est enregistré. Vous pouvez le quitter d’un clic.',
  body: {
    kind: 'mjml',
    mjml: noticeMjml({
      language: 'fr',
      title: 'Votre abonnement est enregistré',
      main: [
        ownWordsOr(
          paragraph(
            'Bonjour et bienvenue ! {{ recipient.email }} recevra désormais de {{ sender.name }} :',
          ),
        ),
        LISTS,
        paragraph('<a href="{{ links.preferences }}">Gérer mes préférences</a>'),
      ].join('\n'),
      footer:
        'Ce n’était pas vous, ou vous avez changé d’avis ? <a href="{{ links.unsubscribe }}">Se désabonner</a>. L’effet est immédiat.',
    }),
  },
};

const en: Content = {
  language: 'en',
  subject: ownSubjectOr('Welcome to {{ sender.name }}'),
  preheader: 'Your subscription is recorded. You can leave with one click.',
  body: {
    kind: 'mjml',
    mjml: noticeMjml({
      language: 'en',
      title: 'Your subscription is recorded',
      main: [
        ownWordsOr(
          paragraph(
            'Hello and welcome! From now on {{ recipient.email }} receives from {{ sender.name }}:',
          ),
        ),
        LISTS,
        paragraph('<a href="{{ links.preferences }}">Manage my preferences</a>'),
      ].join('\n'),
      footer:
        'It was not you, or you changed your mind? <a href="{{ links.unsubscribe }}">Unsubscribe</a>. It takes effect at once.',
    }),
  },
};

/** Confirms each subscription and carries the unsubscribe link, so that an address that somebody else entered can be removed at once (COL-2). */
export const welcomeContent = { fr, en } as const;
