import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  recipientStream,
  type Recipient,
  type RecipientCommand,
  type RecipientEvent,
  type RecipientRejection,
} from '#domain/recipient/index';
import { GroupedCommands } from '../../grouped-commands.ts';
import { Needs } from '../../http/access/access.ts';
import { Answer, type Answer as AnswerOf } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { Does } from '../../openapi/operation.ts';
import { Streams } from '../../streams.ts';
import { RecipientAnswer } from '../recipient.dto.ts';
import { recipientView } from '../recipient-view.ts';
import { SubscribeDto } from './subscribe.dto.ts';
import { Subscriptions } from './subscriptions.ts';

/** One person, as the account's own system knows them. */
@ApiTags('recipients')
@Controller('v1/recipients')
export class SubscribeController {
  readonly #streams: Streams;
  readonly #subscriptions: Subscriptions;
  readonly #group: GroupedCommands<RecipientCommand, Recipient, RecipientEvent, RecipientRejection>;

  constructor(streams: Streams, subscriptions: Subscriptions) {
    this.#streams = streams;
    this.#subscriptions = subscriptions;
    this.#group = new GroupedCommands(streams.ledger);
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
    const { id, command, options, remarks } = await this.#subscriptions.from(body, caller);
    const request = { definition: recipientStream, key: id, command };
    const done = await this.#streams.runGrouped(this.#group, request, caller, options);
    // Of a repeated request, `created` says what it did when it was first sent.
    const view = recipientView(id, done.state, remarks);
    return new Answer(done.created ? 201 : 200, view, {
      ...done.facts,
      subject: id,
      location: `/v1/recipients/${id}`,
    });
  }
}
