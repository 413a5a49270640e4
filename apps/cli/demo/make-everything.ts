import type { Bilingual } from '#domain/kernel/index';
import type { Output } from '../terminal/output.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { DemoFailed, type DemoClient } from './demo-client.ts';
import { ACCOUNT } from './example/bookshop.ts';
import { PEOPLE } from './example/people.ts';
import { MailboxPages } from './mailbox.ts';
import type { Made } from './made.ts';
import { importPeople } from './steps/import-people.ts';
import { openPublisher } from './steps/open-publisher.ts';
import { pickPeople } from './steps/pick-people.ts';
import { sendCampaign, writeNewsletter } from './steps/send-campaign.ts';
import { signUp } from './steps/sign-up.ts';
import { unsubscribeSome } from './steps/unsubscribe-some.ts';

/** One line for each step that is done, with the time that it took; a bar while it lasts. */
class Steps {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  async take<T>(
    doing: Bilingual,
    work: (onProgress: (done: number, total: number) => void) => Promise<T>,
    done: (result: T) => Bilingual,
  ): Promise<T> {
    const bar = new ProgressBar(this.#output, `  … ${this.#output.words(doing)}`);
    this.#output.draw(`  … ${this.#output.words(doing)}`);
    const startedAt = performance.now();
    const result = await work((count, total) => bar.show(count, total));
    bar.end();
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const words = done(result);
    this.#output.say({
      fr: `  ✓ ${words.fr} (${seconds.replace('.', ',')} s)`,
      en: `  ✓ ${words.en} (${seconds} s)`,
    });
    return result;
  }
}

/** The whole demo on a product that has nothing yet, or only what an interrupted demo made. */
export const makeEverything = async (
  operator: DemoClient,
  startedAt: number,
  output: Output,
): Promise<Made> => {
  const steps = new Steps(output);
  const n = (count: number): string => output.number(count);
  output.say({
    fr: `\n${ACCOUNT.name} — une démonstration d’Attesta sur ${operator.url}\n`,
    en: `\n${ACCOUNT.name} — a demo of Attesta on ${operator.url}\n`,
  });

  const publisher = await steps.take(
    { fr: 'Ouverture du compte', en: 'Opening the account' },
    () => openPublisher(operator),
    () => ({
      fr: 'Un compte bilingue, trois listes, quatre champs, un texte de consentement, un formulaire',
      en: 'A bilingual account, three lists, four fields, a consent wording, a form',
    }),
  );
  const client = operator.with(publisher.apiKey);
  const imported = await steps.take(
    { fr: 'Importation', en: 'Importing' },
    (onProgress) => importPeople(client, publisher, startedAt, onProgress),
    (count) => ({
      fr: `${n(count)} destinataires importés de quatre fichiers Mailchimp ; ${PEOPLE.brokenRows} lignes refusées`,
      en: `${n(count)} recipients imported from four Mailchimp files; ${PEOPLE.brokenRows} rows refused`,
    }),
  );
  const newsletterId = await steps.take(
    { fr: 'Rédaction', en: 'Writing' },
    () => writeNewsletter(client),
    () => ({
      fr: 'Une infolettre en français et en anglais',
      en: 'A newsletter in French and English',
    }),
  );
  const sent = await steps.take(
    { fr: 'Envoi', en: 'Sending' },
    (onProgress) => sendCampaign(client, publisher, newsletterId, onProgress),
    (campaign) => ({
      fr: `${n(campaign.sent)} messages envoyés ; ${n(campaign.skipped)} personnes laissées en paix (${PEOPLE.formerCustomers} consentements expirés, ${PEOPLE.contestants} sans consentement)`,
      en: `${n(campaign.sent)} messages sent; ${n(campaign.skipped)} people left in peace (${PEOPLE.formerCustomers} consents expired, ${PEOPLE.contestants} without consent)`,
    }),
  );
  const mailbox = new MailboxPages(client);
  const [message] = await mailbox.newest(1);
  if (message === undefined) throw new DemoFailed('the mailbox is empty');
  const left = await steps.take(
    { fr: 'Désabonnements', en: 'Unsubscribing' },
    () => unsubscribeSome(client, publisher),
    (ids) => ({
      fr: `${ids.length} personnes désabonnées en un clic, par l’en-tête de leur message`,
      en: `${ids.length} people unsubscribed with one click, by the header of their message`,
    }),
  );
  const visitor = await steps.take(
    { fr: 'Inscription', en: 'Signing up' },
    () => signUp(client, publisher),
    () => ({
      fr: 'Une personne inscrite par le formulaire, confirmée par le lien reçu, accueillie',
      en: 'A person signed up by the form, confirmed by the link in the mail, and welcomed',
    }),
  );
  const people = await pickPeople(client, publisher.listIds.saturday, { startedAt, left });
  const viewUrl = await mailbox.link(message.id, 'v');
  const [firstLeft] = left;
  if (firstLeft === undefined) throw new DemoFailed('nobody unsubscribed');
  return {
    publisher,
    imported,
    sent,
    visitor,
    viewUrl,
    ...people,
    unsubscribed: left.length,
    messageId: message.id,
    left: firstLeft,
  };
};
