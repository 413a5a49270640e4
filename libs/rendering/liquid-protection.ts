import { Tokenizer, TokenKind, type Liquid } from 'liquidjs';

/** A template whose Liquid was replaced by plain words, so that MJML and HTML tools leave it alone. */
export type Protected = Readonly<{
  text: string;
  /** Puts the Liquid back. */
  restore: (text: string) => string;
  /** The pieces of Liquid that a text no longer holds. */
  lostIn: (text: string) => readonly string[];
}>;

const isLiquid = (kind: TokenKind): boolean => kind === TokenKind.Tag || kind === TokenKind.Output;

/** Stands for a whole tag or output; letters and digits only, since it may be within a URL or attribute. */
const word = (index: number, tag: boolean): string =>
  `xliquid${tag ? 'tag' : 'out'}${String(index)}x`;
export const TAG_WORD = /xliquidtag\d+x/;

/** Replaces each Liquid tag and output by a word of its own. */
export const protectLiquid = (engine: Liquid, source: string): Protected => {
  const pieces: string[] = [];
  const words: string[] = [];
  let text = '';
  for (const token of new Tokenizer(source).readTopLevelTokens(engine.options)) {
    const piece = source.slice(token.begin, token.end);
    if (!isLiquid(token.kind)) {
      text += piece;
      continue;
    }
    const stand = word(pieces.length, token.kind === TokenKind.Tag);
    pieces.push(piece);
    words.push(stand);
    text += stand;
  }
  return {
    text,
    restore: (changed) =>
      changed.replace(
        /xliquid(?:tag|out)(\d+)x/g,
        (stand, index: string) => pieces[Number(index)] ?? stand,
      ),
    lostIn: (changed) => pieces.filter((_, index) => !changed.includes(words[index] ?? '')),
  };
};
