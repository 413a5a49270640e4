import type { Liquid } from 'liquidjs';
import type { Content, TemplateFault } from './port.ts';
import { protectLiquid, TAG_WORD } from './liquid-protection.ts';

export type HtmlSource = Readonly<{ html: string; faults: readonly TemplateFault[] }>;

const fault = (code: string, message: string, line?: number): TemplateFault => ({
  code,
  message,
  part: 'mjml',
  ...(line === undefined ? {} : { line }),
});

/**
 * MJML drops text between its components. Liquid tags that stand there (to show a section to some
 * readers only) are put into `mj-raw`, which keeps them.
 */
const keepTagsBetweenComponents = (mjml: string): string => {
  const structural =
    '<mj-(?:body|wrapper|section|group|column|hero)\\b[^>]*>|</mj-[a-z-]+>|<mj-[a-z-]+\\b[^>]*/>';
  const between = new RegExp(`(${structural})(\\s*(?:${TAG_WORD.source}\\s*)+)(?=</?mj-)`, 'g');
  return mjml.replace(between, '$1<mj-raw>$2</mj-raw>');
};

/** Indentation that MJML makes is a quarter of its output. */
const withoutIndentation = (html: string): string =>
  /<(pre|textarea)\b/i.test(html) ? html : html.replace(/\s*\n\s*/g, '\n').trim();

/** Loaded when the first template needs it: it takes as long to load as everything else at a start. */
const loadMjml = async () => (await import('mjml')).default;

const fromMjml = async (engine: Liquid, mjml: string): Promise<HtmlSource> => {
  if (/<mj-include\b/i.test(mjml)) {
    const message = 'Write the content here instead of mj-include: other files are not read.';
    return { html: '', faults: [fault('include-not-allowed', message)] };
  }
  const guarded = protectLiquid(engine, mjml);
  try {
    // No fonts: MJML would otherwise have the reader's program fetch them from a third party.
    const mjml2html = await loadMjml();
    const result = await mjml2html(keepTagsBetweenComponents(guarded.text), {
      validationLevel: 'soft',
      ignoreIncludes: true,
      keepComments: false,
      fonts: {},
    });
    const faults = result.errors.map(({ message, line }) => fault('mjml-invalid', message, line));
    const lost = guarded
      .lostIn(result.html)
      .map((piece) =>
        fault(
          'liquid-lost',
          `MJML drops ${piece.slice(0, 60)} where it stands. Put it inside a component or mj-raw.`,
        ),
      );
    return { html: guarded.restore(withoutIndentation(result.html)), faults: [...faults, ...lost] };
  } catch {
    // mjml throws one plain sentence for all of them.
    return {
      html: '',
      faults: [
        fault(
          'mjml-malformed',
          'This is not well-formed MJML: look for a tag that is not closed, and begin with <mjml>.',
        ),
      ],
    };
  }
};

/** The HTML of a version with its Liquid in place, whichever way it was written. */
export const htmlSource = async (engine: Liquid, body: Content['body']): Promise<HtmlSource> =>
  body.kind === 'mjml' ? fromMjml(engine, body.mjml) : { html: body.html, faults: [] };

const PREHEADER_STYLE =
  'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;mso-hide:all';

/** Puts the preheader, which mail programs show beside the subject, first in the body. */
export const withPreheader = (html: string, preheader: string | undefined): string => {
  if (preheader === undefined || preheader === '') return html;
  const hidden = `<div style="${PREHEADER_STYLE}">${preheader}</div>`;
  const body = /<body\b[^>]*>/i.exec(html);
  if (body === null) return hidden + html;
  const end = body.index + body[0].length;
  return html.slice(0, end) + hidden + html.slice(end);
};
