import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  concat,
  concatMap,
  defer,
  distinctUntilChanged,
  map,
  of,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';
import { Needs } from '../http/access/access.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { sendEvents, type ServerEvent } from '../http/server-events.ts';
import { Does } from '../openapi/operation.ts';
import type { ImportAnswer } from './import.dto.ts';
import { importView } from './import-view.ts';
import { Imports } from './imports.ts';

const EVERY = 500;
const ENDED = ['completed', 'failed', 'undone'];

/** An import's progress while it happens. */
@ApiTags('imports')
@Needs('imports')
@Controller('v1/imports/:id/progress')
export class ImportProgressController {
  readonly #imports: Imports;

  constructor(imports: Imports) {
    this.#imports = imports;
  }

  @Get()
  @ApiProduces('text/event-stream')
  @ApiResponse({
    status: 200,
    description:
      'Server-sent events: `progress` with the import as JSON whenever it changes, and `end` when it is over.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  @Does('Follow the progress of an import')
  async follow(
    @Param('id') id: string,
    @Calling() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#imports.own(id, caller);
    await sendEvents(request, reply, this.#events(id, caller));
  }

  #events(id: string, caller: Caller): Observable<ServerEvent> {
    const now = async (): Promise<ImportAnswer> =>
      importView(id, (await this.#imports.own(id, caller)).state);
    const changes = timer(0, EVERY).pipe(
      concatMap(() => defer(now)),
      takeWhile(({ status }) => !ENDED.includes(status), true),
      map((answer) => JSON.stringify(answer)),
      distinctUntilChanged(),
      map((data) => ({ event: 'progress', data })),
    );
    return concat(changes, of({ event: 'end', data: '{}' }));
  }
}
