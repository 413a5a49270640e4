import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { fieldsStream, type Field } from '#domain/field/index';
import { given } from '../given.ts';
import { Needs } from '../http/access/access.ts';
import { Answer, type Answer as AnswerOf } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { PageQuery, pageOf, DEFAULT_LIMIT, type Page } from '../http/schema/index.ts';
import { AccountTokens } from '../http/tokens/account-tokens.ts';
import { Does } from '../openapi/operation.ts';
import { Streams } from '../streams.ts';
import { DefineFieldDto, FieldAnswer } from './field.dto.ts';

/** The custom fields of an account (COL-4). */
@ApiTags('fields')
@Needs('content')
@Controller('v1/fields')
export class FieldsController {
  readonly #streams: Streams;
  readonly #tokens: AccountTokens;

  constructor(streams: Streams, tokens: AccountTokens) {
    this.#streams = streams;
    this.#tokens = tokens;
  }

  @Post()
  @Does(
    'Define a field, or change its label and choices',
    { status: 201, type: FieldAnswer, description: 'The field is new.' },
    { status: 200, type: FieldAnswer, description: 'The field was there.' },
  )
  async define(
    @Body() body: DefineFieldDto,
    @Calling() caller: Caller,
  ): Promise<AnswerOf<FieldAnswer>> {
    const { accountId } = caller;
    const { state: before } = await this.#streams.read(fieldsStream, accountId);
    const field: Field = {
      ...given(body),
      hidden: body.hidden ?? false,
      sensitive: body.sensitive ?? false,
    };
    const command = { type: 'DefineField', field } as const;
    const { state, facts } = await this.#streams.run(fieldsStream, accountId, command, caller);
    return new Answer(
      before.has(field.key) ? 200 : 201,
      view(state.get(field.key) ?? field),
      facts,
    );
  }

  @Get()
  @Does('List the fields, in the order in which they were defined', {
    status: 200,
    type: pageOf(FieldAnswer),
  })
  async list(
    @Query() query: PageQuery,
    @Calling() { accountId }: Caller,
  ): Promise<Page<FieldAnswer>> {
    const { state } = await this.#streams.read(fieldsStream, accountId);
    const from = query.cursor === undefined ? 0 : await this.#start(accountId, query.cursor);
    const until = from + (query.limit ?? DEFAULT_LIMIT);
    const items = [...state.values()].slice(from, until).map(view);
    const next =
      until < state.size
        ? await this.#tokens.sealCursor(accountId, 'fields', { value: until, id: '' })
        : null;
    return { items, next };
  }

  async #start(accountId: Caller['accountId'], cursor: string): Promise<number> {
    return Number((await this.#tokens.openCursor(accountId, 'fields', cursor)).value);
  }
}

const view = (field: Field): FieldAnswer => {
  const { choices, ...rest } = field;
  return { ...rest, ...(choices !== undefined && { choices: [...choices] }) };
};
