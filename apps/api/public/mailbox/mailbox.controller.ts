import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mailbox } from '#libs/mailer/mailbox/port';
import { Open } from '../../http/access/access.ts';
import { problem } from '../../http/problem.ts';
import { PublicUrl } from '../../public-url.ts';
import { answerFramed, answerPage } from '../http/answer-page.ts';
import { ShowsPage } from '../http/page-operation.ts';
import { pageSetting } from '../http/page-setting.ts';
import { linksOutOfFrame } from '../html/framed-html.ts';
import type { Setting } from '../html/page.ts';
import { BOTH } from '../people/gone-link.ts';
import { mailboxListPage, mailboxMessagePage, TABS, type Tab } from './mailbox-pages.ts';

const PAGE_SIZE = 25;

/** The built-in mailbox, where one is used: undefined once mail leaves through a relay. */
export class OpenMailbox {
  readonly #mailbox: Mailbox | undefined;

  constructor(mailbox: Mailbox | undefined) {
    this.#mailbox = mailbox;
  }

  /** Throws the problem `not-found` when mail leaves through a relay. */
  get(): Mailbox {
    if (this.#mailbox === undefined) throw absent();
    return this.#mailbox;
  }
}

const absent = (): Error => problem('not-found', 'There is no such message in the mailbox.');

/** Reads mail that went to the built-in mailbox. Only with no relay configured: anybody who gets here may read it. */
@ApiTags('public pages')
@Open()
@Controller('mailbox')
export class MailboxController {
  readonly #mailbox: OpenMailbox;
  readonly #root: string;

  constructor(mailbox: OpenMailbox, url: PublicUrl) {
    this.#mailbox = mailbox;
    this.#root = url.path('');
  }

  @Get()
  @ShowsPage('The built-in mailbox', { 200: 'Mail, newest first.', 404: 'A relay is configured.' })
  @ApiQuery({ name: 'before', required: false, schema: { type: 'integer' } })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const before = numberIn(request);
    const found = await this.#mailbox
      .get()
      .list({ limit: PAGE_SIZE + 1, ...(before !== undefined && { before }) });
    const entries = found.slice(0, PAGE_SIZE);
    const older = found.length > PAGE_SIZE ? entries.at(-1)?.number : undefined;
    const setting = this.#setting(request);
    answerPage(reply, mailboxListPage({ setting, entries, older, isFirst: before === undefined }));
  }

  @Get(':id')
  @ShowsPage('One message of the mailbox', {
    200: 'As it looks, as text, its source or its headers.',
    404: 'There is no such message, or a relay is configured.',
  })
  @ApiQuery({ name: 'part', required: false, schema: { type: 'string', enum: [...TABS] } })
  async read(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const message = await this.#mailbox.get().read(id);
    if (message === undefined) throw absent();
    const tab = tabIn(request) ?? (message.html === undefined ? 'text' : 'html');
    answerPage(reply, mailboxMessagePage(message, tab, this.#setting(request)));
  }

  @Get(':id/content')
  @ShowsPage('The HTML of a message, for the frame of its page', {
    200: 'HTML that may run no script.',
    404: 'There is no such message, it has no HTML, or a relay is configured.',
  })
  async content(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const message = await this.#mailbox.get().read(id);
    if (message?.html === undefined) throw absent();
    answerFramed(reply, linksOutOfFrame(message.html, '_blank'));
  }

  #setting(request: FastifyRequest): Setting {
    return pageSetting(request, this.#root, BOTH);
  }
}

const queryOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = (request.query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
};

const numberIn = (request: FastifyRequest): number | undefined => {
  const text = queryOf(request, 'before') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

const tabIn = (request: FastifyRequest): Tab | undefined =>
  TABS.find((tab) => tab === queryOf(request, 'part'));
