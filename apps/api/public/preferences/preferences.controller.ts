import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clear, isShredded } from '#domain/kernel/index';
import { TRACKING_MODES, type RecipientCommand } from '#domain/recipient/index';
import { Open } from '../../http/access/access.ts';
import { PublicUrl } from '../../public-url.ts';
import { answerPage } from '../http/answer-page.ts';
import { ShowsPage } from '../http/page-operation.ts';
import { pageSetting } from '../http/page-setting.ts';
import { postedForm, type PostedForm } from '../http/posted-form.ts';
import type { Page, Setting } from '../html/page.ts';
import { ActingPerson, evidenceOf } from '../people/acting-person.ts';
import { goneLink } from '../people/gone-link.ts';
import { Links } from '../people/links.ts';
import { Visitors, type Visitor } from '../people/visitors.ts';
import { RETURN, returnAskedPage } from './return-section.ts';
import { Returns } from './returns.ts';
import { preferencesPage, WHOLE_PAGE, type PreferencesPage } from './preferences-page.ts';
import { PreferencesView, valuesOf } from './preferences-view.ts';
import { trackingCommand } from './tracking-command.ts';
import { wishesOf, withoutIdleAnswers, type Wishes } from './wishes.ts';

const BODY = {
  type: 'object' as const,
  required: ['page'],
  properties: {
    page: {
      type: 'string',
      enum: [WHOLE_PAGE, RETURN],
      description: `\`${RETURN}\`: somebody who left wants to come back.`,
    },
    language: { type: 'string' },
    tracking: { type: 'string', enum: [...TRACKING_MODES] },
    'lists[]': {
      type: 'array',
      items: { type: 'string' },
      description: 'All that the person wants.',
    },
    consent: {
      type: 'string',
      description: 'Of who comes back: sent by the box when it is ticked.',
    },
    statement: {
      type: 'string',
      description: 'Of who comes back: hash of the text that was shown.',
    },
    submission: {
      type: 'string',
      description: 'Of who comes back: names the showing of the page.',
    },
  },
};

/** The page on which people change what they receive (SEG-1). */
@ApiTags('public pages')
@Open()
@Controller('p/:token')
export class PreferencesController {
  readonly #links: Links;
  readonly #visitors: Visitors;
  readonly #acting: ActingPerson;
  readonly #view: PreferencesView;
  readonly #returns: Returns;
  readonly #root: string;

  constructor(
    links: Links,
    visitors: Visitors,
    acting: ActingPerson,
    view: PreferencesView,
    returns: Returns,
    url: PublicUrl,
  ) {
    this.#links = links;
    this.#visitors = visitors;
    this.#acting = acting;
    this.#view = view;
    this.#returns = returns;
    this.#root = url.path('');
  }

  @Get()
  @ShowsPage('The preference page', {
    200: 'Language, lists and details.',
    404: 'We made no such link.',
    410: 'The person is no longer known.',
  })
  async show(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = await this.#visitor(token, request, reply);
    if (visitor === undefined) return;
    const setting = this.#setting(visitor, request);
    answerPage(reply, preferencesPage(await this.#view.of(visitor, setting)));
  }

  @Post()
  @ShowsPage('Change preferences', {
    200: 'Saved; or a mail is on its way to whoever comes back.',
    400: 'The page again: what was sent is not the page.',
    404: 'We made no such link.',
    409: 'The page again: there is nothing to come back from.',
    410: 'The person is no longer known.',
    422: 'The page again, with what is to be corrected.',
  })
  @ApiConsumes('application/x-www-form-urlencoded', 'multipart/form-data')
  @ApiBody({ schema: BODY as never })
  async save(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = await this.#visitor(token, request, reply);
    if (visitor === undefined) return;
    const form = postedForm(request);
    const shown = await this.#view.of(visitor, this.#setting(visitor, request));
    if (form.text('page') === RETURN) {
      answerPage(reply, await this.#comeBack(visitor, shown, form, request));
      return;
    }
    if (form.text('page') !== WHOLE_PAGE) {
      answerPage(reply, preferencesPage({ ...shown, status: 400 }));
      return;
    }
    const wishes = wishesOf(form, {
      languages: visitor.publisher.terms.languages,
      lists: shown.lists,
      fields: shown.fields.map(({ field }) => field),
    });
    if (wishes.faults.size > 0) {
      const fields = withFaults(shown, wishes, (key) => form.text(`fields[${key}]`) ?? '');
      answerPage(reply, preferencesPage({ ...shown, fields, status: 422 }));
      return;
    }
    await this.#carryOut(visitor, wishes, shown.setting, request.id);
    const after = (await this.#visitors.find(visitor.link)) ?? visitor;
    const saved = await this.#view.of(after, this.#setting(after, request));
    answerPage(reply, preferencesPage({ ...saved, done: true }));
  }

  async #comeBack(
    visitor: Visitor,
    shown: PreferencesPage,
    form: PostedForm,
    request: FastifyRequest,
  ): Promise<Page> {
    const { comeBack, publisher, setting } = shown;
    const answer = await this.#returns.answer(visitor, comeBack?.offer, form, request.id);
    if (answer.kind === 'asked') {
      const preferencesPath = this.#links.path('preferences', visitor.link);
      return returnAskedPage({
        publisher,
        setting,
        preferencesPath: `${preferencesPath}?lang=${setting.language}`,
      });
    }
    if (answer.kind === 'faulty' && comeBack !== undefined) {
      return preferencesPage({ ...shown, comeBack: { ...comeBack, ...answer }, status: 422 });
    }
    const now = (await this.#visitors.find(visitor.link)) ?? visitor;
    return preferencesPage({ ...(await this.#view.of(now, setting)), status: 409 });
  }

  async #carryOut(
    visitor: Visitor,
    wishes: Wishes,
    setting: Setting,
    correlationId: string,
  ): Promise<void> {
    const { link } = visitor;
    const at = await this.#acting.at(link.accountId);
    const { language, join, leave, tracking } = wishes;
    const fields = withoutIdleAnswers(wishes.fields, valuesOf(visitor));
    const commands: readonly RecipientCommand[] = [
      ...(leave.length > 0
        ? [{ type: 'LeaveLists', via: 'person', ...at, listIds: leave } as const]
        : []),
      ...(join.length > 0
        ? [{ type: 'JoinLists', via: 'person', ...at, listIds: join } as const]
        : []),
      ...(tracking === undefined ? [] : [trackingCommand(tracking, at, setting)]),
      ...(language === undefined ? [] : [{ type: 'ChangeLanguage', ...at, language } as const]),
      ...(Object.keys(fields).length > 0
        ? [{ type: 'ChangeProfile', ...at, fields: clear(fields) } as const]
        : []),
    ];
    for (const command of commands) {
      // Refused where the address is invalid or its use suspended: the page then shows what is so.
      await this.#acting.run(link, command, {
        channel: 'preferences',
        correlationId,
        evidence: evidenceOf(link),
      });
    }
  }

  /** Answers by itself when there is nobody to show the page to. */
  async #visitor(
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Visitor | undefined> {
    const link = this.#links.open('preferences', token);
    const visitor = link === undefined ? undefined : await this.#visitors.find(link);
    if (visitor === undefined || isShredded(visitor.recipient.address)) {
      answerPage(reply, goneLink(request, this.#root, visitor === undefined ? 404 : 410));
      return undefined;
    }
    return visitor;
  }

  #setting({ publisher, recipient }: Visitor, request: FastifyRequest): Setting {
    return pageSetting(request, this.#root, publisher.terms.languages, recipient.language);
  }
}

const withFaults = (
  shown: PreferencesPage,
  { faults }: Wishes,
  sent: (key: string) => string,
): PreferencesPage['fields'] =>
  shown.fields.map(({ field }) => {
    const code = faults.get(field.key);
    return { field, value: sent(field.key), ...(code !== undefined && { code }) };
  });
