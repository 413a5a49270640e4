import { Tokenizer, TokenKind, type Liquid, type TopLevelToken } from 'liquidjs';

/** How a value is written into a part: escaped in HTML, as it is in a text. */
export type WriteValue = (value: unknown) => string;

/** A place that is filled for each recipient; the same expression is the same hole wherever it stands. */
export type Hole = Readonly<{
  fill: (values: object) => string;
  /** Filled from what the account says of itself: the same in all its messages, and nobody's personal data. */
  isOfAccount: boolean;
}>;

export type StraightTemplate = Readonly<{
  holes: readonly Hole[];
  /** Fixed text, or the place of a hole in `holes`. */
  sequence: readonly (string | number)[];
}>;

/** liquidjs makes such tokens but does not export their classes. */
type FixedText = TopLevelToken & { getContent: () => string };
type Output = TopLevelToken & { readonly content: string };
export const isFixedText = (token: TopLevelToken): token is FixedText =>
  token.kind === TokenKind.HTML;
const isOutput = (token: TopLevelToken): token is Output => token.kind === TokenKind.Output;

const PLAIN_PATH = /^[a-z]\w*(?:\.[a-z]\w*)+$/i;
/** Properties that Liquid computes. */
const COMPUTED = /\.(?:size|first|last)(?:\.|$)/;

/** As Liquid finds it with `ownPropertyOnly`. */
const lookUp = (path: readonly string[], values: object): unknown => {
  let found: unknown = values;
  for (const name of path) {
    if (found === null || found === undefined || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(Object(found) as object, name);
  }
  return found;
};

/** Most holes are plain paths, and walking one is a tenth of the work of having Liquid render it. */
const holeOf = (engine: Liquid, expression: string, write: WriteValue): Hole => {
  const isOfAccount = /^(?:sender|account)\.[\w.]+$/.test(expression);
  if (PLAIN_PATH.test(expression) && !COMPUTED.test(expression)) {
    const path = expression.split('.');
    return { isOfAccount, fill: (values) => write(lookUp(path, values)) };
  }
  const template = engine.parse(`{{ ${expression} }}`);
  return { isOfAccount, fill: (values) => engine.renderSync(template, values) as string };
};

/** A template without tags as fixed text and holes in turn; undefined for one that decides or repeats something. */
export const straightTemplate = (
  engine: Liquid,
  source: string,
  write: WriteValue,
): StraightTemplate | undefined => {
  const places = new Map<string, number>();
  const holes: Hole[] = [];
  const sequence: (string | number)[] = [];
  for (const token of new Tokenizer(source).readTopLevelTokens(engine.options)) {
    if (isFixedText(token)) {
      sequence.push(token.getContent());
      continue;
    }
    if (!isOutput(token)) return undefined;
    const expression = token.content.trim();
    const place = places.get(expression) ?? holes.push(holeOf(engine, expression, write)) - 1;
    places.set(expression, place);
    sequence.push(place);
  }
  return { holes, sequence };
};
