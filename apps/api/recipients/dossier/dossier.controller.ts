import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Needs } from '../../http/access/access.ts';
import { Answer, found } from '../../http/answer.ts';
import { Calling, type Caller } from '../../http/caller.ts';
import { problem } from '../../http/problem.ts';
import { extraModels } from '../../http/schema/structures.ts';
import { Does } from '../../openapi/operation.ts';
import { acceptedLanguages, firstOffered, pageLanguageOf } from '../../public/html/language.ts';
import type { Language } from '#domain/kernel/index';
import { acceptedDossierFormat } from './accepted-format.ts';
import { Dossiers } from './dossiers.ts';
import {
  DOSSIER_LANGUAGES,
  DossierAnswer,
  DossierQuery,
  type DossierFormat,
  type DossierLanguage,
} from './dto/dossier.dto.ts';
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

  // eslint-disable-next-line max-params -- one for each part of the request
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
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer<DossierAnswer | string>> {
    const format = formOf(query, headers.accept);
    const { dossier, position } = await this.#dossiers.of(id, caller);
    // Nobody on the way may keep what is all about one person.
    reply.header('cache-control', 'no-store');
    if (format === 'json') return found(dossier, { position });
    const language = languageOf(query, headers['accept-language'], dossier);
    const { html, policy } = dossierPage(dossier, language);
    reply.header('content-security-policy', policy).header('content-language', language);
    return found(html, { position, contentType: 'text/html; charset=utf-8' });
  }
}

const formOf = ({ format }: DossierQuery, accept: string | undefined): DossierFormat => {
  const form = format ?? acceptedDossierFormat(accept);
  if (form !== undefined) return form;
  throw problem('not-acceptable', 'A dossier is to be had as application/json or text/html.');
};

const languageOf = (
  { language }: DossierQuery,
  accepted: string | undefined,
  { account }: DossierAnswer,
): DossierLanguage => {
  if (language !== undefined) return language;
  const wanted = [...acceptedLanguages(accepted), ...(account.languages as Language[])];
  return pageLanguageOf(firstOffered(wanted, [...DOSSIER_LANGUAGES] as string[] as Language[]));
};
