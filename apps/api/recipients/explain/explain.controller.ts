import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { instantOf, RecipientId, type Instant, type Recorded } from '#domain/kernel/index';
import { isForgotten, recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { NOTHING_PERSONAL, type Opening } from '#libs/ledger/index';
import { Needs } from '../../http/access/access.ts';
import { found, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { unknown } from '../../http/problem.ts';
import { Does } from '../../openapi/operation.ts';
import { References } from '../../references.ts';
import { folded, Streams } from '../../streams.ts';
import { RecipientAnswer } from '../recipient.dto.ts';
import { FOR_VIEWS, recipientView } from '../recipient-view.ts';
import { AccountTermsOverTime } from './account-terms.ts';
import { instantFrom, recordedBy } from './as-of.ts';
import { decideAt } from './decide-at.ts';
import { AtQuery, ExplainAnswer, ExplainQuery } from './explain.dto.ts';
import { explained } from './explained.ts';

type History = readonly Recorded<RecipientEvent>[];

/** What the ledger says of a person at any instant (CON-6). */
@ApiTags('recipients')
@Needs('recipients:read')
@Controller('v1/recipients/:id')
export class ExplainController {
  readonly #streams: Streams;
  readonly #references: References;
  readonly #terms: AccountTermsOverTime;

  constructor(streams: Streams, references: References, terms: AccountTermsOverTime) {
    this.#streams = streams;
    this.#references = references;
    this.#terms = terms;
  }

  @Get('explain')
  @Does('May we write to this person, and why?', { status: 200, type: ExplainAnswer })
  async explain(
    @Param('id') id: string,
    @Query() query: ExplainQuery,
    @Calling() caller: Caller,
  ): Promise<Answer<ExplainAnswer>> {
    const { at, now } = this.#instants(query);
    const history = await this.#history(id, caller, NOTHING_PERSONAL);
    const { listId } = query;
    if (listId !== undefined) await this.#references.list(caller.accountId, listId, 'listId');
    const listIds = listId === undefined ? [] : [listId];
    const terms = await this.#terms.at(caller.accountId, at, now);
    if (terms === undefined) throw unknown('account');
    const message = { class: query.class ?? 'commercial', listIds };
    const { decision, known } = decideAt(history, { at, now, terms, message });
    const last = known.at(-1);
    const facts = { revision: last?.revision ?? -1, position: last?.position };
    return found(explained(decision, known), facts);
  }

  @Get('state')
  @Does('The recipient as the ledger knew it at an instant', { status: 200, type: RecipientAnswer })
  async state(
    @Param('id') id: string,
    @Query() query: AtQuery,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const { at, now } = this.#instants(query);
    const history = await this.#history(id, caller, FOR_VIEWS);
    const known = folded(recipientStream, id, recordedBy(history, at, now));
    if (known.revision < 0 || isForgotten(known.state)) throw unknown('recipient');
    return found(recipientView(id, known.state), known.facts);
  }

  async #history(id: string, caller: Caller, opening: Opening): Promise<History> {
    if (!RecipientId.is(id)) throw unknown('recipient');
    const history = await this.#streams.ledger.read(recipientStream, id, opening);
    if (history[0]?.metadata.accountId !== caller.accountId) throw unknown('recipient');
    return history;
  }

  #instants({ at }: AtQuery): Readonly<{ at: Instant; now: Instant }> {
    const now = instantOf(this.#streams.now());
    return { at: at === undefined ? now : instantFrom(at), now };
  }
}
