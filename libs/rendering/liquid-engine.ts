import { Liquid, toValue } from 'liquidjs';
import { CaptureHtml } from './capture-html.ts';
import { escapeHtml, ReadyHtml } from './ready-text.ts';

/** Tags that a template may use: none of them reads a file or writes a value unescaped. */
const TAGS = new Set([
  'assign',
  'for',
  'capture',
  'case',
  'comment',
  'if',
  'raw',
  'unless',
  'break',
  'continue',
  '#',
]);

/** Bounds on one rendering: a template is written by a client, and renders for each recipient. */
const LIMITS = { parseLimit: 2_000_000, renderLimit: 1_000, memoryLimit: 4_000_000 };

const textOf = (value: unknown): string => {
  const plain: unknown = toValue(value);
  if (plain === null || plain === undefined) return '';
  if (Array.isArray(plain)) return plain.map(textOf).join('');
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
};

/** Marks of `holed-template.ts`; a value must not be taken for one. */
const withoutMarks = (text: string): string => text.replace(/[\uE000\uE001]/g, '');

/** How values are written into the HTML part: escaped, unless they are HTML of ours. */
export const forHtml = (value: unknown): string =>
  value instanceof ReadyHtml ? value.toString() : escapeHtml(withoutMarks(textOf(value)));
/** How values are written into subjects and the text part. */
export const forText = (value: unknown): string => withoutMarks(textOf(value));

const withoutTags = (engine: Liquid): Liquid => {
  for (const name of Object.keys(engine.tags)) {
    if (!TAGS.has(name)) Reflect.deleteProperty(engine.tags, name);
  }
  // `raw` would let a recipient's field write HTML into the message.
  engine.unregisterFilter('raw');
  return engine;
};

const base = (outputEscape: (value: unknown) => string): Liquid =>
  withoutTags(
    new Liquid({
      ownPropertyOnly: true,
      strictFilters: true,
      strictVariables: false,
      templates: {},
      outputEscape,
      ...LIMITS,
    }),
  );

/** Liquid for the HTML part: values are escaped, whether or not the template asks for it. */
export const htmlEngine = (): Liquid => {
  const engine = base(forHtml);
  const ready = (value: unknown): ReadyHtml => new ReadyHtml(forHtml(value));
  for (const name of ['escape', 'escape_once', 'xml_escape']) engine.registerFilter(name, ready);
  engine.registerFilter(
    'newline_to_br',
    (value: unknown) => new ReadyHtml(forHtml(value).replace(/\r?\n/g, '<br>\n')),
  );
  engine.registerTag('capture', CaptureHtml);
  return engine;
};

/** Liquid for subjects and the text part: nothing is escaped, since nothing is markup. */
export const textEngine = (): Liquid => {
  const engine = base(forText);
  for (const name of ['escape', 'escape_once', 'xml_escape', 'newline_to_br']) {
    engine.registerFilter(name, (value: unknown) => textOf(value));
  }
  return engine;
};
