import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FormId } from '#domain/kernel/index';
import { formStream, type Form } from '#domain/form/index';
import { Needs } from '../http/access/access.ts';
import { created, found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { unknown } from '../http/problem.ts';
import { PageQuery, pageOf, type Page } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { owned, type Present } from '../owned.ts';
import { PublicUrl } from '../public-url.ts';
import { Catalogue } from '../reading/catalogue.ts';
import { References } from '../references.ts';
import { Streams, type Folded } from '../streams.ts';
import { ChangeFormDto, CreateFormDto, FormAnswer } from './form.dto.ts';
import { changedTerms, formView, newTerms } from './form-view.ts';

/** Subscription forms (COL-1). */
@ApiTags('forms')
@Needs('content')
@Controller('v1/forms')
export class FormsController {
  readonly #streams: Streams;
  readonly #catalogue: Catalogue;
  readonly #references: References;
  readonly #publicUrl: PublicUrl;

  constructor(
    streams: Streams,
    catalogue: Catalogue,
    references: References,
    publicUrl: PublicUrl,
  ) {
    this.#streams = streams;
    this.#catalogue = catalogue;
    this.#references = references;
    this.#publicUrl = publicUrl;
  }

  @Post()
  @Does('Create a form', { status: 201, type: FormAnswer })
  async create(
    @Body() body: CreateFormDto,
    @Calling() caller: Caller,
  ): Promise<Answer<FormAnswer>> {
    await this.#check(body, caller);
    const id = this.#streams.newId(FormId, caller);
    const command = {
      type: 'CreateForm',
      accountId: caller.accountId,
      terms: newTerms(body),
    } as const;
    const made = await this.#streams.run(formStream, id, command, caller);
    return created(this.#view(id, made.state, made.revision), {
      ...made.facts,
      location: `/v1/forms/${id}`,
    });
  }

  @Get()
  @Does('List the forms', { status: 200, type: pageOf(FormAnswer) })
  async list(@Query() query: PageQuery, @Calling() caller: Caller): Promise<Page<FormAnswer>> {
    const page = await this.#catalogue.page(caller, 'form', query);
    const forms = await this.#streams.readMany(formStream, page.ids);
    const items = forms.map(({ key, state, revision }) => this.#view(key, state, revision));
    return { items, next: page.next };
  }

  @Get(':id')
  @Does('Read a form', { status: 200, type: FormAnswer })
  async read(@Param('id') id: string, @Calling() caller: Caller): Promise<Answer<FormAnswer>> {
    const { state, revision, facts } = await this.#own(id, caller);
    return found(this.#view(id, state, revision), facts);
  }

  @Patch(':id')
  @Does('Change a form', { status: 200, type: FormAnswer })
  async change(
    @Param('id') id: string,
    @Body() body: ChangeFormDto,
    @Calling() caller: Caller,
  ): Promise<Answer<FormAnswer>> {
    const { state } = await this.#own(id, caller);
    await this.#check(body, caller);
    const command = { type: 'ChangeForm', terms: changedTerms(body, state.terms) } as const;
    const changed = await this.#streams.run(formStream, id, command, caller);
    return found(this.#view(id, changed.state, changed.revision), changed.facts);
  }

  async #check(body: ChangeFormDto, { accountId }: Caller): Promise<void> {
    await this.#references.lists(accountId, body.listIds ?? []);
    if (body.wordingId !== undefined) await this.#references.wording(accountId, body.wordingId);
    const keys = (body.fields ?? []).map(({ key }) => key);
    await this.#references.fieldKeys(accountId, keys);
  }

  async #own(id: string, caller: Caller): Promise<Folded<Present<Form>>> {
    if (!FormId.is(id)) throw unknown('form');
    return owned(await this.#streams.read(formStream, id), caller, 'form');
  }

  #view(id: string, form: Form, revision: number): FormAnswer {
    return formView(id, form, revision, this.#publicUrl.of(`/f/${id}`));
  }
}
