import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiQuery, ApiResponse } from '@nestjs/swagger';

const PAGE = { 'text/html': { schema: { type: 'string' } } } as const;

/** Documents a page: HTML for people, by status. */
export const ShowsPage = (
  summary: string,
  outcomes: Readonly<Record<number, string>>,
): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary }),
    ApiProduces('text/html'),
    ApiQuery({
      name: 'lang',
      required: false,
      description: 'Language to show the page in; changes nothing else.',
      schema: { type: 'string' },
    }),
    ...Object.entries(outcomes).map(([status, description]) =>
      ApiResponse({ status: Number(status), description, content: PAGE }),
    ),
  );
