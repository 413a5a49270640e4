import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../../http/access/access.ts';
import type { Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { Does } from '../../openapi/operation.ts';
import { References } from '../../references.ts';
import { ConsentDto, evidenceOf, grantWithProof } from '../consent.dto.ts';
import { RecipientAnswer } from '../recipient.dto.ts';
import { recipientAnswer, Recipients } from '../recipients.ts';
import { wordingShown } from '../subscribe/subscriptions.ts';

/** A body without anything in it; whatever is sent is refused. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- that it has no property is its meaning
export class NothingDto {}

/** Permissions to send (CON-1). */
@ApiTags('recipients')
@Needs('recipients:write')
@Controller('v1/recipients/:id/consents')
export class ConsentsController {
  readonly #recipients: Recipients;
  readonly #references: References;

  constructor(recipients: Recipients, references: References) {
    this.#recipients = recipients;
    this.#references = references;
  }

  @Post()
  @Does('Record a consent', { status: 200, type: RecipientAnswer })
  async record(
    @Param('id') id: string,
    @Body() body: ConsentDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { terms, at } = await this.#recipients.setting(caller.accountId);
    const wording = await wordingShown(this.#references, caller.accountId, body.wordingId);
    const { organisationType } = terms;
    const command = {
      type: 'RecordConsent',
      ...at,
      ...grantWithProof(body),
      organisationType,
    } as const;
    const options = { evidence: evidenceOf(body), ...(wording !== undefined && { wording }) };
    return recipientAnswer(id, await this.#recipients.run(own.id, command, caller, options));
  }

  @Post('withdraw')
  @Does('Record that the person withdrew their consent', { status: 200, type: RecipientAnswer })
  async withdraw(
    @Param('id') id: string,
    @Body() _body: NothingDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { at } = await this.#recipients.setting(caller.accountId);
    const command = { type: 'WithdrawConsent', ...at } as const;
    return recipientAnswer(id, await this.#recipients.run(own.id, command, caller));
  }
}
