import { Client, type Answer } from './client.ts';
import { OPERATOR_KEY, type RunningProgram } from './program.ts';
import { until } from './until.ts';

export const SENDER = {
  name: 'Les Éditions du Phare',
  email: 'bonjour@phare.example',
  postalAddress: '12, rue du Phare, Québec QC G1R 4S9, Canada',
  web: 'https://phare.example',
};

export const ACCOUNT = {
  name: 'Le Phare',
  timeZone: 'America/Toronto',
  languages: ['fr', 'en'],
  regimes: ['casl'],
  organisationType: 'commercial',
  sender: SENDER,
  privacyOfficer: { title: 'Responsable', email: 'vie-privee@phare.example' },
};

/** How rows of the columns Email, Prenom, Langue and Date become recipients with express consent. */
export const expressMapping = (listId: string, wordingId: string) => ({
  columns: { Email: 'email', Prenom: 'fields.firstName', Langue: 'language' },
  listIds: [listId],
  consent: {
    kind: 'express',
    dateColumns: ['Date'],
    method: 'web form',
    source: 'shop',
    attestedBy: 'Privacy officer',
    wordingId,
  },
});

export type Version = Readonly<{ subject: string; mjml: string }>;

const mjml = (greeting: string, leave: string): string =>
  `<mjml><mj-body><mj-section><mj-column>
  <mj-text>${greeting} {{ fields.firstName }}, {{ recipient.email }}</mj-text>
  <mj-text>{{ sender.block }}</mj-text>
  <mj-text><a href="{{ links.unsubscribe }}">${leave}</a></mj-text>
  </mj-column></mj-section></mj-body></mjml>`;

export const VERSIONS: Readonly<Record<'fr' | 'en', Version>> = {
  fr: { subject: 'Nouvelles pour {{ fields.firstName }}', mjml: mjml('Bonjour', 'Se désabonner') },
  en: { subject: 'News for {{ fields.firstName }}', mjml: mjml('Hello', 'Unsubscribe') },
};

/** An account with a list, a field, a wording, and everything that its people do through the API. */
export class Publisher {
  readonly client: Client;
  readonly accountId: string;
  readonly key: string;
  readonly listId: string;
  readonly wordingId: string;

  private constructor(
    made: Pick<Publisher, 'client' | 'accountId' | 'key' | 'listId' | 'wordingId'>,
  ) {
    this.client = made.client;
    this.accountId = made.accountId;
    this.key = made.key;
    this.listId = made.listId;
    this.wordingId = made.wordingId;
  }

  static async open(
    { url }: Pick<RunningProgram, 'url'>,
    operatorKey = OPERATOR_KEY,
  ): Promise<Publisher> {
    const operator = new Client(url, operatorKey);
    const { id: accountId } = (await operator.post('/v1/accounts', ACCOUNT)).body;
    const issued = { name: 'everything', scopes: ['*'] };
    const { key } = (await operator.post(`/v1/accounts/${accountId}/api-keys`, issued)).body;
    const client = new Client(url, key);
    const list = await client.post('/v1/lists', { name: { fr: 'Infolettre', en: 'Newsletter' } });
    const label = { fr: 'Prénom', en: 'First name' };
    await client.post('/v1/fields', { key: 'firstName', type: 'text', label });
    const texts = {
      fr: 'J’accepte de recevoir l’infolettre.',
      en: 'I agree to get the newsletter.',
    };
    const wording = await client.post('/v1/wordings', { purpose: 'newsletter', texts });
    const [listId, wordingId] = [list.body.id, wording.body.id];
    return new Publisher({ client, accountId, key, listId, wordingId });
  }

  /** The same account, served at another address: by a program that was started again. */
  at({ url }: Pick<RunningProgram, 'url'>): Publisher {
    const { accountId, key, listId, wordingId } = this;
    return new Publisher({ client: new Client(url, key), accountId, key, listId, wordingId });
  }

  /** Uploads a file; the id of the import. */
  async upload(file: string, mapping: object, dryRun = false): Promise<string> {
    const query = new URLSearchParams({ mapping: JSON.stringify(mapping), dryRun: String(dryRun) });
    const sent = await this.client.post(`/v1/imports?${query.toString()}`, file, {
      'content-type': 'text/csv',
    });
    return sent.body.id;
  }

  /** The import, once it is over. */
  async imported(id: string): Promise<Answer['body']> {
    return until('an import to end', async () => {
      const { body } = await this.client.get(`/v1/imports/${id}`);
      return ['completed', 'failed'].includes(body.status) && body;
    });
  }

  async import(file: string, mapping: object): Promise<Answer['body']> {
    return this.imported(await this.upload(file, mapping));
  }

  /** A newsletter in French and English, or in what is given. */
  async write(
    name: string,
    versions: Readonly<Record<string, Version>> = VERSIONS,
  ): Promise<string> {
    const { id } = (await this.client.post('/v1/newsletters', { name })).body;
    for (const [language, version] of Object.entries(versions)) {
      await this.client.put(`/v1/newsletters/${id}/versions/${language}`, version);
    }
    return id;
  }

  /** Starts a campaign to the list; its id. */
  async start(newsletterId: string, listIds = [this.listId]): Promise<string> {
    const draft = { newsletterId, audience: { listIds } };
    const { id } = (await this.client.post('/v1/campaigns', draft)).body;
    await this.client.post(`/v1/campaigns/${id}/start`);
    return id;
  }

  async completed(campaignId: string): Promise<Answer['body']> {
    return until('a campaign to be completed', async () => {
      const { body } = await this.client.get(`/v1/campaigns/${campaignId}`);
      return body.status === 'completed' && body.counts.pending === 0 && body;
    });
  }

  /** The person with that address, as the directory has them; undefined when it has nobody. */
  async find(email: string): Promise<Answer['body']> {
    const { body } = await this.client.get(`/v1/recipients?email=${encodeURIComponent(email)}`);
    return body.items[0];
  }

  async timeline(recipientId: string): Promise<Answer['body'][]> {
    const { revision } = (await this.client.get(`/v1/recipients/${recipientId}`)).body;
    return until('the timeline to show every event of the recipient', async () => {
      const url = `/v1/recipients/${recipientId}/timeline?limit=500`;
      const items: Answer['body'][] = (await this.client.get(url)).body.items;
      const own = items.filter(({ type }) => !String(type).startsWith('Delivery'));
      return own.length > revision ? items : undefined;
    });
  }

  async explain(recipientId: string): Promise<Answer['body']> {
    const path = `/v1/recipients/${recipientId}/explain?listId=${this.listId}`;
    return (await this.client.get(path)).body;
  }
}
