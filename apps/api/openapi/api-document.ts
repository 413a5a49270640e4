import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import { completed } from './completed-document.ts';

const DESCRIPTION = [
  'Newsletters with consent that can be proven. Errors are problem+json (RFC 9457).',
  'Every POST takes an `Idempotency-Key`; writes answer an `X-Position` that lists take as `after`.',
  'Single resources have an `ETag`; `If-Match` makes a change conditional on it.',
].join(' ');

/** The OpenAPI document, made from the controllers themselves. */
export class ApiDocument {
  #document: OpenAPIObject | undefined;

  describe(app: INestApplication): void {
    const config = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Attesta')
      .setVersion('1')
      .setDescription(DESCRIPTION)
      .addBearerAuth(
        { type: 'http', scheme: 'bearer', description: 'A key of an account.' },
        'account',
      )
      .addBearerAuth(
        { type: 'http', scheme: 'bearer', description: "The operator's key." },
        'operator',
      )
      .build();
    this.#document = completed(SwaggerModule.createDocument(app, config));
  }

  get(): OpenAPIObject {
    if (this.#document === undefined) throw new Error('The API has not been described yet.');
    return this.#document;
  }
}
