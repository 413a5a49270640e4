import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../../http/access/access.ts';
import { PublicUrl } from '../../public-url.ts';
import { answerPage, answerText } from '../http/answer-page.ts';
import { ShowsPage } from '../http/page-operation.ts';
import { pageSetting } from '../http/page-setting.ts';
import { postedForm } from '../http/posted-form.ts';
import { ActingPerson } from '../people/acting-person.ts';
import { goneLink } from '../people/gone-link.ts';
import { Links } from '../people/links.ts';
import { Visitors, type Visitor } from '../people/visitors.ts';
import { carryOut, choiceOf, type Choice } from './choices.ts';
import { isOneClick, ONE_CLICK_ANSWER, OneClick } from './one-click.ts';
import { unsubscribePage, type UnsubscribeDone } from './unsubscribe-page.ts';
import { UnsubscribeView } from './unsubscribe-view.ts';

const ONE_CLICK_RESPONSE = {
  status: 200,
  description: 'To one-click: a short text, whatever the token (RFC 8058). Otherwise a page.',
  content: {
    'text/plain': { schema: { type: 'string' } },
    'text/html': { schema: { type: 'string' } },
  },
} as const;

const BODY = {
  type: 'object' as const,
  properties: {
    'List-Unsubscribe': { type: 'string', enum: ['One-Click'] },
    choice: { type: 'string', enum: ['leave', 'all', 'join'] },
    'lists[]': { type: 'array', items: { type: 'string' } },
  },
};

/** The unsubscribe link of each message (UNS-1, UNS-2, C-22 to C-25, M-09 to M-13). */
@ApiTags('public pages')
@Open()
@Controller('u/:token')
export class UnsubscribePageController {
  readonly #links: Links;
  readonly #visitors: Visitors;
  readonly #acting: ActingPerson;
  readonly #oneClick: OneClick;
  readonly #view: UnsubscribeView;
  readonly #root: string;

  constructor(
    links: Links,
    visitors: Visitors,
    acting: ActingPerson,
    oneClick: OneClick,
    view: UnsubscribeView,
    url: PublicUrl,
  ) {
    this.#links = links;
    this.#visitors = visitors;
    this.#acting = acting;
    this.#oneClick = oneClick;
    this.#view = view;
    this.#root = url.path('');
  }

  @Get()
  @ShowsPage('The unsubscribe page', { 200: 'The choices.', 404: 'We made no such link.' })
  async show(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#answer(await this.#visitor(token), request, reply);
  }

  @Post()
  @ShowsPage('Unsubscribe: one-click, or a choice on the page', {
    400: 'The page again: no choice was sent.',
    404: 'We made no such link.',
  })
  @ApiConsumes('application/x-www-form-urlencoded', 'multipart/form-data')
  @ApiBody({ schema: BODY as never })
  @ApiResponse(ONE_CLICK_RESPONSE)
  async act(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = postedForm(request);
    if (isOneClick(form)) {
      await this.#oneClick.carryOut(token, request.id);
      answerText(reply, ONE_CLICK_ANSWER);
      return;
    }
    const choice = choiceOf(form);
    const visitor = await this.#visitor(token);
    if (
      visitor === undefined ||
      choice === undefined ||
      !(await this.#mayChoose(visitor, choice))
    ) {
      await this.#answer(visitor, request, reply, { status: 400 });
      return;
    }
    const done = await carryOut(this.#acting, visitor, choice, request.id);
    await this.#answer(await this.#visitor(token), request, reply, { done });
  }

  /** Lists of the account alone, and to join only those that it shows. */
  async #mayChoose(visitor: Visitor, choice: Choice): Promise<boolean> {
    return choice.kind === 'all' || this.#view.offers(visitor, choice.listIds, choice.kind);
  }

  async #visitor(token: string): Promise<Visitor | undefined> {
    const link = this.#links.open('unsubscribe', token);
    return link === undefined ? undefined : this.#visitors.find(link);
  }

  async #answer(
    visitor: Visitor | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
    more: Readonly<{ done?: UnsubscribeDone; status?: number }> = {},
  ): Promise<void> {
    if (visitor === undefined) {
      answerPage(reply, goneLink(request, this.#root));
      return;
    }
    const { publisher, recipient } = visitor;
    const setting = pageSetting(request, this.#root, publisher.terms.languages, recipient.language);
    answerPage(reply, unsubscribePage({ ...(await this.#view.of(visitor, setting)), ...more }));
  }
}
