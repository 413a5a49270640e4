import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RecipientId, type Position } from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { timeline, timelineOf, type TimelineEntry } from '#projections/timeline/index';
import { Needs } from '../../http/access/access.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { unknown } from '../../http/problem.ts';
import { DEFAULT_LIMIT, pageOf, type Page } from '../../http/schema/index.ts';
import { AccountTokens } from '../../http/tokens/account-tokens.ts';
import { Does } from '../../openapi/operation.ts';
import { ReadModels } from '../../reading/read-models.ts';
import { Streams } from '../../streams.ts';
import { instantFrom } from '../explain/as-of.ts';
import { timelineItem } from './timeline-item.ts';
import { TimelineItemAnswer, TimelineQuery } from './timeline.dto.ts';

/** Events of the person's own stream by revision. */
type Own = ReadonlyMap<number, RecipientEvent>;

/** Everything that happened to a person, in the order it was recorded (LED-1, CON-1). */
@ApiTags('recipients')
@Needs('recipients:read')
@Controller('v1/recipients/:id/timeline')
export class TimelineController {
  readonly #streams: Streams;
  readonly #models: ReadModels;
  readonly #tokens: AccountTokens;

  constructor(streams: Streams, models: ReadModels, tokens: AccountTokens) {
    this.#streams = streams;
    this.#models = models;
    this.#tokens = tokens;
  }

  @Get()
  @Does('Read the timeline of a recipient', { status: 200, type: pageOf(TimelineItemAnswer) })
  async read(
    @Param('id') id: string,
    @Query() query: TimelineQuery,
    @Calling() caller: Caller,
  ): Promise<Page<TimelineItemAnswer>> {
    if (!RecipientId.is(id)) throw unknown('recipient');
    const own = await this.#own(id, caller);
    const { accountId } = caller;
    const limit = query.limit ?? DEFAULT_LIMIT;
    const model = await this.#models.upTo(timeline, accountId, query.after);
    const after = await this.#after(id, query, caller);
    const entries = await timelineOf(model, id, {
      ...(query.at !== undefined && { recordedBy: instantFrom(query.at) }),
      ...(after !== undefined && { after }),
      limit: limit + 1,
    });
    const items = await Promise.all(
      entries.slice(0, limit).map((entry) => this.#item(entry, own, caller)),
    );
    const last = entries.length > limit ? entries[limit - 1] : undefined;
    const next =
      last === undefined
        ? null
        : await this.#tokens.sealCursor(accountId, listOf(id), { value: last.position, id });
    return { items, next };
  }

  async #own(id: RecipientId, caller: Caller): Promise<Own> {
    const history = await this.#streams.ledger.read(recipientStream, id);
    if (history[0]?.metadata.accountId !== caller.accountId) throw unknown('recipient');
    return new Map(history.map(({ revision, event }) => [revision, event]));
  }

  async #after(
    id: string,
    { cursor }: TimelineQuery,
    caller: Caller,
  ): Promise<Position | undefined> {
    if (cursor === undefined) return undefined;
    const { value } = await this.#tokens.openCursor(caller.accountId, listOf(id), cursor);
    return value as Position;
  }

  async #item(entry: TimelineEntry, own: Own, caller: Caller): Promise<TimelineItemAnswer> {
    const isOwn = entry.stream === `recipient-${entry.recipientId}`;
    const position = await this.#tokens.sealPosition(caller.accountId, entry.position);
    return timelineItem(entry, isOwn ? own.get(entry.revision) : undefined, position);
  }
}

const listOf = (id: string): string => `timeline:${id}`;
