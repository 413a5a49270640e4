import { Readable } from 'node:stream';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { importStream } from '#domain/import/index';
import { instantOf } from '#domain/kernel/index';
import { undoNote, Uploads } from '#libs/uploads/index';
import { Needs } from '../../http/access/access.ts';
import { accepted, type Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { problem } from '../../http/problem.ts';
import { extraModels } from '../../http/schema/structures.ts';
import { Does } from '../../openapi/operation.ts';
import { NothingDto } from '../../recipients/consents/consents.controller.ts';
import { Streams } from '../../streams.ts';
import { QueuedAnswer } from '../import.dto.ts';
import { Imports } from '../imports.ts';
import { LeftThings } from './left-things.ts';
import { LeftAnswer, UndoAnswer } from './undo.dto.ts';
import { undoView } from './undo-view.ts';

/** Taking back what a file changed. */
@ApiTags('imports')
@Needs('imports')
@extraModels(LeftAnswer)
@Controller('v1/imports/:id/undo')
export class ImportUndoController {
  readonly #streams: Streams;
  readonly #imports: Imports;
  readonly #leftThings: LeftThings;
  readonly #uploads: Uploads;

  constructor(streams: Streams, imports: Imports, leftThings: LeftThings, uploads: Uploads) {
    this.#streams = streams;
    this.#imports = imports;
    this.#leftThings = leftThings;
    this.#uploads = uploads;
  }

  /** The note first: an undo that is on record and has no note would wait until it is asked for again. */
  @Post()
  @Does('Undo an import: what it changed, and nobody since, becomes as it was before', {
    status: 202,
    type: QueuedAnswer,
  })
  async request(
    @Param('id') id: string,
    @Body() _body: NothingDto,
    @Calling() caller: Caller,
  ): Promise<Answer<QueuedAnswer>> {
    const { id: importId, state } = await this.#imports.own(id, caller);
    if (state.status !== 'undone') await this.#uploads.note(undoNote(importId));
    const command = { type: 'RequestUndo', now: instantOf(this.#streams.now()) } as const;
    const { facts } = await this.#streams.run(importStream, importId, command, caller);
    return accepted({ id: importId }, { ...facts, location: `/v1/imports/${importId}/undo` });
  }

  @Get()
  @Does('Read how the undo of an import stands', { status: 200, type: UndoAnswer })
  async read(@Param('id') id: string, @Calling() caller: Caller): Promise<UndoAnswer> {
    const { state } = await this.#imports.own(id, caller);
    if (state.undo === undefined) throw notAskedFor();
    return undoView(state.undo);
  }

  @Get('left')
  @ApiProduces('application/x-ndjson')
  @ApiResponse({
    status: 200,
    description: `One thing a line, as NDJSON (${getSchemaPath(LeftAnswer)}).`,
    content: { 'application/x-ndjson': { schema: { type: 'string' } } },
  })
  @Does('Read what the undo of an import left as it is, and why')
  async left(
    @Param('id') id: string,
    @Calling() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { id: importId, state } = await this.#imports.own(id, caller);
    if (state.undo === undefined) throw notAskedFor();
    await reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .send(Readable.from(linesOf(this.#leftThings.of(importId))));
  }
}

const notAskedFor = (): Error =>
  problem('not-found', 'Nobody has asked to undo this import: POST to this address to do so.');

async function* linesOf(pages: AsyncIterable<readonly LeftAnswer[]>): AsyncGenerator<string, void> {
  for await (const things of pages) {
    yield things.map((thing) => `${JSON.stringify(thing)}\n`).join('');
  }
}
