import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '../http/access/access.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { progressEvents } from '../http/progress-events.ts';
import { sendEvents } from '../http/server-events.ts';
import { Does } from '../openapi/operation.ts';
import { importView } from './import-view.ts';
import { Imports } from './imports.ts';

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
    const look = async () => importView(id, (await this.#imports.own(id, caller)).state);
    await sendEvents(request, reply, progressEvents(look, ENDED));
  }
}
