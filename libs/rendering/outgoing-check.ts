import { escapeHtml } from './ready-text.ts';
import type { RenderedParts } from './port.ts';

export type OutgoingFaultCode =
  | 'unsubscribe-link-missing'
  | 'list-unsubscribe-missing'
  | 'one-click-missing'
  | 'sender-name-missing'
  | 'postal-address-missing'
  | 'foreign-unsubscribe-link'
  | 'header-repeated';

/** Why a message must not leave. `part` says where, in the words of the message format. */
export type OutgoingFault = Readonly<{
  code: OutgoingFaultCode;
  part: 'headers' | 'html' | 'text';
}>;

/** What this very message must hold. */
export type ExpectedInMessage = Readonly<{
  /** With the token of this recipient. */
  unsubscribeUrl: string;
  /** Other addresses that may stand behind words such as "unsubscribe": the preference page. */
  ownUrls: readonly string[];
  senderName: string;
  postalAddress: string;
}>;

export type OutgoingCandidate = Readonly<{
  headers: readonly (readonly [name: string, value: string])[];
  parts: RenderedParts;
  expected: ExpectedInMessage;
}>;

const UNSUBSCRIBE_WORD = /unsubscri|opt[-_ ]?out|d[eé]sabonn|d[eé]sinscri/gi;
/** Nobody needs more of an address to know it, and a word far from a link is no link. */
const NEAR = 2_048;

const valuesOf = (candidate: OutgoingCandidate, name: string): readonly string[] =>
  candidate.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);

/** Source: RFC 8058 s. 3.1 and 3.2, RFC 2369 s. 3.2 (M-03). */
function* headerFaults(candidate: OutgoingCandidate): Generator<OutgoingFaultCode> {
  const unsubscribe = valuesOf(candidate, 'list-unsubscribe');
  const oneClick = valuesOf(candidate, 'list-unsubscribe-post');
  if (unsubscribe.length > 1 || oneClick.length > 1) yield 'header-repeated';
  const web = (unsubscribe[0] ?? '').match(/<https?:[^>]*>/g) ?? [];
  if (web.length !== 1 || web[0] !== `<${candidate.expected.unsubscribeUrl}>`) {
    yield 'list-unsubscribe-missing';
  }
  if (oneClick[0] !== 'List-Unsubscribe=One-Click') yield 'one-click-missing';
}

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const isOwn = (url: string, expected: ExpectedInMessage): boolean =>
  url === expected.unsubscribeUrl || expected.ownUrls.includes(url);

const decodeAttribute = (value: string): string =>
  value
    .trim()
    .replace(/&amp;/g, '&')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'");

/** The address that a place in the HTML belongs to: of the tag it stands in, or of the link around it. */
const linkAround = (html: string, index: number): string | undefined => {
  const before = html.slice(Math.max(0, index - NEAR), index);
  const open = Math.max(before.lastIndexOf('<a '), before.lastIndexOf('<a\n'));
  if (open < 0 || before.includes('</a', open)) return undefined;
  const from = Math.max(0, index - NEAR) + open;
  const tag = html.slice(from, from + NEAR);
  const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag);
  const value = href?.[1] ?? href?.[2] ?? href?.[3];
  return value === undefined ? undefined : decodeAttribute(value);
};

/** The whole address that a place in a plain text is part of. */
const addressAround = (text: string, index: number): string | undefined => {
  const start = Math.max(
    ...[' ', '\n', '\t', '(', '<', '['].map((stop) => text.lastIndexOf(stop, index)),
  );
  return /^(?:https?:\/\/|mailto:)[^\s<>()\][]+/i.exec(
    text.slice(start + 1, start + 1 + NEAR),
  )?.[0];
};

const hasForeignLink = (
  text: string,
  around: (text: string, index: number) => string | undefined,
  expected: ExpectedInMessage,
): boolean => {
  UNSUBSCRIBE_WORD.lastIndex = 0;
  for (let found = UNSUBSCRIBE_WORD.exec(text); found; found = UNSUBSCRIBE_WORD.exec(text)) {
    const url = around(text, found.index);
    if (url !== undefined && !isOwn(url, expected)) return true;
  }
  return false;
};

type PartRules = Readonly<{
  asWritten: (text: string) => string;
  around: (text: string, index: number) => string | undefined;
}>;
const RULES: Readonly<Record<'html' | 'text', PartRules>> = {
  html: { asWritten: escapeHtml, around: linkAround },
  text: { asWritten: (text) => text, around: addressAround },
};

function* partFaults(
  candidate: OutgoingCandidate,
  part: 'html' | 'text',
): Generator<OutgoingFaultCode> {
  const { parts, expected } = candidate;
  const content = parts[part];
  const { asWritten, around } = RULES[part];
  if (!content.includes(asWritten(expected.unsubscribeUrl))) yield 'unsubscribe-link-missing';
  if (!content.includes(asWritten(expected.senderName))) yield 'sender-name-missing';
  if (linesOf(expected.postalAddress).some((line) => !content.includes(asWritten(line)))) {
    yield 'postal-address-missing';
  }
  if (hasForeignLink(content, around, expected)) yield 'foreign-unsubscribe-link';
}

/**
 * The last gate: what a rendered message lacks of what the law and the mailbox providers demand. Empty
 * when it may leave. Source: CASL s. 6(2) and 11, SOR/2012-36 s. 2 and 3, RFC 8058 (SND-4, C-21..C-23).
 */
export const outgoingFaults = (candidate: OutgoingCandidate): readonly OutgoingFault[] => [
  ...[...headerFaults(candidate)].map((code) => ({ code, part: 'headers' as const })),
  ...[...partFaults(candidate, 'html')].map((code) => ({ code, part: 'html' as const })),
  ...[...partFaults(candidate, 'text')].map((code) => ({ code, part: 'text' as const })),
];
