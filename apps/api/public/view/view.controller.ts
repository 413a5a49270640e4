import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseLanguage, type Language } from '#domain/kernel/index';
import { Open } from '../../http/access/access.ts';
import { PublicUrl } from '../../public-url.ts';
import { answerFramed, answerPage } from '../http/answer-page.ts';
import { ShowsPage } from '../http/page-operation.ts';
import { askedLanguage } from '../http/page-setting.ts';
import { postedForm } from '../http/posted-form.ts';
import { linksOutOfFrame } from '../html/framed-html.ts';
import { ActingPerson, evidenceOf } from '../people/acting-person.ts';
import { goneLink } from '../people/gone-link.ts';
import { Links } from '../people/links.ts';
import { languageShown, NewsletterViews, type Received } from './newsletter-views.ts';
import { viewPage } from './view-page.ts';

const BODY = {
  type: 'object' as const,
  required: ['language'],
  properties: { language: { type: 'string' } },
};

type Shown = Readonly<{ switched?: Language; status?: number }>;

/** “View in browser”, and the way to another language (LNG-1, P-24). */
@ApiTags('public pages')
@Open()
@Controller('v/:token')
export class ViewController {
  readonly #links: Links;
  readonly #views: NewsletterViews;
  readonly #acting: ActingPerson;
  readonly #url: PublicUrl;

  constructor(links: Links, views: NewsletterViews, acting: ActingPerson, url: PublicUrl) {
    this.#links = links;
    this.#views = views;
    this.#acting = acting;
    this.#url = url;
  }

  @Get()
  @ShowsPage('A newsletter in the browser', {
    200: 'The newsletter, in a frame, and its other languages.',
    404: 'We made no such link.',
    410: 'The person is no longer known.',
  })
  async show(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const received = await this.#received(token);
    const language = received && languageShown(received, askedLanguage(request));
    await this.#answer({ token, received, language }, request, reply);
  }

  @Get('content')
  @ShowsPage('The newsletter itself, for the frame of its page', {
    200: 'HTML that may run no script.',
    404: 'We made no such link.',
    410: 'The person is no longer known.',
  })
  async content(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const received = await this.#received(token);
    const language = received && languageShown(received, askedLanguage(request));
    const version =
      received === undefined || language === undefined
        ? undefined
        : await this.#views.render(received, language);
    if (version === undefined) {
      answerPage(reply, goneLink(request, this.#url.path(''), received ? 410 : 404));
      return;
    }
    answerFramed(reply, linksOutOfFrame(version.html, '_top'));
  }

  @Post()
  @ShowsPage('Receive newsletters in another language from now on', {
    200: 'Done.',
    400: 'The newsletter again: no language that it can be read in was sent.',
    404: 'We made no such link.',
    410: 'The person is no longer known.',
  })
  @ApiConsumes('application/x-www-form-urlencoded', 'multipart/form-data')
  @ApiBody({ schema: BODY as never })
  async switchLanguage(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const received = await this.#received(token);
    const wanted = parseLanguage(postedForm(request).text('language') ?? '');
    const language = received?.languages.find((each) => each === wanted);
    if (received === undefined || language === undefined) {
      const shown = received && languageShown(received, askedLanguage(request));
      await this.#answer({ token, received, language: shown }, request, reply, { status: 400 });
      return;
    }
    const { link } = received.visitor;
    const at = await this.#acting.at(link.accountId);
    const done = await this.#acting.run(
      link,
      { type: 'ChangeLanguage', ...at, language },
      { channel: 'newsletter-link', correlationId: request.id, evidence: evidenceOf(link) },
    );
    const after = await this.#received(token);
    const shown = done.ok ? { switched: language } : { status: 400 };
    await this.#answer({ token, received: after, language }, request, reply, shown);
  }

  async #received(token: string): Promise<Received | undefined> {
    const link = this.#links.open('view', token);
    return link === undefined ? undefined : this.#views.find(link);
  }

  async #answer(
    found: Readonly<{
      token: string;
      received: Received | undefined;
      language: Language | undefined;
    }>,
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Shown = {},
  ): Promise<void> {
    const { token, received, language } = found;
    const root = this.#url.path('');
    if (received === undefined || language === undefined) {
      answerPage(reply, goneLink(request, root));
      return;
    }
    const version = await this.#views.render(received, language);
    if (version === undefined) {
      answerPage(reply, goneLink(request, root, 410));
      return;
    }
    const { publisher, recipient } = received.visitor;
    const page = viewPage({
      publisher,
      setting: { root, language, languages: received.languages },
      subject: version.subject,
      contentPath: `${root}/v/${token}/content?lang=${language}`,
      switchTo: language === recipient.language ? undefined : language,
      ...shown,
    });
    answerPage(reply, page);
  }
}
