import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { clear, RecipientId } from '#domain/kernel/index';
import { Needs } from '../../http/access/access.ts';
import { accepted, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { Choice, Id, Text } from '../../http/schema/index.ts';
import { Does } from '../../openapi/operation.ts';
import { Erasures } from './erasures.ts';
import { Recipients } from '../recipients.ts';

export class EraseDto {
  @Text({ max: 2_000 })
  reason!: string;
}

export class ErasedAnswer {
  @Id(RecipientId)
  id!: string;

  @Choice(['erased'])
  status!: string;
}

/** The right to be forgotten (PRV-2): the suppression stays, the person goes. */
@ApiTags('recipients')
@Needs('erase')
@Controller('v1/recipients/:id/erase')
export class EraseController {
  readonly #recipients: Recipients;
  readonly #erasures: Erasures;

  constructor(recipients: Recipients, erasures: Erasures) {
    this.#recipients = recipients;
    this.#erasures = erasures;
  }

  @Post()
  @Does('Erase a person for ever; read models follow within moments', {
    status: 202,
    type: ErasedAnswer,
  })
  async erase(
    @Param('id') id: string,
    @Body() { reason }: EraseDto,
    @Calling() caller: Caller,
  ): Promise<Answer<ErasedAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const { at } = await this.#recipients.setting(caller.accountId);
    const command = { type: 'Erase', ...at, reason: clear(reason) } as const;
    const key = await this.#erasures.keyOf(caller.accountId, own.id);
    const { facts, repeated } = await this.#recipients.run(own.id, command, caller);
    // After the event: falling over in between, the projector's repair destroys the key instead. Of a
    // repeated request the key may be that of a person who came back since.
    const toDestroy = repeated ? undefined : key;
    await this.#erasures.destroyKey(caller.accountId, own.id, toDestroy);
    return accepted({ id, status: 'erased' }, facts);
  }
}
