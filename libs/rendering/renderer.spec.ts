import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser, type AddressObject } from 'mailparser';
import { createTransport } from 'nodemailer';
import type { CompiledContent, Content, MessageHead } from './port.ts';
import { mailRenderer } from './renderer.ts';
import { senderBlock } from './sender-block.ts';

const renderer = mailRenderer();

const compile = async (content: Partial<Content>): Promise<CompiledContent> => {
  const compilation = await renderer.compile({
    language: 'fr',
    subject: 'Bonjour {{ fields.firstName }}',
    body: { kind: 'html', html: '<html><body><p>Allô {{ fields.firstName }}</p></body></html>' },
    ...content,
  });
  if (!compilation.ok) throw new Error(compilation.error.map(({ message }) => message).join(' '));
  return compilation.value;
};

const faultsOf = async (content: Partial<Content>): Promise<readonly string[]> => {
  const body = { kind: 'html', html: '<p>x</p>' } as const;
  const compilation = await renderer.compile({ language: 'en', subject: 's', body, ...content });
  return compilation.ok
    ? []
    : compilation.error.map(({ code, part, line }) => `${part}:${String(line)}:${code}`);
};

const head = (changes: Partial<MessageHead> = {}): MessageHead => ({
  from: { name: 'Café de l’Été "Inc."', address: 'news@example.ca' },
  to: 'anna@example.org',
  messageId: '0123.abc@example.ca',
  date: new Date('2026-11-23T15:04:05.000Z'),
  extra: [],
  ...changes,
});

const parse = async (compiled: CompiledContent, values: Parameters<CompiledContent['parts']>[0]) =>
  simpleParser(compiled.message(head(), values).source);

const byNodemailer = async (
  messageHead: MessageHead,
  parts: Readonly<{ subject: string; html: string; text: string }>,
): Promise<Buffer> => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const sent = await transport.sendMail({
    from: messageHead.from,
    to: messageHead.to,
    messageId: `<${messageHead.messageId}>`,
    date: messageHead.date,
    ...parts,
  });
  return sent.message as Buffer;
};

const expectLawfulLines = (source: Buffer): void => {
  const text = source.toString('latin1');
  expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
  for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
};

describe('compiled content (SND-1, M-01)', () => {
  it('is read by a mail parser as nodemailer’s own composing is', async () => {
    const subject =
      'Été à Québec : {{ fields.firstName }}, une longue invitation pour toute la famille';
    const html = `<html><body><p style="a=b">${'Un été de rêve. '.repeat(60)}</p>\n<p>{{ fields.firstName }}</p></body></html>`;
    const compiled = await compile({
      subject,
      body: { kind: 'html', html },
      text: 'Allô {{ fields.firstName }} !\n.\nFrom here\n',
    });
    const values = { fields: { firstName: 'Zoé <b>& Cie</b>' } };
    const ours = compiled.message(head(), values);
    const [mine, theirs] = await Promise.all([
      simpleParser(ours.source),
      simpleParser(await byNodemailer(head(), ours.parts)),
    ]);
    const view = (mail: typeof mine) => ({
      subject: mail.subject,
      from: mail.from?.value,
      to: (mail.to as AddressObject).value,
      messageId: mail.messageId,
      date: mail.date,
      html: (mail.html === false ? '' : mail.html)?.trimEnd(),
      text: mail.text?.trimEnd(),
    });
    expect(view(mine)).toEqual(view(theirs));
    expect(mine.subject).toContain('Zoé <b>& Cie</b>');
    expect(mine.html).toContain('Zoé &lt;b&gt;&amp; Cie&lt;/b&gt;');
    expectLawfulLines(ours.source);
  });

  it('gives back any value, in both encodings, within lawful lines', async () => {
    const latin = await compile({
      text: `${'fixed words of the template '.repeat(3)}[{{ fields.v }}]`,
    });
    const greek = await compile({ text: `${'ελληνικά '.repeat(30)}[{{ fields.v }}]` });
    expect(latin.message(head(), {}).source.toString()).toContain(
      'Transfer-Encoding: quoted-printable',
    );
    expect(greek.message(head(), {}).source.toString()).toContain('Transfer-Encoding: base64');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (raw) => {
        // Line ends are normalised, and a parser may not be asked to keep control characters.
        // eslint-disable-next-line no-control-regex
        const value = raw.replace(/[\u0000-\u001f\u007f-\u009f\uE000\uE001\u2028\u2029]/g, '');
        for (const compiled of [latin, greek]) {
          const { source, parts } = compiled.message(head(), { fields: { v: value } });
          expectLawfulLines(source);
          expect(parts.text).toContain(`[${value}]`);
          expect((await simpleParser(source)).text).toContain(`[${value}]`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('fills and previews alike', async () => {
    const html = `<body>${'<p>fixed</p>'.repeat(20)}{% for list in lists %}<li>{{ list.name }}</li>{% endfor %}{% if fields.vip %}${'VIP '.repeat(20)}{% endif %}</body>`;
    const compiled = await compile({
      body: { kind: 'html', html },
      preheader: 'Pour {{ fields.firstName }}',
    });
    const values = {
      fields: { firstName: 'A&B', vip: true },
      lists: [{ name: 'Un' }, { name: 'Deux' }],
    };
    const filled = compiled.message(head(), values);
    expect(filled.parts).toEqual(compiled.parts(values));
    expect(filled.parts.html).toContain('<li>Un</li><li>Deux</li>');
    expect(filled.parts.html).toMatch(/<body><div style="display:none[^>]*>Pour A&amp;B<\/div>/);
    expect(await parse(compiled, values)).toMatchObject({ subject: 'Bonjour A&B' });
  });

  it('keeps captured HTML and escapes the values in it once', async () => {
    const html =
      '{% capture x %}<b>{{ fields.v }}</b>{% endcapture %}<i>{{ x }}</i>{% if x == "<b>1</b>" %}same{% endif %}';
    const compiled = await compile({ body: { kind: 'html', html } });
    expect(compiled.parts({ fields: { v: '<' } }).html).toBe('<i><b>&lt;</b></i>');
    expect(compiled.parts({ fields: { v: '1' } }).html).toBe('<i><b>1</b></i>same');
  });

  it('writes the sender’s block ready-made into both parts', async () => {
    const compiled = await compile({ body: { kind: 'html', html: '<p>{{ sender.block }}</p>' } });
    const block = senderBlock({ name: 'A & B', postalAddress: '1 rue X\nQuébec' }, 'fr');
    const parts = compiled.parts({ sender: { block } });
    expect(parts.html).toContain('A &amp; B<br>\n1 rue X<br>\nQuébec');
    expect(parts.text).toBe('A & B\n1 rue X\nQuébec\n');
  });
});

describe('escaping and bounds', () => {
  it.each([
    ['{{ fields.v }}', '&lt;b&gt;'],
    ['{{ fields.v | escape }}', '&lt;b&gt;'],
    ['{{ fields.v | upcase }}', '&lt;B&gt;'],
    ['{{ fields.v | escape | append: fields.v }}', '&amp;lt;b&amp;gt;&lt;b&gt;'],
    ['{{ fields.lines | newline_to_br }}', 'a<br>\nb'],
    ['{{ fields.constructor.name }}{{ fields.__proto__ }}', ''],
    ['{% raw %}{{ fields.v }}{% endraw %}', '{{ fields.v }}'],
  ])('renders %s', async (template, expected) => {
    const compiled = await compile({ body: { kind: 'html', html: template } });
    expect(compiled.parts({ fields: { v: '<b>', lines: 'a\nb' } }).html).toBe(expected);
  });

  it('lets no value begin a header, whatever the template', async () => {
    const compiled = await compile({ subject: '{{ fields.v }}' });
    const { source } = compiled.message(head(), {
      fields: { v: 'Hi\r\nBcc: evil@example.org\r\n\r\nbody' },
    });
    const mail = await simpleParser(source);
    expect(mail.bcc).toBeUndefined();
    expect(mail.subject).toBe('Hi Bcc: evil@example.org body');
  });

  it.each([
    [{ to: 'a@example.org\r\nBcc: b@example.org' }],
    [{ to: 'a@example.org, b@example.org' }],
    [{ replyTo: 'a b@example.org' }],
    [{ from: { name: 'X\r\nBcc: y', address: 'a@example.org' } }],
    [{ extra: [['X-A', 'b\r\nBcc: y']] as const }],
  ])('throws on a head that would add a line: %j', async (changes) => {
    const compiled = await compile({});
    expect(() => compiled.message(head(changes), {})).toThrow(TypeError);
  });

  it.each([
    ['<p>\n{{ fields.a </p>', 'html:2:liquid-invalid'],
    ['<p>{{ fields.a | raw }}</p>', 'html:1:liquid-invalid'],
    ['{% include "x" %}', 'html:1:liquid-invalid'],
    ['{% render "/etc/passwd" %}', 'html:1:liquid-invalid'],
    ['\n\n{{ feilds.a }}', 'html:3:unknown-variable'],
    ['{% for i in (1..99999999) %}x{% endfor %}', 'html:1:liquid-invalid'],
    ['{% if fields.a %}', 'html:1:liquid-invalid'],
  ])('finds the fault of %s when compiling', async (html, fault) => {
    expect(await faultsOf({ body: { kind: 'html', html } })).toEqual([fault]);
  });
});

describe('MJML', () => {
  const mjml = (inside: string): Content['body'] => ({
    kind: 'mjml',
    mjml: `<mjml><mj-body>${inside}</mj-body></mjml>`,
  });
  const section = (text: string): string =>
    `<mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section>`;

  it('keeps Liquid in texts, addresses and between components', async () => {
    const body = mjml(
      `{% if fields.vip %}${section('<a href="{{ links.preferences | append: "?a=1&b=2" }}">VIP {{ fields.a }}</a>')}{% else %}${section('plain')}{% endif %}`,
    );
    const compiled = await compile({ body });
    const vip = compiled.parts({
      fields: { vip: true, a: '<' },
      links: { preferences: 'https://x/p' },
    });
    expect(vip.html).toContain('<a href="https://x/p?a=1&amp;b=2">VIP &lt;</a>');
    expect(vip.html).not.toContain('plain');
    expect(vip.text.trim()).toBe('VIP < (https://x/p?a=1&b=2)');
    expect(compiled.parts({ fields: {} }).text.trim()).toBe('plain');
  });

  it.each([
    [mjml('<mj-foo/>'), 'mjml:1:mjml-invalid'],
    [{ kind: 'mjml', mjml: 'hello' } as const, 'mjml:undefined:mjml-malformed'],
    [mjml('<mj-include path="/etc/passwd"/>'), 'mjml:undefined:include-not-allowed'],
    [
      mjml(`<mj-section>{{ fields.a }}<mj-column></mj-column></mj-section>`),
      'mjml:undefined:liquid-lost',
    ],
  ])('finds the fault of %j', async (body, fault) => {
    expect(await faultsOf({ body })).toEqual([fault]);
  });
});
