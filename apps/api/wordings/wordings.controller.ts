import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { WordingId } from '#domain/kernel/index';
import {
  wordingStream,
  type Purpose,
  type Wording,
  type WordingVersion,
} from '#domain/wording/index';
import { contentHash } from '../content-hash.ts';
import { Needs } from '../http/access/access.ts';
import { created, found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { unknown } from '../http/problem.ts';
import { PageQuery, pageOf, type Page } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { owned, type Present } from '../owned.ts';
import { Catalogue } from '../reading/catalogue.ts';
import { ConsentStatements } from '../statements/consent-statements.ts';
import { keptStatement } from '../statements/kept-statement.ts';
import { KeptStatementAnswer } from '../statements/statement.dto.ts';
import { Streams, type Folded } from '../streams.ts';
import {
  AddWordingVersionDto,
  CreateWordingDto,
  WordingAnswer,
  WordingVersionAnswer,
} from './wording.dto.ts';

/** Consent texts: versioned, hashed, and never changed (COL-1). */
@ApiTags('wordings')
@Needs('content')
@Controller('v1/wordings')
export class WordingsController {
  readonly #streams: Streams;
  readonly #catalogue: Catalogue;
  readonly #statements: ConsentStatements;

  constructor(streams: Streams, catalogue: Catalogue, statements: ConsentStatements) {
    this.#streams = streams;
    this.#catalogue = catalogue;
    this.#statements = statements;
  }

  @Post()
  @Does('Create a wording with its first version', { status: 201, type: WordingAnswer })
  async create(
    @Body() { purpose, texts }: CreateWordingDto,
    @Calling() caller: Caller,
  ): Promise<Answer<WordingAnswer>> {
    const id = this.#streams.newId(WordingId, caller);
    const { accountId } = caller;
    const command = {
      type: 'CreateWording',
      accountId,
      purpose,
      texts,
      hash: contentHash(texts),
    } as const;
    const made = await this.#streams.run(wordingStream, id, command, caller);
    const view = viewOf(id, made.state, made.revision);
    return created(view, { ...made.facts, location: `/v1/wordings/${id}` });
  }

  @Get()
  @Does('List the wordings', { status: 200, type: pageOf(WordingAnswer) })
  async list(@Query() query: PageQuery, @Calling() caller: Caller): Promise<Page<WordingAnswer>> {
    const page = await this.#catalogue.page(caller, 'wording', query);
    const all = await this.#streams.readMany(wordingStream, page.ids);
    return {
      items: all.map(({ key, state, revision }) => viewOf(key, state, revision)),
      next: page.next,
    };
  }

  @Get(':id')
  @Does('Read a wording and all its versions', { status: 200, type: WordingAnswer })
  async read(@Param('id') id: string, @Calling() caller: Caller): Promise<Answer<WordingAnswer>> {
    const { state, revision, facts } = await this.#own(id, caller);
    return found(viewOf(id, state, revision), facts);
  }

  @Post(':id/versions')
  @Does('Add a version; the ones before stay as they are', { status: 201, type: WordingAnswer })
  async addVersion(
    @Param('id') id: string,
    @Body() { texts }: AddWordingVersionDto,
    @Calling() caller: Caller,
  ): Promise<Answer<WordingAnswer>> {
    await this.#own(id, caller);
    const command = { type: 'AddWordingVersion', texts, hash: contentHash(texts) } as const;
    const added = await this.#streams.run(wordingStream, id, command, caller);
    return created(viewOf(id, added.state, added.revision), added.facts);
  }

  @Get(':id/versions/:version')
  @Does('Read one version', { status: 200, type: WordingVersionAnswer })
  async readVersion(
    @Param('id') id: string,
    @Param('version') version: string,
    @Calling() caller: Caller,
  ): Promise<Answer<WordingVersionAnswer>> {
    const { state, facts } = await this.#own(id, caller);
    const wanted = state.versions.find((each) => String(each.version) === version);
    if (wanted === undefined) throw unknown('version');
    return found(versionView(wanted), facts);
  }

  @Get(':id/statements/:hash')
  @Does('Read a request for consent exactly as people agreed to it', {
    status: 200,
    type: KeptStatementAnswer,
  })
  async readStatement(
    @Param('id') id: string,
    @Param('hash') hash: string,
    @Calling() caller: Caller,
  ): Promise<Answer<KeptStatementAnswer>> {
    await this.#own(id, caller);
    if (!WordingId.is(id) || !/^[0-9a-f]{64}$/.test(hash)) throw unknown('statement');
    const showings = await this.#statements.shownBy(caller.accountId, id, hash);
    return found(keptStatement(showings));
  }

  async #own(id: string, caller: Caller): Promise<Folded<Present<Wording>>> {
    if (!WordingId.is(id)) throw unknown('wording');
    return owned(await this.#streams.read(wordingStream, id), caller, 'wording');
  }
}

const versionView = ({ version, texts, hash }: WordingVersion): WordingVersionAnswer => ({
  version,
  texts,
  hash,
});

const shownPurpose = (purpose: Purpose): string | Record<string, string> =>
  typeof purpose === 'string' ? purpose : { ...purpose };

const viewOf = (id: string, wording: Wording, revision: number): WordingAnswer => {
  if (wording.status === 'none') throw unknown('wording');
  const { purpose, latest, versions } = wording;
  const current = { version: latest.version, texts: latest.texts, hash: latest.hash };
  return {
    id,
    purpose: shownPurpose(purpose),
    ...current,
    versions: versions.map(versionView),
    revision,
  };
};
