import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Constructor } from '../http/schema/structures.ts';

type Outcome = Readonly<{ status: number; type?: Constructor; description?: string }>;

/** What a route does and answers, in words and as schemas. Problems are added to all of them alike. */
export const Does = (summary: string, ...outcomes: readonly Outcome[]): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary }),
    ...outcomes.map(({ status, type, description = summary }) =>
      ApiResponse({ status, description, ...(type !== undefined && { type }) }),
    ),
  );
