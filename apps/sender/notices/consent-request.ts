import type { Content } from '#libs/rendering/index';
import { LISTS, noticeMjml, paragraph } from './layout.ts';

const button = (label: string): string =>
  `<mj-button href="{{ links.consent }}">${label}</mj-button>`;

const fr: Content = {
  language: 'fr',
  subject: 'Souhaitez-vous encore recevoir nos messages ? {{ sender.name }}',
  preheader:
    'Sans réponse de votre part, nous cesserons de vous écrire après le {{ consent.lastDay }}.',
  body: {
    kind: 'mjml',
    mjml: noticeMjml({
      language: 'fr',
      title: 'Souhaitez-vous encore recevoir nos messages ?',
      main: [
        paragraph('Bonjour,'),
        paragraph('{{ sender.name }} vous envoie :'),
        LISTS,
        paragraph(
          'Nous vous écrivons en raison de ce qui nous lie : {{ consent.relation }}. Nous pouvons le faire jusqu’au {{ consent.lastDay }} inclus. Ensuite nous cesserons, sauf si vous acceptez que nous continuions.',
        ),
        paragraph(
          'Ouvrez la page pour lire la question et y répondre. Ouvrir la page ne vous engage à rien.',
        ),
        button('Lire la question et répondre'),
      ].join('\n'),
      footer:
        'Vous ne voulez plus de nos messages ? <a href="{{ links.unsubscribe }}">Se désabonner</a>, l’effet est immédiat. Ou <a href="{{ links.preferences }}">gérer mes préférences</a>.',
    }),
  },
};

const en: Content = {
  language: 'en',
  subject: 'Would you still like to hear from us? {{ sender.name }}',
  preheader: 'Without an answer from you we stop writing after {{ consent.lastDay }}.',
  body: {
    kind: 'mjml',
    mjml: noticeMjml({
      language: 'en',
      title: 'Would you still like to hear from us?',
      main: [
        paragraph('Hello,'),
        paragraph('You receive from {{ sender.name }}:'),
        LISTS,
        paragraph(
          'We write to you because of what lies between us: {{ consent.relation }}. We may do so until {{ consent.lastDay }} inclusive. Then we stop, unless you agree.',
        ),
        paragraph(
          'Open the page to read the question and answer it. Opening the page commits you to nothing.',
        ),
        button('Read the question and answer'),
      ].join('\n'),
      footer:
        'You do not want our messages any more? <a href="{{ links.unsubscribe }}">Unsubscribe</a>, it takes effect at once. Or <a href="{{ links.preferences }}">manage my preferences</a>.',
    }),
  },
};

/** Asks for express consent while an implied one still allows it; the page behind the link records it (C-16, C-20). */
export const consentRequestContent = { fr, en } as const;
