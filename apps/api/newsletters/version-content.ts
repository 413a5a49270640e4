import { createHash } from 'node:crypto';
import type { Language } from '#domain/kernel/index';
import type { NewsletterVersion } from '#domain/newsletter/index';
import { canonicalJson } from '#libs/ledger/canonical-json';
import { missingEssentials, type Renderer, type TemplateFault } from '#libs/rendering/index';
import { problem, type Fault } from '../http/problem.ts';
import type { SetVersionDto, VersionAnswer } from './newsletter.dto.ts';

type Unhashed = Omit<NewsletterVersion, 'hash'>;

const bodyOf = ({ mjml, html }: SetVersionDto): NewsletterVersion['body'] => {
  if (mjml !== undefined && html === undefined) return { kind: 'mjml', mjml };
  if (html !== undefined && mjml === undefined) return { kind: 'html', html };
  throw problem('invalid-request', 'Give either mjml or html.', {
    errors: [
      { path: 'mjml', code: 'invalid', message: 'must be given, or html instead, not both' },
    ],
  });
};

/** The version as it will be stored; the hash covers everything that decides what is sent. */
export const versionFrom = (language: Language, dto: SetVersionDto): NewsletterVersion => {
  const version: Unhashed = {
    language,
    subject: dto.subject,
    ...(dto.preheader !== undefined && { preheader: dto.preheader }),
    body: bodyOf(dto),
    ...(dto.text !== undefined && { text: dto.text }),
  };
  const hash = createHash('sha256').update(canonicalJson(version)).digest('hex');
  return { ...version, hash };
};

const faultOf = ({ part, code, message, line }: TemplateFault): Fault => ({
  path: part,
  code,
  message: line === undefined ? message : `Line ${String(line)}: ${message}`,
});

/** Throws the problem `invalid-template` when the version cannot be sent to anybody (C-21, C-22). */
export const checkContent = async (
  renderer: Renderer,
  version: NewsletterVersion,
): Promise<void> => {
  const compiled = await renderer.compile(version);
  const faults = compiled.ok ? missingEssentials(version) : compiled.error;
  if (faults.length === 0) return;
  throw problem(
    'invalid-template',
    'The content cannot be sent as it is. See errors for each fault.',
    {
      errors: faults.map(faultOf),
    },
  );
};

export const versionView = ({ body, ...version }: NewsletterVersion): VersionAnswer => ({
  ...version,
  ...(body.kind === 'mjml' ? { mjml: body.mjml } : { html: body.html }),
});
