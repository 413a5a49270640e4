import { randomUUID } from 'node:crypto';
import {
  AccountId,
  CampaignId,
  clear,
  FormId,
  instantOf,
  ListId,
  NewsletterId,
  RecipientId,
  type AnyEvent,
  type Evidence,
  type Refusal,
  type StreamDefinition,
  type WordingId,
  type WordingShown,
} from '#domain/kernel/index';
import { deliveryStream, type DeliveryCommand } from '#domain/delivery/index';
import { recipientStream, type Recipient, type RecipientCommand } from '#domain/recipient/index';
import { handle } from '#libs/commands/index';
import { recipientIdOf } from '#libs/keyring/index';
import { newId } from '#libs/ledger/index';
import { sealLink, type LinkKind } from '#libs/public-links/index';
import { whenProcessed } from '#libs/projecting/index';
import { catalogue } from '#projections/catalogue/index';
import { openTenant } from '../../testing/accounts.ts';
import type { Answered, RunningApi } from '../../testing/running-api.ts';

export const NEWSLETTER = (hello: string): string =>
  `<!doctype html><html><head><title>N</title></head><body><script>document.title = 'script ran';</script><h1>${hello} {{ fields.firstName }}</h1><p><a href="{{ links.unsubscribe }}">out</a></p><p>{{ sender.block }}</p></body></html>`;

/** An account with three lists, fields, two forms and a bilingual newsletter, made through the API. */
export type PublicWorld = Awaited<ReturnType<typeof publicWorld>>;

export const publicWorld = async (api: RunningApi) => {
  const tenant = await openTenant(api);
  const accountId = AccountId.parse(tenant.accountId);
  const make = async (url: string, body: unknown, method: 'POST' | 'PUT' = 'POST') => {
    const made = await api.call({ method, url, key: tenant.key, body });
    if (made.status >= 300) throw new Error(`${url}: ${made.text}`);
    return made;
  };
  const idOf = async (url: string, body: unknown): Promise<string> =>
    String((await make(url, body)).body.id);

  const list = async (fr: string, en: string, more = {}): Promise<ListId> =>
    ListId.parse(await idOf('/v1/lists', { name: { fr, en }, ...more }));
  const lists = {
    news: await list('Nouvelles', 'News', {
      description: { fr: 'Une fois par mois.', en: 'Once a month.' },
    }),
    events: await list('Rencontres', 'Events'),
    offers: await list('Offres', 'Offers'),
    internal: await list('Interne', 'Internal', { visible: false }),
  };
  const fields = [
    { key: 'firstName', type: 'text', label: { fr: 'Prénom', en: 'First name' } },
    { key: 'children', type: 'number', label: { fr: 'Enfants', en: 'Children' } },
    { key: 'birthday', type: 'date', label: { fr: 'Anniversaire', en: 'Birthday' } },
    { key: 'vegetarian', type: 'boolean', label: { fr: 'Sans viande', en: 'Vegetarian' } },
    {
      key: 'region',
      type: 'choice',
      label: { fr: 'Région', en: 'Region' },
      choices: ['Montréal', 'Québec'],
    },
    { key: 'origin', type: 'text', label: { fr: 'Origine', en: 'Origin' }, hidden: true },
    { key: 'health', type: 'text', label: { fr: 'Santé', en: 'Health' }, sensitive: true },
  ];
  for (const field of fields) await make('/v1/fields', field);
  const texts = {
    fr: 'J’accepte de recevoir les <nouvelles> de l’Atelier.',
    en: 'I agree to receive the <news> of the Atelier.',
  };
  const purpose = { fr: 'nouvelles de l’atelier', en: 'news of the workshop' };
  const wordingId = await idOf('/v1/wordings', { purpose, texts });
  const form = async (more: object): Promise<FormId> =>
    FormId.parse(
      await idOf('/v1/forms', {
        name: 'Home page',
        title: { fr: 'Recevez nos nouvelles', en: 'Get our news' },
        introduction: { fr: 'Un mot par mois.', en: 'A word a month.' },
        listIds: [lists.news],
        wordingId,
        optIn: 'double',
        ...more,
      }),
    );
  const asked = [
    { key: 'firstName', required: true },
    { key: 'children' },
    { key: 'birthday' },
    { key: 'vegetarian' },
    { key: 'region' },
    { key: 'origin', hidden: true, value: 'home page' },
  ];
  const forms = {
    double: await form({}),
    single: await form({ optIn: 'single' }),
    rich: await form({
      chooseLists: true,
      listIds: [lists.news, lists.events],
      fields: asked,
      optIn: 'single',
    }),
  };
  const newsletterId = NewsletterId.parse(await idOf('/v1/newsletters', { name: 'May' }));
  for (const [language, hello] of [
    ['fr', 'Bonjour'],
    ['en', 'Hello'],
  ] as const) {
    const version = { subject: `${hello} {{ fields.firstName }}`, html: NEWSLETTER(hello) };
    await make(`/v1/newsletters/${newsletterId}/versions/${language}`, version, 'PUT');
  }

  const { ledger, keyring, readStore } = api.engines;
  const context = (more: Readonly<{ evidence?: Evidence; wording?: WordingShown }>) => ({
    ...more,
    accountId,
    actor: { kind: 'system' as const },
    channel: 'rule' as const,
    commandId: randomUUID(),
    correlationId: randomUUID(),
    now: instantOf(Date.now()),
  });
  const carryOut = async <C, S, E extends AnyEvent, R extends Refusal>(
    definition: StreamDefinition<C, S, E, R>,
    key: string,
    command: C,
    more: Parameters<typeof context>[0] = {},
  ): Promise<void> => {
    const done = await handle(ledger, { definition, key, command, context: context(more) });
    if (!done.ok) throw new Error(done.error.code);
  };
  const recipientOf = async (email: string): Promise<RecipientId> =>
    recipientIdOf((await keyring.accountKeys(accountId)).identity, email);
  const events = (id: RecipientId) => ledger.read(recipientStream, id);
  const recipient = async (id: RecipientId): Promise<Recipient> =>
    (await events(id)).reduce(
      (state, { event }) => recipientStream.evolve(state, event),
      recipientStream.initialState,
    );
  const subscriber = async (email: string, listIds: readonly ListId[]): Promise<RecipientId> => {
    const body = {
      email,
      language: 'fr',
      fields: { firstName: 'Éloïse' },
      listIds,
      consent: {
        kind: 'express',
        date: '2026-01-15',
        method: 'paper',
        source: 'fair',
        evidence: { reference: 'card' },
      },
    };
    return RecipientId.parse(await idOf('/v1/recipients', body));
  };
  /** The newsletter is planned for the person, by way of these lists. */
  const sendTo = async (recipientId: RecipientId, listIds: readonly ListId[]): Promise<void> =>
    carryOut(deliveryStream, `${newsletterId}.${recipientId}`, {
      type: 'PlanDelivery',
      now: instantOf(Date.now()),
      accountId,
      recipientId,
      content: { kind: 'newsletter', newsletterId, campaignId: newId(CampaignId) },
      listIds,
    });
  const token = (
    kind: LinkKind,
    recipientId: RecipientId,
    about: NewsletterId | FormId | WordingId = newsletterId,
    issued = Date.now(),
  ): string =>
    sealLink(keyring.tokenKey(), {
      kind,
      accountId,
      recipientId,
      about,
      issued: instantOf(issued),
    });

  const open = (url: string, headers: Record<string, string> = {}) =>
    api.call({ url, headers: { accept: 'text/html', ...headers } });
  const post = (
    url: string,
    form: readonly (readonly [string, string])[],
    headers: Record<string, string> = {},
  ): Promise<Answered> =>
    api.call({
      method: 'POST',
      url,
      body: new URLSearchParams(
        form.map(([name, value]): [string, string] => [name, value]),
      ).toString(),
      headers: {
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
    });
  const model = await readStore.serving(catalogue);
  const head = await ledger.head();
  if (head !== undefined) await whenProcessed(model, head, { timeoutMilliseconds: 20_000 });
  const command = (id: RecipientId, given: RecipientCommand, wording?: WordingShown) =>
    carryOut(recipientStream, id, given, wording === undefined ? {} : { wording });
  const delivery = (key: string, given: DeliveryCommand, evidence: Evidence = {}) =>
    carryOut(deliveryStream, key, given, { evidence });
  const erase = (id: RecipientId): Promise<void> =>
    command(id, {
      type: 'Erase',
      now: instantOf(Date.now()),
      today: '2026-11-24' as never,
      timeZone: 'America/Toronto',
      reason: clear('asked'),
    });
  return {
    ...tenant,
    accountId,
    lists,
    forms,
    wordingId,
    texts,
    newsletterId,
    recipientOf,
    recipient,
    events,
    subscriber,
    sendTo,
    token,
    open,
    post,
    make,
    command,
    delivery,
    erase,
    head: () => ledger.head(),
  };
};
