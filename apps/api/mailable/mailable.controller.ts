import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '../http/access/access.ts';
import { Calling, type Caller } from '../http/caller.ts';
import { problem } from '../http/problem.ts';
import { acceptedForm } from '../http/row-format.ts';
import { extraModels, type Constructor } from '../http/schema/structures.ts';
import { Does } from '../openapi/operation.ts';
import {
  DifferenceLineAnswer,
  DifferenceQuery,
  DifferenceSummaryAnswer,
  MailableLineAnswer,
  MailableQuery,
  MailableSummaryAnswer,
} from './mailable.dto.ts';
import { Mailable } from './mailable.ts';
import type { Report } from './report.ts';
import { DIFFERENCE_FORMS, MAILABLE_FORMS, textsOf, type ReportFormat } from './report-texts.ts';

const streamed = (line: Constructor, summary: Constructor): MethodDecorator =>
  ApiResponse({
    status: 200,
    description:
      `As NDJSON or CSV, by \`Accept\`. NDJSON: a line a recipient (${getSchemaPath(line)}), in order of ` +
      `their ids, then one line with the summary (${getSchemaPath(summary)}). An answer without its ` +
      'summary was broken off. CSV has no summary.',
    content: {
      'application/x-ndjson': { schema: { type: 'string' } },
      'text/csv': { schema: { type: 'string' } },
    },
  });

/** Who could be mailed on a date, and why: what an inspector asks (CON-6). */
@ApiTags('recipients')
@Needs('recipients:read')
@extraModels(
  MailableLineAnswer,
  MailableSummaryAnswer,
  DifferenceLineAnswer,
  DifferenceSummaryAnswer,
)
@Controller('v1/mailable')
export class MailableController {
  readonly #mailable: Mailable;

  constructor(mailable: Mailable) {
    this.#mailable = mailable;
  }

  @Get()
  @ApiProduces('application/x-ndjson', 'text/csv')
  @streamed(MailableLineAnswer, MailableSummaryAnswer)
  @Does('Who could be mailed at an instant, and why?')
  async at(
    @Query() query: MailableQuery,
    @Calling() { accountId }: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = MAILABLE_FORMS[formOf(request)];
    await send(reply, await this.#mailable.at(accountId, query), format);
  }

  @Get('difference')
  @ApiProduces('application/x-ndjson', 'text/csv')
  @streamed(DifferenceLineAnswer, DifferenceSummaryAnswer)
  @Does('Whose answer is another one at a later instant?')
  async difference(
    @Query() query: DifferenceQuery,
    @Calling() { accountId }: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = DIFFERENCE_FORMS[formOf(request)];
    if (Date.parse(query.to) < Date.parse(query.from)) throw backwards();
    await send(reply, await this.#mailable.difference(accountId, query), format);
  }
}

/** The reader's pace is the stream's; a reader who leaves ends the work. */
const send = async <Line, Summary>(
  reply: FastifyReply,
  report: Report<Line, Summary>,
  format: ReportFormat<Line>,
): Promise<void> => {
  const texts = Readable.from(textsOf(report, format));
  await reply.header('content-type', format.contentType).send(texts);
};

const formOf = ({ headers }: FastifyRequest): 'ndjson' | 'csv' => {
  const form = acceptedForm(headers.accept);
  if (form !== undefined) return form;
  throw problem('not-acceptable', 'The answer is to be had as application/x-ndjson or text/csv.');
};

const backwards = (): Error =>
  problem('invalid-request', 'The second instant lies before the first. Exchange them.', {
    errors: [{ path: 'to', code: 'too-small', message: 'must not be before `from`' }],
  });
