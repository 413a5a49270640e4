import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { clear } from '#domain/kernel/index';
import { cannotReactivate, reactivationWarning } from '#domain/recipient/index';
import { Needs } from '../../http/access/access.ts';
import { found, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { refused } from '../../http/problem.ts';
import { Nested, Text } from '../../http/schema/index.ts';
import { BilingualAnswer } from '../../http/schema/bilingual.ts';
import { Does } from '../../openapi/operation.ts';
import { References } from '../../references.ts';
import { ConsentDto, grantWithProof, remarksOn } from '../consent.dto.ts';
import { RecipientAnswer } from '../recipient.dto.ts';
import { recipientAnswer, Recipients } from '../recipients.ts';
import { besideConsent } from '../beside-consent.ts';

export class WarningAnswer {
  @Text({ description: 'Send it back as `acknowledgedWarningId`.' })
  warningId!: string;

  @Nested(() => BilingualAnswer)
  text!: BilingualAnswer;
}

export class ReactivateDto {
  @Text({ max: 200 })
  acknowledgedWarningId!: string;

  @Text({ max: 2_000 })
  reason!: string;

  @Nested(() => ConsentDto)
  consent!: ConsentDto;
}

/** Bringing one person back by hand, after a warning (UNS-6). */
@ApiTags('recipients')
@Needs('recipients:write')
@Controller('v1/recipients/:id/reactivate')
export class ReactivateController {
  readonly #recipients: Recipients;
  readonly #references: References;

  constructor(recipients: Recipients, references: References) {
    this.#recipients = recipients;
    this.#references = references;
  }

  @Get()
  @Does('Read the warning that must be acknowledged', { status: 200, type: WarningAnswer })
  async warning(
    @Param('id') id: string,
    @Calling() caller: Caller,
  ): Promise<Answer<WarningAnswer>> {
    const { state, facts } = await this.#recipients.own(id, caller);
    const fault = cannotReactivate(state);
    if (fault !== undefined) throw refused(fault);
    return found(reactivationWarning(state), facts);
  }

  @Post()
  @Does('Reactivate a recipient; after a complaint only with a key of scope *', {
    status: 200,
    type: RecipientAnswer,
  })
  async reactivate(
    @Param('id') id: string,
    @Body() body: ReactivateDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { terms, at } = await this.#recipients.setting(caller.accountId);
    const { consent, acknowledgedWarningId, reason } = body;
    const command = {
      type: 'Reactivate',
      ...at,
      ...grantWithProof(consent, terms.organisationType, 'consent.'),
      acknowledgedWarningId,
      reason: clear(reason),
      organisationType: terms.organisationType,
      authority: caller.kind === 'account' && caller.scopes.includes('*') ? 'admin' : 'member',
    } as const;
    const options = await besideConsent(this.#references, caller.accountId, consent, 'consent.');
    const done = await this.#recipients.run(own.id, command, caller, options);
    return recipientAnswer(id, done, remarksOn(consent, 'consent.'));
  }
}
