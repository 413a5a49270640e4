import { hash } from 'node:crypto';
import {
  AccountId,
  CampaignId,
  civilDateIn,
  clear,
  FormId,
  instantOf,
  ListId,
  NewsletterId,
  WordingId,
  type AnyEvent,
  type Evidence,
  type Language,
  type RecipientId,
  type Refusal,
  type StreamDefinition,
} from '#domain/kernel/index';
import type { ConsentGrant } from '#domain/consent/index';
import { accountStream } from '#domain/account/index';
import { campaignStream, type CampaignCommand } from '#domain/campaign/index';
import { formStream, type Welcome } from '#domain/form/index';
import { listStream } from '#domain/list/index';
import { newsletterStream, type NewsletterBody } from '#domain/newsletter/index';
import {
  presentEvidence,
  recipientStream,
  type RecipientCommand,
  type Subscribe,
} from '#domain/recipient/index';
import { handle, handleMany } from '#libs/commands/index';
import { recipientIdOf, type Keyring } from '#libs/keyring/index';
import { newId, type CommandContext, type Ledger } from '#libs/ledger/index';

const fr = 'fr' as Language;
const en = 'en' as Language;
const TIME_ZONE = 'America/Toronto';

export const SENDER = {
  name: 'Café de l’Été & Cie',
  email: 'news@cafe.example',
  postalAddress: '12, rue de l’Église\nQuébec (Québec) G1R 1A1',
};

const VERSION = (language: 'fr' | 'en'): NewsletterBody => ({
  kind: 'mjml',
  mjml: `<mjml lang="${language}"><mj-body><mj-section><mj-column>
    <mj-text>${language === 'fr' ? 'Bonjour' : 'Hello'} {{ fields.firstName | default: "!" }}</mj-text>
    <mj-text><a href="{{ links.viewInBrowser }}">web</a> <a href="{{ links.preferences }}">preferences</a></mj-text>
    <mj-text>{{ sender.block }}</mj-text>
    <mj-text><a href="{{ links.unsubscribe }}">${language === 'fr' ? 'Se désabonner' : 'Unsubscribe'}</a></mj-text>
  </mj-column></mj-section></mj-body></mjml>`,
});

/** Content without the link that each message must have (C-22). */
export const WITHOUT_LINK: NewsletterBody = {
  kind: 'html',
  html: '<html><body><p>Bonjour</p><p>{{ sender.block }}</p></body></html>',
};

export type Person = Readonly<{
  address: string;
  language?: Language;
  listIds: readonly ListId[];
  firstName?: string;
  /** Without consent, `maySend` says no. */
  consent?: boolean;
}>;

const PROOF = { method: 'web form', source: 'shop', reference: 'F-1' };

/** Writes what a test needs into a ledger, by the same commands as the product. */
export class Seed {
  readonly accountId = newId(AccountId);
  readonly #ledger: Ledger;
  readonly #keyring: Keyring;
  readonly #clock: () => number;

  constructor(ledger: Ledger, keyring: Keyring, clock: () => number = Date.now) {
    this.#ledger = ledger;
    this.#keyring = keyring;
    this.#clock = clock;
  }

  context(evidence?: Evidence, byPerson = false): CommandContext {
    return {
      accountId: this.accountId,
      actor: byPerson ? { kind: 'recipient' } : { kind: 'api-client', id: 'test' },
      channel: byPerson ? 'form' : 'api',
      commandId: crypto.randomUUID(),
      correlationId: 'test',
      now: instantOf(this.#clock()),
      ...(evidence === undefined ? {} : { evidence }),
    };
  }

  async #do<C, S, E extends AnyEvent, R extends Refusal>(
    definition: StreamDefinition<C, S, E, R>,
    key: string,
    command: C,
    context = this.context(),
  ): Promise<void> {
    const done = await handle(this.#ledger, { definition, key, command, context });
    if (!done.ok) throw new Error(`${definition.category}: ${done.error.code}`);
  }

  async account(): Promise<void> {
    const terms = {
      name: 'Café de l’Été',
      timeZone: TIME_ZONE,
      languages: [fr, en],
      regimes: ['casl'] as const,
      organisationType: 'commercial' as const,
    };
    const privacyOfficer = { title: 'Direction', email: 'privacy@cafe.example' };
    const contacts = clear({ sender: { ...SENDER, web: 'https://cafe.example' }, privacyOfficer });
    await this.#do(accountStream, this.accountId, { type: 'OpenAccount', terms, contacts });
  }

  async list(name: string): Promise<ListId> {
    const id = newId(ListId);
    const terms = { name: { fr: `Liste ${name}`, en: `List ${name}` }, visible: true };
    await this.#do(listStream, id, { type: 'CreateList', accountId: this.accountId, terms });
    return id;
  }

  async newsletter(body?: NewsletterBody): Promise<NewsletterId> {
    const id = newId(NewsletterId);
    const { accountId } = this;
    await this.#do(newsletterStream, id, { type: 'CreateNewsletter', accountId, name: 'Été' });
    for (const language of ['fr', 'en'] as const) {
      const version = {
        language: language as Language,
        subject: language === 'fr' ? 'Nouvelles de l’été' : 'Summer news',
        body: body ?? VERSION(language),
        hash: hash('sha256', `${id} ${language}`),
      };
      await this.#do(newsletterStream, id, { type: 'SetNewsletterVersion', version });
    }
    return id;
  }

  async form(
    listIds: readonly ListId[],
    optIn: 'single' | 'double',
    welcome: Welcome,
  ): Promise<FormId> {
    const id = newId(FormId);
    const terms = {
      name: 'Form',
      listIds,
      chooseLists: false,
      fields: [],
      wordingId: newId(WordingId),
      optIn,
      welcome,
    };
    await this.#do(formStream, id, { type: 'CreateForm', accountId: this.accountId, terms });
    return id;
  }

  async recipientId(address: string): Promise<RecipientId> {
    const { identity } = await this.#keyring.accountKeys(this.accountId);
    return recipientIdOf(identity, address);
  }

  #at() {
    const now = instantOf(this.#clock());
    return { now, today: civilDateIn(TIME_ZONE, now), timeZone: TIME_ZONE };
  }

  #subscribe(person: Person, more: Pick<Subscribe, 'via' | 'optIn'>): Subscribe {
    const at = this.#at();
    const grant = { kind: 'express', date: at.today } as const;
    return {
      type: 'Subscribe',
      ...at,
      ...more,
      address: clear(person.address),
      language: person.language ?? fr,
      defaultLanguage: fr,
      fields: clear(person.firstName === undefined ? {} : { firstName: person.firstName }),
      listIds: person.listIds,
      organisationType: 'commercial',
      since: at.now,
      ...(person.consent === false
        ? {}
        : { consent: { grant, proof: clear(PROOF), evidence: presentEvidence(PROOF) } }),
    };
  }

  /** By the client, with express consent unless it is withheld. */
  async people(people: readonly Person[]): Promise<readonly RecipientId[]> {
    const ids = await Promise.all(people.map(({ address }) => this.recipientId(address)));
    const requests = people.map((person, index) => ({
      definition: recipientStream,
      key: ids[index] ?? '',
      command: this.#subscribe(person, { via: 'client', optIn: 'single' }),
      context: this.context(),
    }));
    const outcomes = await handleMany(this.#ledger, requests);
    for (const outcome of outcomes) if (!outcome.ok) throw new Error(outcome.error.code);
    return ids;
  }

  /** By the person, on a form. */
  async submit(formId: FormId, person: Person, optIn: 'single' | 'double'): Promise<RecipientId> {
    const id = await this.recipientId(person.address);
    const command = this.#subscribe(person, { via: 'person', optIn });
    await this.#do(recipientStream, id, command, this.context({ formId }, true));
    return id;
  }

  /** By the person, on the preference page, after leaving everything. `evidence`: the message that led there. */
  async comeBack(person: Person, wordingId: WordingId, evidence: Evidence): Promise<RecipientId> {
    const id = await this.recipientId(person.address);
    const command = this.#subscribe(person, { via: 'person', optIn: 'double' });
    const wording = { wordingId, version: 1, hash: 'a'.repeat(64) };
    const context = this.context(evidence, true);
    await this.#do(recipientStream, id, command, { ...context, channel: 'preferences', wording });
    return id;
  }

  async recipient(
    id: RecipientId,
    command:
      | { type: 'Unsubscribe' }
      | { type: 'RefuseConsent' }
      | { type: 'ConfirmSubscription'; requestedAt: Subscribe['now'] }
      | Readonly<{ type: 'RecordConsent'; grant: ConsentGrant }>,
    evidence?: Evidence,
  ): Promise<void> {
    const at = this.#at();
    const whole = ((): RecipientCommand => {
      switch (command.type) {
        case 'Unsubscribe':
          return { ...at, ...command, scope: 'all', since: at.now };
        case 'RecordConsent': {
          const evidence = presentEvidence(PROOF);
          return {
            ...at,
            ...command,
            organisationType: 'commercial',
            proof: clear(PROOF),
            evidence,
          };
        }
        default:
          return { ...at, ...command };
      }
    })();
    await this.#do(recipientStream, id, whole, this.context(evidence, true));
  }

  /** A campaign that may be planned at once. */
  async startedCampaign(
    newsletterId: NewsletterId,
    listIds: readonly ListId[],
  ): Promise<CampaignId> {
    const id = await this.campaign(newsletterId, listIds);
    await this.move(id, 'StartCampaign');
    return id;
  }

  async campaign(
    newsletterId: NewsletterId,
    listIds: readonly ListId[],
    startInMilliseconds?: number,
  ): Promise<CampaignId> {
    const id = newId(CampaignId);
    const now = this.#clock();
    const command: CampaignCommand = {
      type: 'DraftCampaign',
      accountId: this.accountId,
      newsletterId,
      audience: { listIds },
      now: instantOf(now),
      ...(startInMilliseconds === undefined
        ? {}
        : { startAt: instantOf(now + startInMilliseconds) }),
    };
    await this.#do(campaignStream, id, command);
    return id;
  }

  async move(
    id: CampaignId,
    type: 'StartCampaign' | 'ResumeCampaign' | 'CancelCampaign' | 'PauseCampaign',
  ): Promise<void> {
    const now = instantOf(this.#clock());
    const command: CampaignCommand =
      type === 'PauseCampaign' ? { type, cause: 'asked', now } : { type, now };
    await this.#do(campaignStream, id, command);
  }
}
