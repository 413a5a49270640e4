import type { AccountEvent } from '#domain/account/index';
import type { DeliveryEvent } from '#domain/delivery/index';
import type { Import } from '#domain/import/index';
import type {
  AccountId,
  Instant,
  Position,
  RecipientId,
  Recorded,
  Texts,
} from '#domain/kernel/index';
import type { NewsletterEvent } from '#domain/newsletter/index';
import type { RecipientEvent } from '#domain/recipient/index';
import type { StatementEvent } from '#domain/statement/index';
import type { Wording } from '#domain/wording/index';
import type { Present } from '../../owned.ts';

export type DeliveryHistory = Readonly<{ key: string; events: readonly Recorded<DeliveryEvent>[] }>;

/** Whose dossier, and up to where the ledger is read for it. */
export type DossierScope = Readonly<{
  accountId: AccountId;
  recipientId: RecipientId;
  now: Instant;
  upTo: Position;
}>;

/** What the ids in a person's history mean, as far as the account's own streams say. */
export type Meanings = Readonly<{
  lists: ReadonlyMap<string, Texts>;
  forms: ReadonlyMap<string, string>;
  imports: ReadonlyMap<string, Import>;
  newsletters: ReadonlyMap<string, readonly Recorded<NewsletterEvent>[]>;
  wordings: ReadonlyMap<string, Present<Wording>>;
  /** Requests for consent that people agreed to, by their hash. */
  statements: ReadonlyMap<string, readonly Recorded<StatementEvent>[]>;
  /** Names of API keys by their id. */
  keys: ReadonlyMap<string, string>;
}>;

/** All that a dossier is made of: the ledger as it stood at one position. */
export type Material = Readonly<{
  scope: DossierScope;
  account: readonly Recorded<AccountEvent>[];
  history: readonly Recorded<RecipientEvent>[];
  deliveries: readonly DeliveryHistory[];
  meanings: Meanings;
}>;
