import type { AccountEvent } from '#domain/account/index';
import type { ApiKeyEvent } from '#domain/api-key/index';
import type { CampaignEvent } from '#domain/campaign/index';
import type { FieldEvent } from '#domain/field/index';
import type { FormEvent } from '#domain/form/index';
import type { ImportEvent } from '#domain/import/index';
import { splitStreamName, type JsonValue, type Recorded } from '#domain/kernel/index';
import type { ListEvent } from '#domain/list/index';
import type { NewsletterEvent } from '#domain/newsletter/index';
import type { WordingEvent } from '#domain/wording/index';
import type { Upsert } from '#libs/read-store/change';
import type { Projection } from '#libs/read-store/projection';

type CatalogueEvent =
  | AccountEvent
  | ApiKeyEvent
  | CampaignEvent
  | FieldEvent
  | FormEvent
  | ImportEvent
  | ListEvent
  | NewsletterEvent
  | WordingEvent;
type Parts = Pick<Upsert, 'set' | 'addToSet'> & { readonly created?: true };

const under = (name: string, data: object): Record<string, JsonValue> =>
  Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [`${name}.${key}`, value as JsonValue]),
  );

const created = (data: object, more: Record<string, JsonValue> = {}): Parts => ({
  created: true,
  set: { ...under('resource', data), ...more },
});
const changed = (data: object): Parts => ({ set: under('resource', data) });
const status = (value: string): Parts => changed({ status: value });

/** Large and secret parts stay in the ledger: contents of newsletters, hashes of keys. */
const partsOf = (event: CatalogueEvent): Parts => {
  switch (event.type) {
    case 'AccountOpened':
    case 'ListCreated':
    case 'FormCreated':
    case 'FieldDefined':
    case 'NewsletterCreated':
      return created(event.data);
    case 'AccountTermsChanged':
    case 'ListChanged':
    case 'FormChanged':
      return changed(event.data);
    case 'ApiKeyIssued':
      return created({ name: event.data.name, scopes: event.data.scopes, status: 'valid' });
    case 'ApiKeyRevoked':
      return status('revoked');
    case 'WordingCreated': {
      const { purpose, ...version } = event.data;
      return created({ purpose, version: version.version });
    }
    case 'WordingVersionAdded':
      return changed({ version: event.data.version });
    case 'NewsletterVersionSet':
      return { addToSet: { languages: [event.data.language] } };
    case 'CampaignDrafted':
      return created({ ...event.data, status: 'draft' });
    case 'CampaignScheduled':
      return changed({ status: 'planned', startAt: event.data.startAt });
    case 'CampaignStarted':
    case 'CampaignResumed':
      return status('running');
    case 'CampaignPaused':
      return status('paused');
    case 'CampaignCancelled':
      return status('cancelled');
    case 'CampaignCompleted':
    case 'ImportCompleted':
      return status('completed');
    case 'ImportQueued': {
      const { format, bytes, dryRun } = event.data;
      return created({ format, bytes, dryRun, status: 'queued' });
    }
    case 'ImportStarted':
      return status('running');
    case 'ImportFailed':
      return status('failed');
    case 'ImportUndoRequested':
      return status('undoing');
    case 'ImportUndone':
      return status('undone');
    case 'AccountContactsChanged':
    case 'CampaignAudiencePlanned':
    case 'ImportRowsProcessed':
    case 'ImportRowsUndone':
      return {};
  }
};

const KINDS = {
  account: 'account',
  apikey: 'apikey',
  campaign: 'campaign',
  fields: 'field',
  form: 'form',
  import: 'import',
  list: 'list',
  newsletter: 'newsletter',
  wording: 'wording',
} as const;
export type CatalogueKind = (typeof KINDS)[keyof typeof KINDS];

/** An account's fields share one stream; each has an entry of its own. */
const entryId = (key: string, event: CatalogueEvent): string =>
  event.type === 'FieldDefined' ? `${key}.${event.data.key}` : key;

/** What an account has: lists, fields, wordings, forms, newsletters, campaigns, imports, keys; and the accounts. */
export const catalogue: Projection = {
  name: 'catalogue',
  version: 1,
  indexes: [
    ['accountId', 'kind', 'createdPosition'],
    ['kind', 'createdPosition'],
  ],
  categories: Object.keys(KINDS),
  project: (recorded) => {
    const { event, metadata, position, stream } = recorded as Recorded<CatalogueEvent>;
    const { category, key } = splitStreamName(stream);
    const { created: isNew, set, addToSet } = partsOf(event);
    if (set === undefined && addToSet === undefined) return [];
    const place = {
      kind: KINDS[category as keyof typeof KINDS],
      accountId: category === 'account' || category === 'fields' ? key : metadata.accountId,
      createdPosition: position,
      createdAt: metadata.recordedAt,
    };
    return [
      {
        op: 'upsert',
        id: entryId(key, event),
        set: { ...(isNew === true ? place : {}), ...set },
        ...(addToSet === undefined ? {} : { addToSet }),
      },
    ];
  },
};
