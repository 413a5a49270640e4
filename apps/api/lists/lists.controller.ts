import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListId } from '#domain/kernel/index';
import { listStream, type List } from '#domain/list/index';
import { Needs } from '../http/access/access.ts';
import { created, found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { unknown } from '../http/problem.ts';
import { PageQuery, pageOf, type Page } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { Catalogue } from '../reading/catalogue.ts';
import { owned, type Present } from '../owned.ts';
import { Streams, type Folded } from '../streams.ts';
import { given } from '../given.ts';
import { ChangeListDto, CreateListDto, ListAnswer } from './list.dto.ts';

/** What people subscribe to. */
@ApiTags('lists')
@Needs('content')
@Controller('v1/lists')
export class ListsController {
  readonly #streams: Streams;
  readonly #catalogue: Catalogue;

  constructor(streams: Streams, catalogue: Catalogue) {
    this.#streams = streams;
    this.#catalogue = catalogue;
  }

  @Post()
  @Does('Create a list', { status: 201, type: ListAnswer })
  async create(
    @Body() body: CreateListDto,
    @Calling() caller: Caller,
  ): Promise<Answer<ListAnswer>> {
    const { accountId } = caller;
    const id = this.#streams.newId(ListId, caller);
    const terms = { ...given(body), name: body.name, visible: body.visible ?? true };
    const command = { type: 'CreateList', accountId, terms } as const;
    const made = await this.#streams.run(listStream, id, command, caller);
    return created(view(id, made.state, made.revision), {
      ...made.facts,
      location: `/v1/lists/${id}`,
    });
  }

  @Get()
  @Does('List the lists', { status: 200, type: pageOf(ListAnswer) })
  async list(@Query() query: PageQuery, @Calling() caller: Caller): Promise<Page<ListAnswer>> {
    const page = await this.#catalogue.page(caller, 'list', query);
    const lists = await this.#streams.readMany(listStream, page.ids);
    return {
      items: lists.map(({ key, state, revision }) => view(key, state, revision)),
      next: page.next,
    };
  }

  @Get(':id')
  @Does('Read a list', { status: 200, type: ListAnswer })
  async read(@Param('id') id: string, @Calling() caller: Caller): Promise<Answer<ListAnswer>> {
    const { state, revision, facts } = await this.#own(id, caller);
    return found(view(id, state, revision), facts);
  }

  @Patch(':id')
  @Does('Change a list', { status: 200, type: ListAnswer })
  async change(
    @Param('id') id: string,
    @Body() body: ChangeListDto,
    @Calling() caller: Caller,
  ): Promise<Answer<ListAnswer>> {
    await this.#own(id, caller);
    const command = { type: 'ChangeList', terms: given(body) } as const;
    const changed = await this.#streams.run(listStream, id, command, caller);
    return found(view(id, changed.state, changed.revision), changed.facts);
  }

  async #own(id: string, caller: Caller): Promise<Folded<Present<List>>> {
    if (!ListId.is(id)) throw unknown('list');
    return owned(await this.#streams.read(listStream, id), caller, 'list');
  }
}

const view = (id: string, list: List, revision: number): ListAnswer => {
  if (list.status === 'none') throw unknown('list');
  return { id, ...list.terms, revision };
};
