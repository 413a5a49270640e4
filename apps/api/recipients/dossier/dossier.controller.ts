import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Needs } from '../../http/access/access.ts';
import type { Answer } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { extraModels } from '../../http/schema/structures.ts';
import { Does } from '../../openapi/operation.ts';
import type { Language } from '#domain/kernel/index';
import { askedFormat, askedLanguage } from '../proof/asked-form.ts';
import { proofAsData, proofAsPage } from '../proof/proof-answer.ts';
import { Dossiers } from './dossiers.ts';
import { DossierAnswer, DossierQuery } from './dto/dossier.dto.ts';
import { dossierPage } from './page/dossier-page.ts';

/** The consent dossier of one person: every proof there is, for whoever has to show it (C-29). */
@ApiTags('recipients')
@Needs('recipients:read')
@extraModels(DossierAnswer)
@Controller('v1/recipients/:id/dossier')
export class DossierController {
  readonly #dossiers: Dossiers;

  constructor(dossiers: Dossiers) {
    this.#dossiers = dossiers;
  }

  @Get()
  @ApiProduces('application/json', 'text/html')
  @ApiResponse({
    status: 200,
    description: 'As JSON, or as a page that prints well: by `format`, else by `Accept`.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(DossierAnswer) } },
      'text/html': { schema: { type: 'string' } },
    },
  })
  @Does('Read the consent dossier of a recipient')
  async read(
    @Param('id') id: string,
    @Query() query: DossierQuery,
    @Calling() caller: Caller,
    @Req() { headers }: FastifyRequest,
  ): Promise<Answer<DossierAnswer | string>> {
    const format = askedFormat(query.format, headers.accept);
    const { dossier, position } = await this.#dossiers.of(id, caller);
    if (format === 'json') return proofAsData(dossier, { position });
    const ours = dossier.account.languages as Language[];
    const language = askedLanguage(query.language, headers['accept-language'], ours);
    return proofAsPage(dossierPage(dossier, language), language, { position });
  }
}
