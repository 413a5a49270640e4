import { Controller, Get, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { importStream } from '#domain/import/index';
import { clear, instantOf } from '#domain/kernel/index';
import { Uploads } from '#libs/uploads/index';
import { Needs } from '../http/access/access.ts';
import { accepted, type Answer } from '../http/answer.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { PageQuery, pageOf, type Page } from '../http/schema/index.ts';
import { Does } from '../openapi/operation.ts';
import { Catalogue } from '../reading/catalogue.ts';
import { Streams } from '../streams.ts';
import { ImportAnswer, QueuedAnswer, UploadQuery } from './import.dto.ts';
import { FILE_TYPES } from './file-formats.ts';
import { importView } from './import-view.ts';
import { Imports } from './imports.ts';
import { StagedImport, StageUpload } from './stage-upload.guard.ts';

/** Files of recipients (IMP-1). */
@ApiTags('imports')
@Needs('imports')
@Controller('v1/imports')
export class ImportsController {
  readonly #streams: Streams;
  readonly #imports: Imports;
  readonly #catalogue: Catalogue;
  readonly #uploads: Uploads;

  constructor(streams: Streams, imports: Imports, catalogue: Catalogue, uploads: Uploads) {
    this.#streams = streams;
    this.#imports = imports;
    this.#catalogue = catalogue;
    this.#uploads = uploads;
  }

  @Post()
  @UseGuards(StageUpload)
  @ApiConsumes(...FILE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' }, description: 'The file, in UTF-8.' })
  @Does('Import a file of recipients', { status: 202, type: QueuedAnswer })
  async queue(
    @Query() query: UploadQuery,
    @Req() request: FastifyRequest,
    @Calling() caller: Caller,
  ): Promise<Answer<QueuedAnswer>> {
    const staged = request.body;
    if (!(staged instanceof StagedImport)) throw new Error('The upload was not taken in.');
    const { id, format, mapping, file } = staged;
    const { accountId } = caller;
    // Of a repeated request the file is there already, or was done with long ago.
    const { revision } = await this.#streams.read(importStream, id);
    if (revision === -1) await this.#uploads.keep(file);
    const command = {
      type: 'QueueImport',
      now: instantOf(this.#streams.now()),
      data: { accountId, format, bytes: file.bytes, dryRun: query.dryRun === 'true' },
      personal: clear({ mapping }),
    } as const;
    const { facts } = await this.#streams.run(importStream, id, command, caller);
    return accepted({ id }, { ...facts, location: `/v1/imports/${id}` });
  }

  @Get()
  @Does('List the imports', { status: 200, type: pageOf(ImportAnswer) })
  async list(@Query() query: PageQuery, @Calling() caller: Caller): Promise<Page<ImportAnswer>> {
    const page = await this.#catalogue.page(caller, 'import', query);
    const items: ImportAnswer[] = [];
    for (const id of page.ids) {
      const { state } = await this.#imports.own(id, caller);
      items.push(importView(id, state));
    }
    return { items, next: page.next };
  }

  @Get(':id')
  @Does('Read how an import stands', { status: 200, type: ImportAnswer })
  async read(@Param('id') id: string, @Calling() caller: Caller): Promise<ImportAnswer> {
    const { state } = await this.#imports.own(id, caller);
    return importView(id, state);
  }
}
