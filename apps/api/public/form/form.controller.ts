import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../../http/access/access.ts';
import { problem, unknown } from '../../http/problem.ts';
import { PublicUrl } from '../../public-url.ts';
import { answerJson, answerPage } from '../http/answer-page.ts';
import { ShowsPage } from '../http/page-operation.ts';
import { pageSetting } from '../http/page-setting.ts';
import { postedForm } from '../http/posted-form.ts';
import { wantsJson } from '../http/public-paths.ts';
import type { Setting } from '../html/page.ts';
import { goneLink } from '../people/gone-link.ts';
import { checkSubmission, type Check } from './check-submission.ts';
import { formPage, thanksPage } from './form-page.ts';
import { FormSubscriptions } from './form-subscriptions.ts';
import { faultMessage, WORDS } from './form-words.ts';
import { OpenForms, type OpenForm } from './open-forms.ts';
import { SUBMISSION_BODY, SUBMISSION_RECEIVED } from './submission-schema.ts';
import { submissionOfForm, submissionOfJson, type Submission } from './submission.ts';

/** The same words for every address. */
const received = (optIn: 'single' | 'double') => ({
  status: 'received',
  message: { fr: WORDS.fr.thanks[optIn], en: WORDS.en.thanks[optIn] },
});

/** Where people subscribe by themselves (COL-1, COL-3, C-17). */
@ApiTags('public pages')
@Open()
@Controller('f/:formId')
export class FormController {
  readonly #forms: OpenForms;
  readonly #subscriptions: FormSubscriptions;
  readonly #root: string;

  constructor(forms: OpenForms, subscriptions: FormSubscriptions, url: PublicUrl) {
    this.#forms = forms;
    this.#subscriptions = subscriptions;
    this.#root = url.path('');
  }

  @Get()
  @ShowsPage('A subscription form', { 200: 'The form.', 404: 'There is no such form.' })
  async show(
    @Param('formId') formId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await this.#forms.find(formId);
    if (form === undefined) {
      answerPage(reply, goneLink(request, this.#root));
      return;
    }
    const setting = this.#setting(form, request);
    const lists = await this.#forms.lists(form, setting.language);
    answerPage(reply, formPage({ form, lists, setting, submission: randomUUID() }));
  }

  @Post()
  @ShowsPage('Subscribe by a form', {
    404: 'There is no such form.',
    422: 'The form again, with what is to be corrected.',
  })
  @ApiConsumes('application/x-www-form-urlencoded', 'multipart/form-data', 'application/json')
  @ApiBody({ schema: SUBMISSION_BODY })
  @ApiResponse(SUBMISSION_RECEIVED)
  async submit(
    @Param('formId') formId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await this.#forms.find(formId);
    const isJson = isJsonBody(request);
    if (form === undefined) {
      if (isJson || wantsJson(request)) throw unknown('form');
      answerPage(reply, goneLink(request, this.#root));
      return;
    }
    const submission = isJson
      ? submissionOfJson(request.body)
      : submissionOfForm(postedForm(request));
    const setting = this.#setting(form, request, submission);
    const check = checkSubmission(form, submission, setting.language);
    if (check.checked === undefined) {
      await this.#refuse({ form, submission, setting, check }, request, reply);
      return;
    }
    // Robots fill in everything; they learn nothing from the answer.
    if (!submission.isTrapped) {
      const { id: correlationId } = request;
      await this.#subscriptions.subscribe(form, check.checked, { ...submission, correlationId });
    }
    if (wantsJson(request)) answerJson(reply, 200, received(form.terms.optIn));
    else answerPage(reply, thanksPage({ form, setting }));
  }

  async #refuse(
    refused: Readonly<{ form: OpenForm; submission: Submission; setting: Setting; check: Check }>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { form, submission, setting } = refused;
    const { faults } = refused.check;
    if (wantsJson(request)) {
      throw problem('invalid-request', 'Correct what errors names and send the form again.', {
        errors: faults.map(({ path, code }) => ({
          path,
          code,
          message: faultMessage('en', { path, code }, path),
        })),
      });
    }
    const lists = await this.#forms.lists(form, setting.language);
    const shown = { form, lists, setting, submission: randomUUID(), sent: submission, faults };
    answerPage(reply, formPage({ ...shown, status: 422 }));
  }

  /** After sending, the language that the page was in; the address may have lost it. */
  #setting({ languages }: OpenForm, request: FastifyRequest, sent?: Submission): Setting {
    const language = languages.find((each) => each === sent?.language);
    const setting = pageSetting(request, this.#root, languages);
    return language === undefined ? setting : { ...setting, language };
  }
}

const isJsonBody = (request: FastifyRequest): boolean =>
  (request.headers['content-type'] ?? '').toLowerCase().startsWith('application/json');
