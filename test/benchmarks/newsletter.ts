/** What the benchmarks send: about 17 KB of HTML, as newsletters are. */
const NEWS = Array.from(
  { length: 5 },
  (_, index) => `
  <mj-section><mj-column>
    <mj-text>Nouvelle ${String(index + 1)} de l’été pour {{ fields.firstName }}</mj-text>
    <mj-text>${'Un paragraphe comme on en lit dans les infolettres, ni court ni long. '.repeat(9)}</mj-text>
    <mj-button href="{{ links.viewInBrowser }}">Lire la suite</mj-button>
  </mj-column></mj-section>`,
).join('');

export const NEWSLETTER = {
  language: 'fr',
  subject: 'Nouvelles de l’été',
  body: {
    kind: 'mjml',
    mjml: `<mjml lang="fr"><mj-body>${NEWS}<mj-section><mj-column>
  <mj-text>{{ sender.block }}</mj-text>
  <mj-text><a href="{{ links.preferences }}">Préférences</a> <a href="{{ links.unsubscribe }}">Se désabonner</a></mj-text>
  </mj-column></mj-section></mj-body></mjml>`,
  },
} as const;

export const FIRST_NAME = 'Zoé';

export const addressOf = (index: number): string => `person${String(index)}@example.org`;
