import type { Liquid } from 'liquidjs';
import { withConsentPlace, withConsentPlaceInText } from './consent-place.ts';
import { composeMessage, frame } from './compose.ts';
import { holedTemplate, type HoledTemplate } from './holed-template.ts';
import { htmlSource, withPreheader } from './html-source.ts';
import { forHtml, forText, htmlEngine, textEngine } from './liquid-engine.ts';
import type { CompiledContent, Content, Renderer, TemplateFault, TemplateValues } from './port.ts';
import { ReadyHtml } from './ready-text.ts';
import { faultsOf } from './template-faults.ts';
import { textSource } from './text-source.ts';

type Engines = Readonly<{ html: Liquid; text: Liquid }>;
type Templates = Readonly<{ subject: HoledTemplate; text: HoledTemplate; html: HoledTemplate }>;

const sourceFaults = (engines: Engines, content: Content): readonly TemplateFault[] => [
  ...faultsOf(engines.text, content.subject, 'subject'),
  ...faultsOf(engines.html, content.preheader ?? '', 'preheader'),
  ...(content.body.kind === 'mjml'
    ? faultsOf(engines.html, content.body.mjml, 'mjml')
    : faultsOf(engines.html, content.body.html, 'html')),
  ...faultsOf(engines.text, content.text ?? '', 'text'),
];

/** A subject is one line, whatever the values hold: no line break may begin another header. */
// eslint-disable-next-line no-control-regex -- control characters are what is taken out
const oneLine = (text: string): string => text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();

type Scopes = Readonly<{ html: TemplateValues; text: TemplateValues }>;

type Block = Readonly<{ html: string; text: string }>;
const blockIn = (value: TemplateValues | undefined): Block | undefined => {
  const block = value?.['block'] as unknown as Block | undefined;
  return typeof block === 'object' ? block : undefined;
};
/** Liquid takes it as it is, so it is no JSON. */
const ready = ({ html }: Block): never => new ReadyHtml(html) as never;

/** `sender.block` and `consent.block` are made for both parts: each part sees its own. */
const scopesOf = (values: TemplateValues): Scopes => {
  const sender = values['sender'] as TemplateValues | undefined;
  const consent = values['consent'] as TemplateValues | undefined;
  const identity = blockIn(sender);
  const request = blockIn(consent);
  const scopes: Scopes =
    identity === undefined
      ? { html: values, text: values }
      : {
          html: { ...values, sender: { ...sender, block: ready(identity) } },
          text: { ...values, sender: { ...sender, block: identity.text } },
        };
  if (request === undefined) return scopes;
  const { text } = request;
  return {
    html: { ...scopes.html, consent: { ...consent, block: ready(request) } },
    text: { ...scopes.text, consent: { ...consent, block: text, blockAtEnd: `\n\n${text}` } },
  };
};

const compiled = (language: string, templates: Templates): CompiledContent => {
  const fixed = frame(language, templates.text.encoding, templates.html.encoding);
  return {
    parts: (values) => {
      const scopes = scopesOf(values);
      return {
        subject: oneLine(templates.subject.read(scopes.text)),
        html: templates.html.read(scopes.html),
        text: templates.text.read(scopes.text),
      };
    },
    message: (head, values) => {
      const scopes = scopesOf(values);
      const subject = oneLine(templates.subject.read(scopes.text));
      const text = templates.text.fill(scopes.text);
      const html = templates.html.fill(scopes.html);
      const source = composeMessage(head, { frame: fixed, subject, text, html });
      return { source, parts: { subject, html: html.text, text: text.text } };
    },
  };
};

/** Compiles MJML or HTML with Liquid to messages of which only the personal parts are left to fill. */
export const mailRenderer = (): Renderer => {
  const engines = { html: htmlEngine(), text: textEngine() };
  return {
    compile: async (content) => {
      const faults = sourceFaults(engines, content);
      if (faults.length > 0) return { ok: false, error: faults };
      const source = await htmlSource(engines.html, content.body);
      if (source.faults.length > 0) return { ok: false, error: source.faults };
      const templates = {
        subject: holedTemplate(engines.text, content.subject, forText),
        text: holedTemplate(
          engines.text,
          withConsentPlaceInText(content.text ?? textSource(engines.html, source.html)),
          forText,
        ),
        html: holedTemplate(
          engines.html,
          withPreheader(withConsentPlace(source.html), content.preheader),
          forHtml,
        ),
      };
      return { ok: true, value: compiled(content.language, templates) };
    },
  };
};
