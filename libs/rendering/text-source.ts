import { convert, type HtmlToTextOptions } from 'html-to-text';
import type { Liquid } from 'liquidjs';
import { protectLiquid, TAG_WORD } from './liquid-protection.ts';

const heading = { format: 'heading', options: { uppercase: false } };

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, ...heading })),
  ],
};

/** A line of tags alone would leave an empty line behind: it belongs to the line below. */
const TAGS_ALONE = new RegExp(`^[ \\t]*((?:${TAG_WORD.source}[ \\t]*)+)\\n+`, 'gm');

/**
 * Derives the text part from the HTML template. The Liquid is kept, so the text is personalised too.
 * Pictures are left out; the address of a link follows its words in parentheses.
 */
export const textSource = (engine: Liquid, html: string): string => {
  const guarded = protectLiquid(engine, html);
  // Layout tables of mail have no cells that belong beside each other.
  const text = convert(guarded.text.replace(/<!--[\s\S]*?-->/g, ''), OPTIONS);
  return `${guarded
    .restore(text.replace(TAGS_ALONE, '$1'))
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
};
