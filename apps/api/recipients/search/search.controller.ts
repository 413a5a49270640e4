import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListId, type RecipientId } from '#domain/kernel/index';
import {
  isForgotten,
  recipientStream,
  statusOf,
  type RecipientStatus,
} from '#domain/recipient/index';
import { findRecipients, recipientDirectory } from '#projections/recipient-directory/index';
import { Needs } from '../../http/access/access.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { Choice, Id, PageQuery, pageOf, Text, type Page } from '../../http/schema/index.ts';
import { AccountTokens } from '../../http/tokens/account-tokens.ts';
import { Does } from '../../openapi/operation.ts';
import { pageByCreation } from '../../reading/page-by-creation.ts';
import { ReadModels } from '../../reading/read-models.ts';
import { Streams, type Folded } from '../../streams.ts';
import { RecipientAnswer, STATUSES } from '../recipient.dto.ts';
import { recipientView } from '../recipient-view.ts';
import { Recipients } from '../recipients.ts';
import { addressOf } from '../subscribe/subscriptions.ts';
import type { Recipient } from '#domain/recipient/index';

export class SearchQuery extends PageQuery {
  @Text({ max: 320, optional: true, description: 'Exactly this address.' })
  email?: string;

  @Id(ListId, { optional: true, description: 'Subscribed to this list.' })
  list?: ListId;

  @Choice(STATUSES, { optional: true })
  status?: RecipientStatus;

  @Text({
    max: 200,
    optional: true,
    description: 'Words, each the beginning of an address, a domain, or a word of a field.',
  })
  q?: string;
}

/** Pages were in order of ids once; a cursor of that time says where no page of today ended. */
const CURSOR = 'recipients-as-known';

/** Finds people of an account. */
@ApiTags('recipients')
@Controller('v1/recipients')
export class SearchController {
  readonly #streams: Streams;
  readonly #recipients: Recipients;
  readonly #models: ReadModels;
  readonly #tokens: AccountTokens;

  constructor(streams: Streams, recipients: Recipients, models: ReadModels, tokens: AccountTokens) {
    this.#streams = streams;
    this.#recipients = recipients;
    this.#models = models;
    this.#tokens = tokens;
  }

  @Get()
  @Needs('recipients:read')
  @Does('Find recipients', { status: 200, type: pageOf(RecipientAnswer) })
  async search(
    @Query() query: SearchQuery,
    @Calling() caller: Caller,
  ): Promise<Page<RecipientAnswer>> {
    if (query.email !== undefined) return this.#byAddress(query.email, query, caller);
    const { accountId } = caller;
    const model = await this.#models.upTo(recipientDirectory, accountId, query.after);
    const asked = { accountId, list: CURSOR, query };
    const { ids, next } = await pageByCreation<RecipientId>(this.#tokens, asked, (options) =>
      findRecipients(model, accountId, filterOf(query), options),
    );
    return { items: viewsOf(await this.#streams.readMany(recipientStream, ids)), next };
  }

  /** An address is one stream, so the answer is there as soon as the ledger has it. */
  async #byAddress(
    email: string,
    query: SearchQuery,
    { accountId }: Caller,
  ): Promise<Page<RecipientAnswer>> {
    const id = await this.#recipients.idOf(accountId, addressOf(email).matching);
    const recipient = await this.#streams.read(recipientStream, id);
    const { state, revision } = recipient;
    const matches = revision >= 0 && !isForgotten(state) && satisfies(state, query);
    return { items: matches ? viewsOf([recipient]) : [], next: null };
  }
}

const filterOf = ({ list, status, q }: SearchQuery) => ({
  ...(list !== undefined && { listId: list }),
  ...(status !== undefined && { status }),
  ...(q !== undefined && { text: q }),
});

const satisfies = (recipient: Recipient, { list, status }: SearchQuery): boolean =>
  (list === undefined || recipient.lists.get(list)?.status === 'subscribed') &&
  (status === undefined || statusOf(recipient) === status);

const viewsOf = (recipients: readonly Folded<Recipient>[]): RecipientAnswer[] =>
  recipients.map(({ key, state }) => recipientView(key, state));
