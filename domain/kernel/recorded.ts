import type { Actor, Channel } from './actor.ts';
import type { Brand } from './brand.ts';
import type { AccountId, CampaignId, FormId, ImportId, NewsletterId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Language } from './language.ts';

/** A place in the ledger's total order. Opaque, compares as text, minted only by an event-log adapter. */
export type Position = Brand<string, 'Position'>;

/** What a change rests on, as references only: nothing personal, since metadata is stored in clear. */
export type Evidence = Readonly<{
  formId?: FormId;
  importId?: ImportId;
  /** Row of the imported file, the first data row being 1. */
  row?: number;
  newsletterId?: NewsletterId;
  campaignId?: CampaignId;
  messageId?: string;
}>;

/**
 * The wording that a person was shown, provable by its hash (COL-1, C-18). `hash` is the version's, in all
 * its languages; `statementHash` is that of the whole request for consent as the page showed it, absent
 * where no page of ours did.
 */
export type WordingShown = Readonly<{
  wordingId: string;
  version: number;
  hash: string;
  /** Language of the words that were read. */
  language?: Language;
  statementHash?: string;
}>;

/** Said of each event beside its data (LED-2). */
export type Metadata = Readonly<{
  accountId: AccountId;
  actor: Actor;
  channel: Channel;
  /** When it happened in the world; an import may say a day long past. */
  occurredAt: Instant;
  /** When the ledger took it in. */
  recordedAt: Instant;
  correlationId: string;
  /** The id of the command that caused it: a repeated command is recognised by it. */
  causationId: string;
  wording?: WordingShown;
  policyVersion?: string;
  evidence?: Evidence;
}>;

/** An event as the ledger gives it back. `revision` counts from 0 within its stream. */
export type Recorded<E> = Readonly<{
  event: E;
  id: string;
  stream: string;
  revision: number;
  position: Position;
  metadata: Metadata;
}>;
