import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '../http/access/access.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { problem } from '../http/problem.ts';
import type { RowFormat } from '../http/row-format.ts';
import { extraModels } from '../http/schema/structures.ts';
import { Does } from '../openapi/operation.ts';
import { RowAnswer, RowsQuery } from './import.dto.ts';
import { ImportRows } from './import-rows.ts';
import { Imports } from './imports.ts';
import { acceptedFormat } from './row-texts.ts';

/** What became of each row of a file (IMP-1). */
@ApiTags('imports')
@Needs('imports')
@extraModels(RowAnswer)
@Controller('v1/imports/:id/rows')
export class ImportRowsController {
  readonly #imports: Imports;
  readonly #rows: ImportRows;

  constructor(imports: Imports, rows: ImportRows) {
    this.#imports = imports;
    this.#rows = rows;
  }

  // eslint-disable-next-line max-params -- one for each part of the request
  @Get()
  @ApiProduces('application/x-ndjson', 'text/csv')
  @ApiResponse({
    status: 200,
    description: `One row a line, as NDJSON (${getSchemaPath(RowAnswer)}) or as CSV, by \`Accept\`.`,
    content: {
      'application/x-ndjson': { schema: { type: 'string' } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  @Does('Read what became of each row')
  async read(
    @Param('id') id: string,
    @Query() { outcome }: RowsQuery,
    @Calling() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { id: importId } = await this.#imports.own(id, caller);
    const format = acceptedFormat(request.headers.accept);
    if (format === undefined) {
      throw problem('not-acceptable', 'Rows are to be had as application/x-ndjson or text/csv.');
    }
    const rows = this.#rows.of({ importId, outcome, withEmail: maySeeAddresses(caller) });
    await reply
      .header('content-type', format.contentType)
      .send(Readable.from(textsOf(rows, format)));
  }
}

async function* textsOf(
  pages: AsyncIterable<readonly RowAnswer[]>,
  { head, line }: RowFormat<RowAnswer>,
): AsyncGenerator<string, void> {
  if (head !== '') yield head;
  for await (const rows of pages) yield rows.map(line).join('');
}

const maySeeAddresses = (caller: Caller): boolean =>
  caller.kind === 'account' &&
  (caller.scopes.includes('*') || caller.scopes.includes('recipients:read'));
