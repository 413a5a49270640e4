import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { recipientStream, type Recipient } from '#domain/recipient/index';
import { Needs } from '../../http/access/access.ts';
import { Answer, type Answer as AnswerOf } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { Does } from '../../openapi/operation.ts';
import { Streams, type Done } from '../../streams.ts';
import { RecipientAnswer } from '../recipient.dto.ts';
import { recipientView } from '../recipient-view.ts';
import { Recipients } from '../recipients.ts';
import { SubscribeDto } from './subscribe.dto.ts';
import { Subscriptions } from './subscriptions.ts';

/** One person, as the account's own system knows them. */
@ApiTags('recipients')
@Controller('v1/recipients')
export class SubscribeController {
  readonly #streams: Streams;
  readonly #recipients: Recipients;
  readonly #subscriptions: Subscriptions;

  constructor(streams: Streams, recipients: Recipients, subscriptions: Subscriptions) {
    this.#streams = streams;
    this.#recipients = recipients;
    this.#subscriptions = subscriptions;
  }

  @Post()
  @Needs('recipients:write')
  @Does(
    'Subscribe somebody, or add to what is known of them',
    { status: 201, type: RecipientAnswer, description: 'The recipient is new.' },
    { status: 200, type: RecipientAnswer, description: 'The recipient was there.' },
  )
  async subscribe(
    @Body() body: SubscribeDto,
    @Calling() caller: Caller,
  ): Promise<AnswerOf<RecipientAnswer>> {
    const { id, command, options } = await this.#subscriptions.from(body, caller);
    const done = await this.#recipients.run(id, command, caller, options);
    const isNew = await this.#isNew(id, done, caller);
    return new Answer(isNew ? 201 : 200, recipientView(id, done.state), {
      ...done.facts,
      subject: id,
      location: `/v1/recipients/${id}`,
    });
  }

  /** Whether this command made the recipient, be it just now or when it was first sent. */
  async #isNew(id: string, done: Done<Recipient>, { commandId }: Caller): Promise<boolean> {
    if (!done.repeated) return done.events.length > 0 && done.revision === done.events.length - 1;
    const [first] = await this.#streams.ledger.read(recipientStream, id);
    return first?.metadata.causationId === commandId;
  }
}
