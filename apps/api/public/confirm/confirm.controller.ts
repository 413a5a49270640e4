import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormId, millisecondsOf } from '#domain/kernel/index';
import { CONFIRMATION_LIFETIME } from '#domain/recipient/index';
import { Open } from '../../http/access/access.ts';
import { PublicUrl } from '../../public-url.ts';
import { answerPage } from '../http/answer-page.ts';
import { ShowsPage } from '../http/page-operation.ts';
import { pageSetting } from '../http/page-setting.ts';
import type { Page, Setting } from '../html/page.ts';
import { ActingPerson, evidenceOf } from '../people/acting-person.ts';
import { goneLink } from '../people/gone-link.ts';
import { Links } from '../people/links.ts';
import { PageLists } from '../people/page-lists.ts';
import { Visitors, type Visitor } from '../people/visitors.ts';
import { askToConfirm, confirmedPage, expiredPage } from './confirm-pages.ts';

/** Double opt-in: the link of a confirmation mail (C-20, C-27). */
@ApiTags('public pages')
@Open()
@Controller('confirm/:token')
export class ConfirmController {
  readonly #links: Links;
  readonly #visitors: Visitors;
  readonly #acting: ActingPerson;
  readonly #lists: PageLists;
  readonly #url: PublicUrl;

  constructor(
    links: Links,
    visitors: Visitors,
    acting: ActingPerson,
    lists: PageLists,
    url: PublicUrl,
  ) {
    this.#links = links;
    this.#visitors = visitors;
    this.#acting = acting;
    this.#lists = lists;
    this.#url = url;
  }

  @Get()
  @ShowsPage('The page behind a confirmation link', {
    200: 'The question, or that it is confirmed already.',
    404: 'We made no such link.',
    410: 'The link can no longer be used; how to start again.',
  })
  async show(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = await this.#visitor(token);
    answerPage(
      reply,
      visitor === undefined
        ? goneLink(request, this.#url.path(''))
        : await this.#page(visitor, this.#setting(visitor, request)),
    );
  }

  @Post()
  @ShowsPage('Confirm a subscription', {
    200: 'Confirmed.',
    404: 'We made no such link.',
    410: 'The link can no longer be used; how to start again.',
  })
  async confirm(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = await this.#visitor(token);
    if (visitor === undefined) {
      answerPage(reply, goneLink(request, this.#url.path('')));
      return;
    }
    const { link, publisher } = visitor;
    const setting = this.#setting(visitor, request);
    const at = await this.#acting.at(link.accountId);
    const done = await this.#acting.run(
      link,
      { type: 'ConfirmSubscription', ...at, requestedAt: link.issued },
      {
        channel: FormId.is(link.about) ? 'form' : 'preferences',
        correlationId: request.id,
        evidence: evidenceOf(link),
        ...(visitor.agreedTo !== undefined && { wording: visitor.agreedTo }),
      },
    );
    answerPage(
      reply,
      done.ok ? confirmedPage({ publisher, setting }) : this.#expired(visitor, setting),
    );
  }

  async #visitor(token: string): Promise<Visitor | undefined> {
    const link = this.#links.open('confirm', token);
    return link === undefined ? undefined : this.#visitors.find(link);
  }

  #setting({ publisher, recipient }: Visitor, request: FastifyRequest): Setting {
    const { languages } = publisher.terms;
    return pageSetting(request, this.#url.path(''), languages, recipient.language);
  }

  async #page(visitor: Visitor, setting: Setting): Promise<Page> {
    const { link, publisher, recipient } = visitor;
    const { pending, confirmedRequest } = recipient;
    if (
      pending === undefined &&
      confirmedRequest !== undefined &&
      link.issued >= confirmedRequest
    ) {
      return confirmedPage({ publisher, setting });
    }
    const isLate = this.#acting.now() > millisecondsOf(link.issued) + CONFIRMATION_LIFETIME;
    if (isLate || pending === undefined || link.issued < pending.requestedAt) {
      return this.#expired(visitor, setting);
    }
    const lists = await this.#lists.named(link.accountId, pending.listIds, setting.language);
    return askToConfirm({ publisher, setting }, lists);
  }

  #expired({ link, publisher }: Visitor, setting: Setting): Page {
    const { about } = link;
    const isByForm = FormId.is(about);
    const path = isByForm ? this.#url.path(`/f/${about}`) : this.#links.path('preferences', link);
    const again = `${path}?lang=${setting.language}`;
    return expiredPage({ publisher, setting }, { isByForm, path: again });
  }
}
