import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListId } from '#domain/kernel/index';
import { uuidV5 } from '#libs/ledger/index';
import { Needs } from '../../http/access/access.ts';
import { found, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { Ids } from '../../http/schema/index.ts';
import { Does } from '../../openapi/operation.ts';
import { References } from '../../references.ts';
import type { Done } from '../../streams.ts';
import { RecipientAnswer } from '../recipient.dto.ts';
import { recipientAnswer, Recipients, type Own } from '../recipients.ts';
import { recipientView } from '../recipient-view.ts';
import type { Recipient } from '#domain/recipient/index';

export class ChangeListsDto {
  @Ids(ListId, { optional: true })
  join?: ListId[];

  @Ids(ListId, { optional: true })
  leave?: ListId[];
}

/** Which lists a person is on (SEG-1). */
@ApiTags('recipients')
@Needs('recipients:write')
@Controller('v1/recipients/:id/lists')
export class MembershipsController {
  readonly #recipients: Recipients;
  readonly #references: References;

  constructor(recipients: Recipients, references: References) {
    this.#recipients = recipients;
    this.#references = references;
  }

  @Post()
  @Does('Join lists and leave others', { status: 200, type: RecipientAnswer })
  async change(
    @Param('id') id: string,
    @Body() { join = [], leave = [] }: ChangeListsDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    await this.#references.lists(caller.accountId, join, 'join');
    await this.#references.lists(caller.accountId, leave, 'leave');
    const joined = await this.#join(own, join, caller);
    const left = await this.#leave(own, leave, withoutCondition(caller, joined));
    const last = left ?? joined;
    return last === undefined
      ? found(recipientView(id, own.state), { ...own.facts, subject: id })
      : recipientAnswer(id, last);
  }

  async #join(
    own: Own,
    listIds: readonly ListId[],
    caller: Caller,
  ): Promise<Done<Recipient> | undefined> {
    if (listIds.length === 0) return undefined;
    const { at } = await this.#recipients.setting(caller.accountId);
    const command = { type: 'JoinLists', via: 'client', ...at, listIds } as const;
    return this.#recipients.run(own.id, command, caller);
  }

  async #leave(
    own: Own,
    listIds: readonly ListId[],
    caller: Caller,
  ): Promise<Done<Recipient> | undefined> {
    if (listIds.length === 0) return undefined;
    const { at } = await this.#recipients.setting(caller.accountId);
    const command = { type: 'LeaveLists', via: 'client', ...at, listIds } as const;
    const commandId = uuidV5(caller.commandId, 'leave');
    return this.#recipients.run(own.id, command, caller, { commandId });
  }
}

/** `If-Match` speaks of the state before the request: once the first command has met it, it has been met. */
const withoutCondition = (caller: Caller, before: Done<Recipient> | undefined): Caller => {
  if (before === undefined) return caller;
  const { ifRevision: _, ...rest } = caller;
  return rest;
};
