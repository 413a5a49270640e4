import { ok, parseLanguage, refuse, sameJson, textsFault, type Result } from '#domain/kernel/index';
import type { CreateNewsletter, NewsletterCommand, SetNewsletterVersion } from './commands.ts';
import type { NewsletterEvent, NewsletterVersion } from './events.ts';
import { NEWSLETTER_EXISTS, UNKNOWN_NEWSLETTER, type NewsletterRejection } from './rejections.ts';
import type { Newsletter } from './state.ts';

type Decision = Result<readonly NewsletterEvent[], NewsletterRejection>;

export const decide = (command: NewsletterCommand, newsletter: Newsletter): Decision => {
  switch (command.type) {
    case 'CreateNewsletter':
      return create(command, newsletter);
    case 'SetNewsletterVersion':
      return setVersion(command, newsletter);
  }
};

const create = ({ type: _, ...data }: CreateNewsletter, newsletter: Newsletter): Decision => {
  if (newsletter.status !== 'none') {
    const { status: _status, versions: _versions, ...before } = newsletter;
    return sameJson(before, data) ? ok([]) : refuse(NEWSLETTER_EXISTS);
  }
  if (data.name.trim() === '') {
    return refuse({ code: 'name-missing', message: 'Give the newsletter a name.', path: 'name' });
  }
  const fault = data.subject === undefined ? undefined : textsFault(data.subject, 'subject');
  return fault === undefined ? ok([{ type: 'NewsletterCreated', data }]) : refuse(fault);
};

const setVersion = ({ version }: SetNewsletterVersion, newsletter: Newsletter): Decision => {
  if (newsletter.status === 'none') return refuse(UNKNOWN_NEWSLETTER);
  if (newsletter.versions.get(version.language)?.hash === version.hash) return ok([]);
  const fault = versionFault(version);
  return fault === undefined
    ? ok([{ type: 'NewsletterVersionSet', data: version }])
    : refuse(fault);
};

const versionFault = ({
  language,
  subject,
  body,
}: NewsletterVersion): NewsletterRejection | undefined => {
  if (parseLanguage(language) !== language) {
    return {
      code: 'language-unknown',
      message: 'Name the language by its tag in canonical form, such as fr, en or fr-CA.',
      path: 'language',
    };
  }
  if (subject.trim() === '') {
    return { code: 'subject-missing', message: 'Give the version a subject.', path: 'subject' };
  }
  const content = body.kind === 'mjml' ? body.mjml : body.html;
  return content.trim() === ''
    ? { code: 'body-missing', message: 'Give the version a body.', path: body.kind }
    : undefined;
};
