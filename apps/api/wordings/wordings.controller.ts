import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { ApiTags } from '@nestjs/swagger';
import { WordingId } from '#domain/kernel/index';
import { wordingStream, type Wording, type WordingVersion } from '#domain/wording/index';
import { canonicalJson } from '#libs/ledger/canonical-json';
import { Needs } from '../http/access/access.ts';
import { created, found, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { unknown } from '../http/problem.ts';
import { PageQuery, pageOf, type Page } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { owned, type Present } from '../owned.ts';
import { Catalogue } from '../reading/catalogue.ts';
import { Streams, type Folded } from '../streams.ts';
import {
  AddWordingVersionDto,
  CreateWordingDto,
  WordingAnswer,
  type WordingVersionAnswer,
} from './wording.dto.ts';

/** Consent texts: versioned, hashed, and never changed (COL-1). */
@ApiTags('wordings')
@Needs('content')
@Controller('v1/wordings')
export class WordingsController {
  readonly #streams: Streams;
  readonly #catalogue: Catalogue;

  constructor(streams: Streams, catalogue: Catalogue) {
    this.#streams = streams;
    this.#catalogue = catalogue;
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
      hash: hashOf(texts),
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
    const command = { type: 'AddWordingVersion', texts, hash: hashOf(texts) } as const;
    const added = await this.#streams.run(wordingStream, id, command, caller);
    return created(viewOf(id, added.state, added.revision), added.facts);
  }

  async #own(id: string, caller: Caller): Promise<Folded<Present<Wording>>> {
    if (!WordingId.is(id)) throw unknown('wording');
    return owned(await this.#streams.read(wordingStream, id), caller, 'wording');
  }
}

const hashOf = (texts: Readonly<Record<string, string>>): string =>
  createHash('sha256').update(canonicalJson(texts)).digest('hex');

const versionView = ({ version, texts, hash }: WordingVersion): WordingVersionAnswer => ({
  version,
  texts,
  hash,
});

const viewOf = (id: string, wording: Wording, revision: number): WordingAnswer => {
  if (wording.status === 'none') throw unknown('wording');
  const { purpose, latest, versions } = wording;
  const current = { version: latest.version, texts: latest.texts, hash: latest.hash };
  return { id, purpose, ...current, versions: versions.map(versionView), revision };
};
