import { Controller, Get, Query } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { AnyEvent, Position, Recorded } from '#domain/kernel/index';
import { streamDefinitions } from '#domain/streams';
import { Needs } from '../http/access/access.ts';
import { found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { AccountTokens } from '../http/tokens/account-tokens.ts';
import { Does } from '../openapi/operation.ts';
import { Streams } from '../streams.ts';
import { EventsQuery } from './events.dto.ts';
import { eventLine } from './event-line.ts';

const PAGE = 1_000;
/** One request reads no more of the ledger than this; `X-Position` says where the next one goes on. */
const LONGEST_SCAN = 50_000;

type Found = Readonly<{ events: readonly Recorded<AnyEvent>[]; scanned: Position | undefined }>;
type Wanted = Readonly<{ caller: Caller; types: ReadonlySet<string> | undefined; limit: number }>;

/** The account's ledger, for data teams (LED-5). */
@ApiTags('events')
@Needs('events:read')
@Controller('v1/events')
export class EventsController {
  readonly #streams: Streams;
  readonly #tokens: AccountTokens;

  constructor(streams: Streams, tokens: AccountTokens) {
    this.#streams = streams;
    this.#tokens = tokens;
  }

  @Get()
  @ApiProduces('application/x-ndjson')
  @ApiResponse({
    status: 200,
    description:
      'One event a line. `X-Position` is where to go on: give it as `after` until it comes back unchanged.',
    content: { 'application/x-ndjson': { schema: { type: 'string' } } },
  })
  @Does('Read the events of the account, in the order of the ledger')
  async read(@Query() query: EventsQuery, @Calling() caller: Caller): Promise<Answer<string>> {
    const { accountId } = caller;
    const after =
      query.after === undefined
        ? undefined
        : await this.#tokens.openPosition(accountId, query.after);
    const types = query.types === undefined ? undefined : new Set(query.types.split(','));
    const result = await this.#find(after, { caller, types, limit: query.limit ?? PAGE });
    const withPersonal = mayExport(caller);
    const lines = await Promise.all(
      result.events.map(async (event) =>
        eventLine(event, await this.#tokens.sealPosition(accountId, event.position), withPersonal),
      ),
    );
    const text = lines.map((line) => `${line}\n`).join('');
    return found(text, {
      position: result.scanned,
      contentType: 'application/x-ndjson; charset=utf-8',
    });
  }

  async #find(after: Position | undefined, wanted: Wanted): Promise<Found> {
    const events: Recorded<AnyEvent>[] = [];
    let scanned = after;
    for (let read = 0; read < LONGEST_SCAN && events.length < wanted.limit;) {
      const page = await this.#streams.ledger.readAll({
        after: scanned,
        limit: PAGE,
        formats: streamDefinitions,
      });
      for (const event of page) {
        if (events.length === wanted.limit) break;
        scanned = event.position;
        if (isWanted(event, wanted)) events.push(event);
      }
      read += page.length;
      if (page.length < PAGE) break;
    }
    return { events, scanned };
  }
}

const isWanted = ({ event, metadata }: Recorded<AnyEvent>, { caller, types }: Wanted): boolean =>
  metadata.accountId === caller.accountId && (types === undefined || types.has(event.type));

/** Personal parts come along only for keys that may take data out of the account. */
const mayExport = (caller: Caller): boolean =>
  caller.kind === 'account' && (caller.scopes.includes('*') || caller.scopes.includes('export'));
