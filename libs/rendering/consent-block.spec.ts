import { describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { consentBlock, type ConsentQuestion } from './consent-block.ts';
import type { CompiledContent, Content } from './port.ts';
import { mailRenderer } from './renderer.ts';

const renderer = mailRenderer();

const QUESTION: ConsentQuestion = {
  relation: 'votre achat, le 1 mai 2025',
  lastDay: '1 mai 2027',
  question: 'Oui, j’accepte.',
  url: 'https://mail.example/consent/abc',
};
const values = (question = QUESTION, language = 'fr') => ({
  consent: { block: consentBlock(question, language) },
});

const compile = async (
  html: string,
  more: Partial<Pick<Content, 'text' | 'body'>> = {},
): Promise<CompiledContent> => {
  const compilation = await renderer.compile({
    language: 'fr',
    subject: 'Bonjour',
    body: { kind: 'html', html },
    ...more,
  });
  if (!compilation.ok) throw new Error(compilation.error.map(({ message }) => message).join(' '));
  return compilation.value;
};

describe('CON-4: the request for consent in a newsletter', () => {
  it('says why, until when, what is asked and where to answer, in both parts', () => {
    for (const part of Object.values(consentBlock(QUESTION, 'fr-CA'))) {
      expect(part).toContain('en raison de ce qui nous lie\u00a0: votre achat, le 1 mai 2025');
      expect(part).toContain('jusqu’au 1 mai 2027 inclus');
      expect(part).toContain('«\u00a0Oui, j’accepte.\u00a0»');
      expect(part).toContain('https://mail.example/consent/abc');
      expect(part).toContain('retiré en tout temps');
    }
  });

  it('is in English for every other language, and says so to a screen reader', () => {
    const english = consentBlock(QUESTION, 'de');
    expect(english.text).toContain('Would you still like to hear from us?');
    expect(english.html).toContain('lang="en"');
    expect(consentBlock(QUESTION, 'fr').html).toContain('lang="fr"');
  });

  it('says until when even where nobody knows any more what lay between them', () => {
    const { relation: _, ...without } = QUESTION;
    expect(consentBlock(without, 'fr').text).toContain(
      'Nous pouvons vous écrire jusqu’au 1 mai 2027 inclus.',
    );
  });

  it('has layout tables that a screen reader passes over, and a link with words', () => {
    const { html } = consentBlock(QUESTION, 'en');
    const tables = html.match(/<table\b[^>]*>/g) ?? [];
    expect(tables.filter((table) => !table.includes('role="presentation"'))).toEqual([]);
    expect(html).toMatch(/<h2[^>]*>Would you still like to hear from us\?<\/h2>/);
    expect(html).toMatch(/<a href="[^"]+"[^>]*>Read the question and answer<\/a>/);
  });

  it('escapes what others wrote', () => {
    const hostile = '"><script>&';
    const { html, text } = consentBlock(
      { relation: hostile, lastDay: hostile, question: hostile, url: `https://x/${hostile}` },
      'en',
    );
    expect(html).not.toContain('<script>');
    expect(html).toContain('&quot;&gt;&lt;script&gt;&amp;');
    expect(text).toContain(hostile);
  });
});

describe('CON-4: where the request stands', () => {
  const PLACED = '<body><p>Un</p>{{ consent.block }}<p>Deux</p></body>';
  const UNPLACED = '<html><BODY><p>Un</p><p>Deux</p></BODY></html>';

  it('is where the template says', async () => {
    const { html, text } = (await compile(PLACED)).parts(values());
    expect(html).toMatch(/^<body><p>Un<\/p><div[\s\S]*<\/div><p>Deux<\/p><\/body>$/);
    expect(text).toMatch(/^Un\s+-{40}[\s\S]*-{40}\s+Deux\n$/);
  });

  it('is last in the body and in the text where the template does not say', async () => {
    const { html, text } = (await compile(UNPLACED)).parts(values());
    expect(html).toMatch(/<p>Deux<\/p><div[\s\S]*<\/div><\/BODY><\/html>$/);
    expect(text).toMatch(/Deux\n\n-{40}\n[\s\S]*\n-{40}\n$/);
    const bare = (await compile('<p>Un</p>')).parts(values());
    expect(bare.html).toMatch(/^<p>Un<\/p><div[\s\S]*<\/div>$/);
  });

  it('is looked for in each part on its own', async () => {
    const { html, text } = (await compile(PLACED, { text: 'Un\n\nDeux, à la main\n' })).parts(
      values(),
    );
    expect(html.match(/lang="fr"/g)).toHaveLength(1);
    expect(text).toMatch(/^Un\n\nDeux, à la main\n\n-{40}\n[\s\S]*-{40}\n$/);
    const own = await compile(UNPLACED, { text: 'Un\n{{ consent.block }}\nDeux' });
    expect(own.parts(values()).text).toMatch(/^Un\n-{40}\n[\s\S]*-{40}\nDeux$/);
  });

  it('C-16: leaves no trace where there is nothing to ask', async () => {
    const without = (await compile(UNPLACED)).parts({});
    expect(without).toEqual({ subject: 'Bonjour', html: UNPLACED, text: 'Un\n\nDeux\n' });
    const choice = '<body>{% if consent.block %}<hr>{{ consent.block }}{% endif %}</body>';
    const choosing = await compile(choice);
    expect(choosing.parts({}).html).toBe('<body></body>');
    expect(choosing.parts(values()).html).toContain('<hr><div');
  });

  it('stands in MJML that does not mention it, and reaches a mail program whole', async () => {
    const mjml =
      '<mjml><mj-body><mj-section><mj-column><mj-text>Un {% if fields.vip %}VIP{% endif %}</mj-text></mj-column></mj-section></mj-body></mjml>';
    const compiled = await compile('', { body: { kind: 'mjml', mjml } });
    const { source, parts } = compiled.message(
      {
        from: { name: 'A', address: 'a@example.ca' },
        to: 'b@example.org',
        messageId: '1@example.ca',
        date: new Date(0),
        extra: [],
      },
      values(),
    );
    expect(parts).toEqual(compiled.parts(values()));
    const mail = await simpleParser(source);
    expect(mail.html).toContain(consentBlock(QUESTION, 'fr').html);
    expect(mail.text).toContain(consentBlock(QUESTION, 'fr').text);
  });
});
