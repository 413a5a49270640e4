import { Body, Controller, Get, Param, Patch, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { parseLanguage } from '#domain/kernel/index';
import { isForgotten } from '#domain/recipient/index';
import { Needs } from '../http/access/access.ts';
import { found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { problem, unknown } from '../http/problem.ts';
import { LanguageTag, Shaped, Values } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { Profiles } from './profile.ts';
import { RecipientAnswer } from './recipient.dto.ts';
import { recipientView } from './recipient-view.ts';
import { recipientAnswer, Recipients } from './recipients.ts';
import { JURISDICTION, NOT_A_JURISDICTION } from './subscribe/subscribe.dto.ts';

export class ChangeProfileDto {
  @Values({
    optional: true,
    removable: true,
    description: 'Values of custom fields; null takes one away.',
  })
  fields?: Record<string, string | number | boolean | null>;

  @Shaped(JURISDICTION, { optional: true, message: NOT_A_JURISDICTION })
  jurisdiction?: string;
}

export class ChangeLanguageDto {
  @LanguageTag()
  language!: string;
}

/** One person in one account. */
@ApiTags('recipients')
@Controller('v1/recipients/:id')
export class RecipientController {
  readonly #recipients: Recipients;
  readonly #profiles: Profiles;

  constructor(recipients: Recipients, profiles: Profiles) {
    this.#recipients = recipients;
    this.#profiles = profiles;
  }

  @Get()
  @Needs('recipients:read')
  @Does('Read a recipient', { status: 200, type: RecipientAnswer })
  async read(@Param('id') id: string, @Calling() caller: Caller): Promise<Answer<RecipientAnswer>> {
    const { state, facts } = await this.#recipients.own(id, caller);
    if (isForgotten(state)) throw unknown('recipient');
    return found(recipientView(id, state), facts);
  }

  @Patch()
  @Needs('recipients:write')
  @Does('Change values of fields, or the jurisdiction', { status: 200, type: RecipientAnswer })
  async change(
    @Param('id') id: string,
    @Body() body: ChangeProfileDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { at } = await this.#recipients.setting(caller.accountId);
    const fields = await this.#profiles.checked(caller.accountId, body.fields);
    const { jurisdiction } = body;
    const command = {
      type: 'ChangeProfile',
      ...at,
      fields,
      ...(jurisdiction !== undefined && { jurisdiction }),
    } as const;
    return recipientAnswer(id, await this.#recipients.run(own.id, command, caller));
  }

  @Put('language')
  @Needs('recipients:write')
  @Does('Change the language of correspondence', { status: 200, type: RecipientAnswer })
  async changeLanguage(
    @Param('id') id: string,
    @Body() body: ChangeLanguageDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { at } = await this.#recipients.setting(caller.accountId);
    const language = parseLanguage(body.language);
    if (language === undefined) throw problem('invalid-request', 'Name a language.');
    const command = { type: 'ChangeLanguage', ...at, language } as const;
    return recipientAnswer(id, await this.#recipients.run(own.id, command, caller));
  }
}
