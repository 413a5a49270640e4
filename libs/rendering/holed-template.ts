import {
  Parser,
  Tokenizer,
  TokenKind,
  type Liquid,
  type Template,
  type TopLevelToken,
} from 'liquidjs';
import { base64Lines, isQuotedPrintableShorter, quotedPrintablePiece } from './quoted-printable.ts';

/** A part of a message: what people read, and how it goes on the wire. */
export type Filled = Readonly<{ text: string; encoded: string }>;
export type TransferEncoding = 'quoted-printable' | 'base64';

/** A template of which everything fixed is encoded already: only its holes are left to fill. */
export type HoledTemplate = Readonly<{
  encoding: TransferEncoding;
  read: (values: object) => string;
  fill: (values: object) => Filled;
}>;

type FixedPiece = Readonly<{ text: string; encoded: string }>;

/** Shorter fixed text is encoded anew with its neighbours: a soft line break on each side would cost more. */
const WORTH_KEEPING = 32;

const markOf = (index: number): string => `\uE000${String(index)}\uE001`;
const MARK = /\uE000(\d+)\uE001/;

/** A captured text can be cut, counted or changed by filters, so its marks would not survive. */
const canHoldMarks = (source: string): boolean => !/\{%-?\s*capture\b/.test(source);

/** liquidjs makes such tokens but does not export their class. */
type FixedText = TopLevelToken & { getContent: () => string };
const isFixedText = (token: TopLevelToken): token is FixedText => token.kind === TokenKind.HTML;

const parseWithMarks = (engine: Liquid, source: string, pieces: FixedPiece[]): Template[] => {
  const tokens = new Tokenizer(source).readTopLevelTokens(engine.options);
  for (const token of tokens) {
    if (!isFixedText(token)) continue;
    const text = token.getContent();
    if (text.length < WORTH_KEEPING) continue;
    const mark = markOf(pieces.length);
    pieces.push({ text, encoded: quotedPrintablePiece(text) });
    token.getContent = () => mark;
  }
  return new Parser(engine).parseTokens(tokens);
};

const join = (marked: string, pieces: readonly FixedPiece[]): Filled => {
  let text = '';
  let encoded = '';
  // With a capturing group, split gives text and mark numbers in turn.
  marked.split(MARK).forEach((part, index) => {
    const fixed = index % 2 === 1 ? pieces[Number(part)] : undefined;
    text += fixed?.text ?? part;
    encoded += fixed?.encoded ?? quotedPrintablePiece(part);
  });
  return { text, encoded };
};

/**
 * Parses a template and encodes its fixed text once. Throws liquidjs's `ParseError` or
 * `TokenizationError` on a faulty one.
 */
export const holedTemplate = (engine: Liquid, original: string): HoledTemplate => {
  const source = original.replace(/[\uE000\uE001]/g, '').replace(/\r\n?/g, '\n');
  const plain = engine.parse(source);
  const render = (template: Template[], values: object): string =>
    engine.renderSync(template, values) as string;
  const read = (values: object): string => render(plain, values);
  if (!isQuotedPrintableShorter(source)) {
    const fill = (values: object): Filled => {
      const text = read(values);
      return { text, encoded: base64Lines(text) };
    };
    return { encoding: 'base64', read, fill };
  }
  const pieces: FixedPiece[] = [];
  const marked = canHoldMarks(source) ? parseWithMarks(engine, source, pieces) : plain;
  return {
    encoding: 'quoted-printable',
    read,
    fill: (values) => join(render(marked, values), pieces),
  };
};
