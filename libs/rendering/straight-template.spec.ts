import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holedTemplate } from './holed-template.ts';
import { forHtml, forText, htmlEngine, textEngine } from './liquid-engine.ts';
import { ReadyHtml } from './ready-text.ts';
import { straightTemplate } from './straight-template.ts';

const EXPRESSIONS = [
  'fields.a',
  'fields.missing',
  'fields.list',
  'fields.list.size',
  'fields.list.first',
  'fields.nested.b',
  'fields.a.length',
  'fields.a.b.c',
  'missing.a',
  'sender.block',
  'sender.name',
  'fields.a | upcase',
  'fields.missing | default: "<x>"',
  '- fields.a -',
  '"quoted"',
];
const template = fc
  .array(
    fc.oneof(
      fc.constantFrom(...EXPRESSIONS).map((expression) => `{{${expression}}}`),
      fc.constantFrom(' ', '\n', '<p class="x">', 'été ', '. ', '}', `${'fixed '.repeat(12)}\n.`),
    ),
  )
  .map((pieces) => pieces.join(''));
const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const values = fc.record({
  fields: fc.record({ a: value, list: fc.array(value), nested: fc.record({ b: value }) }),
  sender: fc.record({
    name: fc.string(),
    block: fc.string().map((html) => new ReadyHtml(html) as unknown),
  }),
});

describe('a template without tags (SND-1)', () => {
  it.each([
    ['HTML', htmlEngine(), forHtml],
    ['text', textEngine(), forText],
  ])('is filled as Liquid renders it: %s', (_, engine, write) => {
    fc.assert(
      fc.property(
        template,
        fc.array(values, { minLength: 1, maxLength: 3 }),
        (source, everybody) => {
          const holed = holedTemplate(engine, source, write);
          for (const each of everybody) {
            const rendered = engine.renderSync(engine.parse(source), each) as unknown;
            expect(holed.read(each)).toBe(rendered);
            expect(holed.fill(each).text).toBe(rendered);
          }
        },
      ),
    );
  });

  it('is told from one that decides or repeats', () => {
    const engine = textEngine();
    expect(straightTemplate(engine, 'a {{ fields.b }}', forText)?.holes).toHaveLength(1);
    expect(straightTemplate(engine, 'a {% if fields.b %}c{% endif %}', forText)).toBeUndefined();
  });
});
