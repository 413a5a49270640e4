import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../../http/access/access.ts';
import { PublicUrl } from '../../public-url.ts';
import { answerPage } from '../http/answer-page.ts';
import { ShowsPage } from '../http/page-operation.ts';
import { pageSetting } from '../http/page-setting.ts';
import { postedForm, type PostedForm } from '../http/posted-form.ts';
import type { Page } from '../html/page.ts';
import { goneLink } from '../people/gone-link.ts';
import { Links } from '../people/links.ts';
import { Visitors, type Visitor } from '../people/visitors.ts';
import { ConsentAnswers } from './consent-answers.ts';
import { ConsentQuestions } from './consent-questions.ts';
import { consentStanding } from './consent-standing.ts';
import { ConsentView, type Again, type AskedPerson } from './consent-view.ts';

const BODY = {
  type: 'object' as const,
  required: ['answer'],
  properties: {
    answer: { type: 'string', enum: ['agree', 'refuse'] },
    consent: { type: 'string', description: 'Sent by the box when it is ticked.' },
    statement: { type: 'string', description: 'Hash of the text that the page showed.' },
  },
};

/** The page behind a request for express consent (CON-5, C-17, C-20). */
@ApiTags('public pages')
@Open()
@Controller('consent/:token')
export class ConsentController {
  readonly #links: Links;
  readonly #visitors: Visitors;
  readonly #questions: ConsentQuestions;
  readonly #answers: ConsentAnswers;
  readonly #view: ConsentView;
  readonly #root: string;

  constructor(
    links: Links,
    visitors: Visitors,
    questions: ConsentQuestions,
    answers: ConsentAnswers,
    view: ConsentView,
    url: PublicUrl,
  ) {
    this.#links = links;
    this.#visitors = visitors;
    this.#questions = questions;
    this.#answers = answers;
    this.#view = view;
    this.#root = url.path('');
  }

  @Get()
  @ShowsPage('The page behind a request for consent', {
    200: 'The request, or why there is nothing to answer.',
    404: 'We made no such link.',
    410: 'The person is no longer known.',
  })
  async show(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = await this.#asked(token, request);
    answerPage(reply, await this.#page(asked, request));
  }

  @Post()
  @ShowsPage('Answer a request for consent', {
    200: 'The answer is recorded, or consent was there before.',
    400: 'The page again: no answer was sent.',
    404: 'We made no such link.',
    409: 'The person has left, or their address is not in use: nothing was recorded.',
    410: 'The person is no longer known.',
    422: 'The page again: the box was not ticked, or the text has changed.',
  })
  @ApiConsumes('application/x-www-form-urlencoded', 'multipart/form-data')
  @ApiBody({ schema: BODY as never })
  async answer(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = await this.#asked(token, request);
    const answered =
      asked !== undefined && isOpenTo(asked.visitor)
        ? await this.#carryOut(asked, postedForm(request), request.id)
        : undefined;
    // Somebody who left in the meantime, on another page, sees that.
    const page =
      answered ?? (await this.#page(await this.#asked(token, request), request, REFUSED));
    answerPage(reply, page);
  }

  /** Undefined when the person’s standing does not allow an answer. */
  async #carryOut(
    asked: AskedPerson,
    form: PostedForm,
    correlationId: string,
  ): Promise<Page | undefined> {
    const { visitor, question } = asked;
    const answer = form.text('answer');
    if (answer === 'refuse') {
      const refused = await this.#answers.refuse(visitor, correlationId);
      return refused.ok ? this.#view.refused(asked) : undefined;
    }
    if (answer !== 'agree') return this.#view.page(asked, { status: 400 });
    const statement = this.#questions.shown(question, visitor, form.text('statement') ?? '');
    if (statement === undefined) return this.#view.page(asked, { status: 422, fault: 'changed' });
    const isTicked = form.text('consent') === 'on';
    if (!isTicked) return this.#view.page(asked, { status: 422, fault: 'missing' });
    const agreed = await this.#answers.agree(visitor, question, statement, correlationId);
    return agreed.ok ? this.#view.agreed(asked, agreed.value.state, statement) : undefined;
  }

  /** Undefined for a token that we did not make, or when the wording is gone. */
  async #asked(token: string, request: FastifyRequest): Promise<AskedPerson | undefined> {
    const link = this.#links.open('consent', token);
    const visitor = link === undefined ? undefined : await this.#visitors.find(link);
    const question = visitor === undefined ? undefined : await this.#questions.of(visitor);
    if (visitor === undefined || question === undefined) return undefined;
    const { language } = visitor.recipient;
    const setting = pageSetting(request, this.#root, question.languages, language);
    return { visitor, question, setting };
  }

  async #page(
    asked: AskedPerson | undefined,
    request: FastifyRequest,
    again: Again = {},
  ): Promise<Page> {
    const page = asked === undefined ? undefined : await this.#view.page(asked, again);
    return page ?? goneLink(request, this.#root, asked === undefined ? 404 : 410);
  }
}

const REFUSED: Again = { status: 409 };

const isOpenTo = ({ recipient }: Visitor): boolean => consentStanding(recipient).kind === 'open';
