import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FormId, parseLanguage } from '#domain/kernel/index';
import { formStream, type Form, type FormTerms } from '#domain/form/index';
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
import { OpenForms, statementOf } from '../public/form/open-forms.ts';
import { StatementAnswer, StatementQuery } from '../statements/statement.dto.ts';
import { ChangeFormDto, CreateFormDto, FormAnswer } from './form.dto.ts';
import { changedTerms, formView, newTerms } from './form-view.ts';
import { RequestCheck } from './request-check.ts';

/** Subscription forms (COL-1). */
@ApiTags('forms')
@Needs('content')
@Controller('v1/forms')
export class FormsController {
  readonly #streams: Streams;
  readonly #catalogue: Catalogue;
  readonly #references: References;
  readonly #requests: RequestCheck;
  readonly #open: OpenForms;
  readonly #publicUrl: PublicUrl;

  constructor(
    streams: Streams,
    catalogue: Catalogue,
    references: References,
    requests: RequestCheck,
    open: OpenForms,
    publicUrl: PublicUrl,
  ) {
    this.#streams = streams;
    this.#catalogue = catalogue;
    this.#references = references;
    this.#requests = requests;
    this.#open = open;
    this.#publicUrl = publicUrl;
  }

  @Post()
  @Does('Create a form', { status: 201, type: FormAnswer })
  async create(
    @Body() body: CreateFormDto,
    @Calling() caller: Caller,
  ): Promise<Answer<FormAnswer>> {
    const terms = newTerms(body);
    await this.#check(body, terms, caller);
    const id = this.#streams.newId(FormId, caller);
    const command = { type: 'CreateForm', accountId: caller.accountId, terms } as const;
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
    const terms = changedTerms(body, state.terms);
    await this.#check(body, { ...state.terms, ...terms }, caller);
    const command = { type: 'ChangeForm', terms } as const;
    const changed = await this.#streams.run(formStream, id, command, caller);
    return found(this.#view(id, changed.state, changed.revision), changed.facts);
  }

  @Get(':id/statement')
  @Does('Read the request for consent as the form shows it now', {
    status: 200,
    type: StatementAnswer,
  })
  async statement(
    @Param('id') id: string,
    @Query() { language }: StatementQuery,
    @Calling() caller: Caller,
  ): Promise<Answer<StatementAnswer>> {
    const { facts } = await this.#own(id, caller);
    const form = await this.#open.find(id);
    if (form === undefined) throw unknown('form');
    const asked = language === undefined ? undefined : parseLanguage(language);
    const { wordingId, version, ...shown } = statementOf(form, asked ?? form.languages[0]);
    const { text, hash } = shown;
    return found({ wordingId, version, language: shown.language, text, hash }, facts);
  }

  async #check(body: ChangeFormDto, terms: FormTerms, { accountId }: Caller): Promise<void> {
    await this.#references.lists(accountId, body.listIds ?? []);
    if (body.wordingId !== undefined) await this.#references.wording(accountId, body.wordingId);
    const keys = (body.fields ?? []).map(({ key }) => key);
    await this.#references.fieldKeys(accountId, keys);
    const { preTicked = false } = body;
    await this.#requests.check(accountId, { ...terms, preTicked });
  }

  async #own(id: string, caller: Caller): Promise<Folded<Present<Form>>> {
    if (!FormId.is(id)) throw unknown('form');
    return owned(await this.#streams.read(formStream, id), caller, 'form');
  }

  #view(id: string, form: Form, revision: number): FormAnswer {
    return formView(id, form, revision, this.#publicUrl.of(`/f/${id}`));
  }
}
