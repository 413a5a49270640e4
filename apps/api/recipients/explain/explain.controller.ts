import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { instantOf, RecipientId, type Instant, type Recorded } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { maySend, type SendingAccount } from '#domain/consent/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { Needs } from '../../http/access/access.ts';
import { found, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { unknown } from '../../http/problem.ts';
import { Does } from '../../openapi/operation.ts';
import { References } from '../../references.ts';
import { folded, Streams } from '../../streams.ts';
import { RecipientAnswer } from '../recipient.dto.ts';
import { recipientView } from '../recipient-view.ts';
import { instantFrom, recordedBy } from './as-of.ts';
import { AtQuery, ExplainAnswer, ExplainQuery } from './explain.dto.ts';
import { explained, termsAt } from './explained.ts';

type History = readonly Recorded<RecipientEvent>[];

/** What the ledger says of a person at any instant (CON-6). */
@ApiTags('recipients')
@Needs('recipients:read')
@Controller('v1/recipients/:id')
export class ExplainController {
  readonly #streams: Streams;
  readonly #references: References;

  constructor(streams: Streams, references: References) {
    this.#streams = streams;
    this.#references = references;
  }

  @Get('explain')
  @Does('May we write to this person, and why?', { status: 200, type: ExplainAnswer })
  async explain(
    @Param('id') id: string,
    @Query() query: ExplainQuery,
    @Calling() caller: Caller,
  ): Promise<Answer<ExplainAnswer>> {
    const history = await this.#history(id, caller);
    const listIds = query.listId === undefined ? [] : [query.listId];
    await this.#references.lists(caller.accountId, listIds, 'listId');
    const at = this.#instant(query);
    const known = folded(recipientStream, id, recordedBy(history, at));
    const account = await this.#account(caller, at);
    const message = { class: query.class ?? 'commercial', listIds };
    return found(explained(maySend(known.state, account, message, at), history), known.facts);
  }

  @Get('state')
  @Does('The recipient as the ledger knew it at an instant', { status: 200, type: RecipientAnswer })
  async state(
    @Param('id') id: string,
    @Query() query: AtQuery,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const history = await this.#history(id, caller);
    const known = folded(recipientStream, id, recordedBy(history, this.#instant(query)));
    if (known.revision < 0) throw unknown('recipient');
    return found(recipientView(id, known.state), known.facts);
  }

  async #history(id: string, caller: Caller): Promise<History> {
    if (!RecipientId.is(id)) throw unknown('recipient');
    const history = await this.#streams.ledger.read(recipientStream, id);
    if (history[0]?.metadata.accountId !== caller.accountId) throw unknown('recipient');
    return history;
  }

  /** The terms that were in force; the first ones for an instant before the account was opened. */
  async #account({ accountId }: Caller, at: Instant): Promise<SendingAccount> {
    const history = await this.#streams.ledger.read(accountStream, accountId);
    const terms = termsAt(accountId, history, at);
    if (terms === undefined) throw unknown('account');
    return terms;
  }

  #instant({ at }: AtQuery): Instant {
    return at === undefined ? instantOf(this.#streams.now()) : instantFrom(at);
  }
}
