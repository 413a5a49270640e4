import { randomUUID } from 'node:crypto';
import type { Engines } from '#apps/composition/index';
import {
  AccountId,
  civilDateIn,
  FormId,
  instantOf,
  RecipientId,
  WordingId,
  type Recorded,
} from '#domain/kernel/index';
import {
  recipientStream,
  type RecipientCommand,
  type RecipientEvent,
} from '#domain/recipient/index';
import { handle } from '#libs/commands/index';
import { sealLink, type LinkKind } from '#libs/public-links/index';
import type { Client } from './client.ts';
import { type Answer } from './client.ts';
import { runToEnd, settings, type Ended } from './program.ts';
import { expressMapping, type Publisher } from './publisher.ts';

export const SUPPRESSIONS = ['unsubscribed', 'complaint', 'invalid', 'erased'] as const;
export type Suppression = (typeof SUPPRESSIONS)[number];

const TIME_ZONE = 'America/Toronto';

export type Scene = Readonly<{
  publisher: Publisher;
  stranger: Client;
  engines: Engines;
  dataDirectory: string;
  formId: string;
}>;

/** One person who must not be written to, and every way by which somebody could try to. */
export class Suppressed {
  readonly #scene: Scene;
  readonly email: string;
  readonly id: RecipientId;

  private constructor(scene: Scene, email: string, id: RecipientId) {
    this.#scene = scene;
    this.email = email;
    this.id = id;
  }

  /** A customer who came by the API, and has been suppressed since. */
  static async by(suppression: Suppression, scene: Scene): Promise<Suppressed> {
    const email = `${suppression}-${randomUUID()}@matrix.example`;
    const body = { email, listIds: [scene.publisher.listId], consent: purchaseOf('2026-01-15') };
    const { id } = (await scene.publisher.client.post('/v1/recipients', body)).body;
    const person = new Suppressed(scene, email, RecipientId.parse(id));
    await person.#suppress(suppression);
    return person;
  }

  async #suppress(suppression: Suppression): Promise<void> {
    const { client } = this.#scene.publisher;
    const path = `/v1/recipients/${this.id}`;
    const at = clock();
    switch (suppression) {
      case 'unsubscribed':
        await client.post(`${path}/unsubscribe`, { scope: 'all' });
        return;
      case 'complaint':
        await this.#system({
          type: 'RecordComplaint',
          ...at,
          source: 'feedback-report',
          since: at.now,
        });
        return;
      case 'invalid':
        await this.#system({ type: 'InvalidateAddress', ...at, cause: 'bounce', since: at.now });
        return;
      case 'erased':
        await client.post(`${path}/erase`, { reason: 'asked' });
    }
  }

  /** What a bounce or a complaint does; no route of the API can. */
  async #system(command: RecipientCommand): Promise<void> {
    const { engines, publisher } = this.#scene;
    const done = await handle(engines.ledger, {
      definition: recipientStream,
      key: this.id,
      command,
      context: {
        accountId: AccountId.parse(publisher.accountId),
        actor: { kind: 'system', id: 'test' },
        channel: 'bounce',
        commandId: randomUUID(),
        correlationId: randomUUID(),
        now: command.now,
      },
    });
    if (!done.ok) throw new Error(done.error.code);
  }

  history(): Promise<readonly Recorded<RecipientEvent>[]> {
    return this.#scene.engines.ledger.read(recipientStream, this.id);
  }

  /** The row of a file that says they are subscribed, with consent. */
  async import(date = '2026-02-01'): Promise<Answer['body']> {
    const { client, listId, wordingId } = this.#scene.publisher;
    const file = `Email,Prenom,Langue,Date\n${this.email},X,fr,${date}\n`;
    const mapping = expressMapping(listId, wordingId);
    const { id } = await this.#scene.publisher.upload(file, mapping).then(async (importId) => ({
      id: importId,
      ...(await this.#scene.publisher.imported(importId)),
    }));
    const rows = await client.get(`/v1/imports/${String(id)}/rows`);
    return JSON.parse(rows.text);
  }

  subscribe(): Promise<Answer> {
    const { client, listId } = this.#scene.publisher;
    const body = { email: this.email, listIds: [listId], consent: purchaseOf('2026-02-01') };
    return client.call('POST', '/v1/recipients', { body });
  }

  /** C-28: an invoice of today, by the API. */
  buy(): Promise<Answer> {
    const { client } = this.#scene.publisher;
    const body = purchaseOf(clock().today);
    return client.call('POST', `/v1/recipients/${this.id}/consents`, { body });
  }

  /** The form of the account, and the button behind the link in the mail that it sends. */
  async signUp(): Promise<void> {
    const { stranger, formId } = this.#scene;
    const body = new URLSearchParams({ email: this.email, language: 'fr', consent: 'on' });
    const sent = await stranger.call('POST', `/f/${formId}`, { body });
    if (sent.status !== 200) throw new Error(`The form answered ${String(sent.status)}.`);
  }

  /** The button behind the link of the mail that a form, or the preference page, has sent. */
  async confirm(): Promise<number> {
    const requested = (await this.history()).findLast(
      ({ event }) => event.type === 'RecipientSubscribed' || event.type === 'ListsJoined',
    );
    const issued = requested?.event.data.at ?? clock().now;
    const { channel, wording } = requested?.metadata ?? {};
    const about =
      channel === 'preferences' ? WordingId.parse(wording?.wordingId ?? '') : this.#form;
    const path = `/confirm/${this.#token('confirm', about, issued)}`;
    return (await this.#scene.stranger.call('POST', path)).status;
  }

  /** The page as it is, saved with its list ticked. */
  preferences(): Promise<Answer> {
    return this.#onPreferences({ page: 'preferences', language: 'fr' });
  }

  /** The part of the preference page that brings back, as far as the page shows it; sent all the same. */
  async comeBack(): Promise<Answer> {
    const shown = await this.#scene.stranger.call('GET', this.#preferencesPath());
    const [, statement = ''] = /name="statement" value="([0-9a-f]+)"/.exec(shown.text) ?? [];
    return this.#onPreferences({ page: 'return', statement, consent: 'on' });
  }

  #onPreferences(fields: Readonly<Record<string, string>>): Promise<Answer> {
    const body = new URLSearchParams(fields);
    body.append('lists[]', this.#scene.publisher.listId);
    return this.#scene.stranger.call('POST', this.#preferencesPath(), { body });
  }

  #preferencesPath(): string {
    return `/p/${this.#token('preferences', this.#form, clock().now)}`;
  }

  get #form(): FormId {
    return FormId.parse(this.#scene.formId);
  }

  #token(kind: LinkKind, about: FormId | WordingId, issued: ReturnType<typeof instantOf>): string {
    const { engines, publisher } = this.#scene;
    const accountId = AccountId.parse(publisher.accountId);
    const link = { kind, accountId, recipientId: this.id, about, issued };
    return sealLink(engines.keyring.tokenKey(), link);
  }

  /** By the API, after the warning; `key` says with whose authority. */
  async reactivate(client = this.#scene.publisher.client): Promise<Answer> {
    const path = `/v1/recipients/${this.id}/reactivate`;
    const warning = await this.#scene.publisher.client.call('GET', path);
    const body = {
      acknowledgedWarningId: String(warning.body.warningId ?? 'none'),
      reason: 'called us',
      consent: purchaseOf(clock().today),
    };
    return client.call('POST', path, { body });
  }

  /** `attesta recipient …` at the console of the machine. */
  console(...words: readonly string[]): Promise<Ended> {
    const { dataDirectory, publisher } = this.#scene;
    const [command = '', ...rest] = words;
    return runToEnd(
      'cli',
      ['recipient', command, this.email, '--account', publisher.accountId, '--json', ...rest],
      settings(dataDirectory, 0),
    );
  }
}

export const clock = () => {
  const now = instantOf(Date.now());
  return { now, today: civilDateIn(TIME_ZONE, now), timeZone: TIME_ZONE };
};

export const purchaseOf = (date: string) => ({
  kind: 'implied',
  basis: 'purchase',
  date,
  evidence: { reference: 'F-2026-12' },
});
