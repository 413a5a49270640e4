import type { Content } from '#libs/rendering/index';
import { LISTS, noticeMjml, paragraph } from './layout.ts';

const button = (label: string): string =>
  `<mj-button href="{{ links.confirm }}">${label}</mj-button>`;

const fr: Content = {
  language: 'fr',
  subject: 'Confirmez votre abonnement : {{ sender.name }}',
  preheader: 'Un seul geste, et c’est fait. Le lien est valable sept jours.',
  body: {
    kind: 'mjml',
    mjml: noticeMjml({
      language: 'fr',
      title: 'Confirmez votre abonnement',
      main: [
        paragraph('Bonjour,'),
        paragraph(
          'Quelqu’un, vous sans doute, a donné l’adresse {{ recipient.email }} pour recevoir de {{ sender.name }} :',
        ),
        LISTS,
        paragraph(
          'Ouvrez la page et appuyez sur le bouton pour confirmer. Le lien est valable sept jours.',
        ),
        button('Confirmer mon abonnement'),
      ].join('\n'),
      footer:
        'Vous n’avez rien demandé ? Ne faites rien : sans confirmation, aucune infolettre ne vous sera envoyée.',
    }),
  },
};

const en: Content = {
  language: 'en',
  subject: 'Confirm your subscription: {{ sender.name }}',
  preheader: 'One step, and you are done. The link is good for seven days.',
  body: {
    kind: 'mjml',
    mjml: noticeMjml({
      language: 'en',
      title: 'Confirm your subscription',
      main: [
        paragraph('Hello,'),
        paragraph(
          'Somebody, most likely you, gave the address {{ recipient.email }} to receive from {{ sender.name }}:',
        ),
        LISTS,
        paragraph(
          'Open the page and press the button to confirm. The link is good for seven days.',
        ),
        button('Confirm my subscription'),
      ].join('\n'),
      footer:
        'You did not ask for this? Do nothing: without your confirmation no newsletter will be sent to you.',
    }),
  },
};

/** The mail of a double opt-in, with the link to the page that confirms (C-20). */
export const confirmationContent = { fr, en } as const;
