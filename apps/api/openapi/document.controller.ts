import { Controller, Get, Header } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import { Open } from '../http/access/access.ts';
import { Does } from './operation.ts';
import { ApiDocument } from './api-document.ts';
import { docsPage, DOCS_STYLE } from './docs-page.ts';

const text = (type: string) => ({
  status: 200,
  description: 'Text.',
  content: { [type]: { schema: { type: 'string' } } },
});

/** What this API is, for programs and people. */
@ApiTags('operation')
@Open()
@Controller()
export class DocumentController {
  readonly #document: ApiDocument;

  constructor(document: ApiDocument) {
    this.#document = document;
  }

  @Get('openapi.json')
  @ApiResponse({ status: 200, description: 'OpenAPI 3.1.', schema: { type: 'object' } })
  @Does('This document')
  openapi(): OpenAPIObject {
    return this.#document.get();
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiResponse(text('text/html'))
  @Does('This document, to be read')
  docs(): string {
    return docsPage(this.#document.get());
  }

  @Get('docs/style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @ApiProduces('text/css')
  @ApiResponse(text('text/css'))
  @Does('The style of the documentation')
  style(): string {
    return DOCS_STYLE;
  }
}
