import { mentionedVariables } from './mentioned-variables.ts';

const isPlaced = (source: string): boolean => mentionedVariables(source).includes('consent.block');

/**
 * Where the request for consent stands in a template that does not say so: last in the body. Where there is
 * nothing to ask, the place stays empty.
 */
export const withConsentPlace = (html: string): string => {
  if (isPlaced(html)) return html;
  const end = html.toLowerCase().lastIndexOf('</body');
  const place = end < 0 ? html.length : end;
  return `${html.slice(0, place)}{{ consent.block }}${html.slice(place)}`;
};

/** The same in the text part: after the last line, as a paragraph of its own (`blockAtEnd`). */
export const withConsentPlaceInText = (text: string): string => {
  if (isPlaced(text)) return text;
  const end = text.trimEnd().length;
  return `${text.slice(0, end)}{{ consent.blockAtEnd }}${text.slice(end)}`;
};
