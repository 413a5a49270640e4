import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiProperty, ApiTags, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { clear, ListId } from '#domain/kernel/index';
import { Needs } from '../../http/access/access.ts';
import type { Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { Text } from '../../http/schema/index.ts';
import { Does } from '../../openapi/operation.ts';
import { References } from '../../references.ts';
import { RecipientAnswer } from '../recipient.dto.ts';
import { recipientAnswer, Recipients } from '../recipients.ts';

type Scope = 'all' | { listIds: ListId[] };

const SCOPE = {
  oneOf: [
    { type: 'string', const: 'all' },
    {
      type: 'object',
      additionalProperties: false,
      required: ['listIds'],
      properties: {
        listIds: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'string' } },
      },
    },
  ],
} as ApiPropertyOptions;

const isScope = (value: unknown): boolean => {
  if (value === 'all') return true;
  if (typeof value !== 'object' || value === null) return false;
  const { listIds, ...rest } = value as { listIds?: unknown };
  return (
    Object.keys(rest).length === 0 &&
    Array.isArray(listIds) &&
    listIds.length > 0 &&
    listIds.length <= 100 &&
    listIds.every((id) => typeof id === 'string' && ListId.is(id))
  );
};

export class UnsubscribeDto {
  @ApiProperty({
    ...SCOPE,
    required: true,
    description: 'Everything, or some lists.',
  } as ApiPropertyOptions)
  @ValidateBy({
    name: 'isScope',
    validator: {
      validate: isScope,
      defaultMessage: () => 'must be "all" or {"listIds": [...]} with at least one list',
    },
  })
  scope!: Scope;

  @Text({ max: 2_000, optional: true })
  reason?: string;
}

/** Leaving, told by the account's own system on the person's behalf (UNS-5). */
@ApiTags('recipients')
@Needs('recipients:write')
@Controller('v1/recipients/:id/unsubscribe')
export class UnsubscribeController {
  readonly #recipients: Recipients;
  readonly #references: References;

  constructor(recipients: Recipients, references: References) {
    this.#recipients = recipients;
    this.#references = references;
  }

  @Post()
  @Does('Unsubscribe from everything, or from some lists', { status: 200, type: RecipientAnswer })
  async unsubscribe(
    @Param('id') id: string,
    @Body() { scope, reason }: UnsubscribeDto,
    @Calling() caller: Caller,
  ): Promise<Answer<RecipientAnswer>> {
    const own = await this.#recipients.own(id, caller);
    const listIds = scope === 'all' ? [] : scope.listIds;
    await this.#references.lists(caller.accountId, listIds, 'scope.listIds');
    const { at } = await this.#recipients.setting(caller.accountId);
    const command = {
      type: 'Unsubscribe',
      ...at,
      scope: scope === 'all' ? scope : scope.listIds,
      ...(reason !== undefined && { reason: clear(reason) }),
      since: at.now,
    } as const;
    return recipientAnswer(id, await this.#recipients.run(own.id, command, caller));
  }
}
