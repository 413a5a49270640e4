import { Parser, Tokenizer, type Liquid, type Template } from 'liquidjs';
import { base64Lines, isQuotedPrintableShorter, quotedPrintablePiece } from './quoted-printable.ts';
import {
  isFixedText,
  straightTemplate,
  type Hole,
  type StraightTemplate,
  type WriteValue,
} from './straight-template.ts';

/** A part of a message: what people read, and the pieces that go on the wire one after another. */
export type Filled = Readonly<{ text: string; encoded: readonly Buffer[] }>;
export type TransferEncoding = 'quoted-printable' | 'base64';

/** A template of which everything fixed is encoded already: only its holes are left to fill. */
export type HoledTemplate = Readonly<{
  encoding: TransferEncoding;
  read: (values: object) => string;
  fill: (values: object) => Filled;
}>;

type Piece = Readonly<{ text: string; encoded: Buffer }>;

const pieceOf = (text: string): Piece => ({
  text,
  encoded: Buffer.from(quotedPrintablePiece(text), 'latin1'),
});

const joined = (pieces: readonly Piece[]): Filled => {
  let text = '';
  for (const piece of pieces) text += piece.text;
  return { text, encoded: pieces.map(({ encoded }) => encoded) };
};

/** Fills a hole. What the account says of itself is encoded once; nothing of a recipient is kept. */
const filler = ({ fill, isOfAccount }: Hole): ((values: object) => Piece) => {
  if (!isOfAccount) return (values) => pieceOf(fill(values));
  let last = pieceOf('');
  return (values) => {
    const text = fill(values);
    if (text !== last.text) last = pieceOf(text);
    return last;
  };
};

type Reading = Pick<HoledTemplate, 'read' | 'fill'>;

const straight = ({ holes, sequence }: StraightTemplate): Reading => {
  const fillers = holes.map(filler);
  const pieces = sequence.map((part) => (typeof part === 'number' ? part : pieceOf(part)));
  return {
    read: (values) => {
      const texts = holes.map(({ fill }) => fill(values));
      return sequence.map((part) => (typeof part === 'number' ? texts[part] : part)).join('');
    },
    fill: (values) => {
      const filled = fillers.map((fill) => fill(values));
      return joined(
        pieces.flatMap((part) => (typeof part === 'number' ? (filled[part] ?? []) : part)),
      );
    },
  };
};

/** Shorter fixed text is encoded anew with its neighbours: a soft line break on each side would cost more. */
const WORTH_KEEPING = 32;

const markOf = (index: number): string => `\uE000${String(index)}\uE001`;
const MARK = /\uE000(\d+)\uE001/;

/** A captured text can be cut, counted or changed by filters, so its marks would not survive. */
const canHoldMarks = (source: string): boolean => !/\{%-?\s*capture\b/.test(source);

const parseWithMarks = (engine: Liquid, source: string, pieces: Piece[]): Template[] => {
  const tokens = new Tokenizer(source).readTopLevelTokens(engine.options);
  for (const token of tokens) {
    if (!isFixedText(token)) continue;
    const text = token.getContent();
    if (text.length < WORTH_KEEPING) continue;
    const mark = markOf(pieces.length);
    pieces.push(pieceOf(text));
    token.getContent = () => mark;
  }
  return new Parser(engine).parseTokens(tokens);
};

/** A template with tags: Liquid renders it with marks in place of its fixed text. */
const winding = (engine: Liquid, source: string): Reading => {
  const render = (template: Template[], values: object): string =>
    engine.renderSync(template, values) as string;
  const plain = engine.parse(source);
  const pieces: Piece[] = [];
  const marked = canHoldMarks(source) ? parseWithMarks(engine, source, pieces) : plain;
  return {
    read: (values) => render(plain, values),
    fill: (values) => {
      // With a capturing group, split gives text and mark numbers in turn.
      const parts = render(marked, values).split(MARK);
      return joined(
        parts.map(
          (part, index) => (index % 2 === 1 ? pieces[Number(part)] : undefined) ?? pieceOf(part),
        ),
      );
    },
  };
};

/**
 * Parses a template and encodes its fixed text once. Throws liquidjs's `ParseError` or
 * `TokenizationError` on a faulty one.
 */
export const holedTemplate = (
  engine: Liquid,
  original: string,
  write: WriteValue,
): HoledTemplate => {
  const source = original.replace(/[\uE000\uE001]/g, '').replace(/\r\n?/g, '\n');
  const found = straightTemplate(engine, source, write);
  const reading = found === undefined ? winding(engine, source) : straight(found);
  if (isQuotedPrintableShorter(source)) return { encoding: 'quoted-printable', ...reading };
  return {
    encoding: 'base64',
    read: reading.read,
    fill: (values) => {
      const text = reading.read(values);
      return { text, encoded: [Buffer.from(base64Lines(text), 'latin1')] };
    },
  };
};
