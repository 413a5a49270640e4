import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NewsletterId, parseLanguage, type Language } from '#domain/kernel/index';
import {
  newsletterStream,
  type Newsletter,
  type NewsletterVersion,
} from '#domain/newsletter/index';
import { given } from '../given.ts';
import { Needs } from '../http/access/access.ts';
import { created, found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { problem, unknown } from '../http/problem.ts';
import { PageQuery, pageOf, type Page } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { owned, type Present } from '../owned.ts';
import { Catalogue } from '../reading/catalogue.ts';
import { Streams, type Folded } from '../streams.ts';
import { ContentCheck } from './content-check.ts';
import {
  CreateNewsletterDto,
  NewsletterAnswer,
  SetVersionDto,
  VersionAnswer,
  VersionQuery,
} from './newsletter.dto.ts';
import { versionFrom, versionView } from './version-content.ts';

/** Newsletters and their versions by language. */
@ApiTags('newsletters')
@Needs('content')
@Controller('v1/newsletters')
export class NewslettersController {
  readonly #streams: Streams;
  readonly #catalogue: Catalogue;
  readonly #contentCheck: ContentCheck;

  constructor(streams: Streams, catalogue: Catalogue, contentCheck: ContentCheck) {
    this.#streams = streams;
    this.#catalogue = catalogue;
    this.#contentCheck = contentCheck;
  }

  @Post()
  @Does('Create a newsletter', { status: 201, type: NewsletterAnswer })
  async create(
    @Body() body: CreateNewsletterDto,
    @Calling() caller: Caller,
  ): Promise<Answer<NewsletterAnswer>> {
    const id = this.#streams.newId(NewsletterId, caller);
    const { accountId } = caller;
    const command = { type: 'CreateNewsletter', accountId, ...given(body) } as const;
    const made = await this.#streams.run(newsletterStream, id, command, caller);
    const view = viewOf(id, made.state, made.revision);
    return created(view, { ...made.facts, location: `/v1/newsletters/${id}` });
  }

  @Get()
  @Does('List the newsletters', { status: 200, type: pageOf(NewsletterAnswer) })
  async list(
    @Query() query: PageQuery,
    @Calling() caller: Caller,
  ): Promise<Page<NewsletterAnswer>> {
    const page = await this.#catalogue.page(caller, 'newsletter', query);
    const all = await this.#streams.readMany(newsletterStream, page.ids);
    return {
      items: all.map(({ key, state, revision }) => viewOf(key, state, revision)),
      next: page.next,
    };
  }

  @Get(':id')
  @Does('Read a newsletter', { status: 200, type: NewsletterAnswer })
  async read(
    @Param('id') id: string,
    @Calling() caller: Caller,
  ): Promise<Answer<NewsletterAnswer>> {
    const { state, revision, facts } = await this.#own(id, caller);
    return found(viewOf(id, state, revision), facts);
  }

  @Put(':id/versions/:language')
  @Does('Set the version of a language', { status: 200, type: VersionAnswer })
  async setVersion(
    @Param('id') id: string,
    @Param('language') tag: string,
    @Body() body: SetVersionDto,
    @Calling() caller: Caller,
  ): Promise<Answer<VersionAnswer>> {
    await this.#own(id, caller);
    const version = versionFrom(languageOf(tag), body);
    await this.#contentCheck.check(version);
    const command = { type: 'SetNewsletterVersion', version } as const;
    const { facts } = await this.#streams.run(newsletterStream, id, command, caller);
    return found(versionView(version), facts);
  }

  @Get(':id/versions/:language')
  @Does('Read the version of a language, or an earlier one by its hash', {
    status: 200,
    type: VersionAnswer,
  })
  async readVersion(
    @Param('id') id: string,
    @Param('language') tag: string,
    @Query() { hash }: VersionQuery,
    @Calling() caller: Caller,
  ): Promise<Answer<VersionAnswer>> {
    const { key, state, facts } = await this.#own(id, caller);
    const language = languageOf(tag);
    const current = state.versions.get(language);
    const version =
      hash === undefined || current?.hash === hash
        ? current
        : await this.#versionOf(key, language, hash);
    if (version === undefined) throw unknown('version');
    return found(versionView(version), facts);
  }

  /** What was ever set stays in the ledger: it may have been sent (C-29). */
  async #versionOf(
    key: string,
    language: Language,
    hash: string,
  ): Promise<NewsletterVersion | undefined> {
    const history = await this.#streams.ledger.read(newsletterStream, key);
    const settings = history.flatMap(({ event }) =>
      event.type === 'NewsletterVersionSet' ? [event.data] : [],
    );
    return settings.find((each) => each.language === language && each.hash === hash);
  }

  async #own(id: string, caller: Caller): Promise<Folded<Present<Newsletter>>> {
    if (!NewsletterId.is(id)) throw unknown('newsletter');
    return owned(await this.#streams.read(newsletterStream, id), caller, 'newsletter');
  }
}

const languageOf = (tag: string): Language => {
  const language = parseLanguage(tag);
  if (language !== undefined) return language;
  throw problem('invalid-request', 'The address names no language.', {
    errors: [
      { path: 'language', code: 'invalid', message: 'must be a tag such as fr, en or fr-CA' },
    ],
  });
};

const viewOf = (id: string, newsletter: Newsletter, revision: number): NewsletterAnswer => {
  if (newsletter.status === 'none') throw unknown('newsletter');
  const { name, status, subject, versions } = newsletter;
  return {
    id,
    name,
    status,
    ...(subject !== undefined && { subject }),
    versions: [...versions.keys()],
    revision,
  };
};
