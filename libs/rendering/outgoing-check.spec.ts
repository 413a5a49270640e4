import { describe, expect, it } from '@jest/globals';
import { outgoingFaults, type OutgoingCandidate } from './outgoing-check.ts';

const expected = {
  unsubscribeUrl: 'https://h.example/u/TOKEN?a=1&b=2',
  ownUrls: ['https://h.example/p/TOKEN'],
  senderName: 'A & B',
  postalAddress: '1 rue X\nQuébec',
};
const headers = [
  ['List-Unsubscribe', `<${expected.unsubscribeUrl}>, <mailto:u+T@h.example?subject=unsubscribe>`],
  ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
] as const;
const html =
  '<p>A &amp; B<br>1 rue X<br>Québec <a href="https://h.example/u/TOKEN?a=1&amp;b=2">Se désabonner</a></p>';
const text = `A & B\n1 rue X\nQuébec\nUnsubscribe: ${expected.unsubscribeUrl}\n`;

const faults = (changes: Partial<OutgoingCandidate & { html: string; text: string }>): string[] =>
  outgoingFaults({
    headers: changes.headers ?? headers,
    parts: { subject: 's', html: changes.html ?? html, text: changes.text ?? text },
    expected,
  }).map(({ code, part }) => `${part}:${code}`);

describe('outgoing check (SND-4)', () => {
  it('lets a complete message leave', () => {
    expect(faults({})).toEqual([]);
  });

  it('wants the link of this very recipient in both parts (C-22)', () => {
    expect(faults({ html: html.replaceAll('TOKEN', 'OTHER') })).toEqual([
      'html:unsubscribe-link-missing',
      'html:foreign-unsubscribe-link',
    ]);
    expect(faults({ text: text.replace(/Unsubscribe.*/, '') })).toEqual([
      'text:unsubscribe-link-missing',
    ]);
  });

  it('wants sender and postal address in both parts (C-21)', () => {
    expect(faults({ html: html.replace('A &amp; B', 'Somebody') })).toEqual([
      'html:sender-name-missing',
    ]);
    expect(faults({ text: text.replace('Québec', '') })).toEqual(['text:postal-address-missing']);
  });

  it('wants one-click headers with exactly one web address (M-03)', () => {
    const [unsubscribe, post] = headers;
    expect(faults({ headers: [] })).toEqual([
      'headers:list-unsubscribe-missing',
      'headers:one-click-missing',
    ]);
    expect(faults({ headers: [unsubscribe, unsubscribe, post] })).toEqual([
      'headers:header-repeated',
    ]);
    const two = [
      'List-Unsubscribe',
      `<${expected.unsubscribeUrl}>, <https://other.example/>`,
    ] as const;
    expect(faults({ headers: [two, post] })).toEqual(['headers:list-unsubscribe-missing']);
  });

  it.each([
    '<a href="https://other.example/unsubscribe?x=1">stop</a>',
    "<a class='b'\nhref='https://other.example/stop'><b>Unsubscribe</b></a>",
    '<a href="mailto:unsubscribe@other.example">stop</a>',
    '<a href="https://other.example/x">Me désinscrire</a>',
  ])('stops a second, hand-made link: %s (C-23)', (link) => {
    expect(faults({ html: html + link })).toEqual(['html:foreign-unsubscribe-link']);
  });

  it('stops a hand-made address in the text part (C-23)', () => {
    expect(faults({ text: `${text}or (https://other.example/opt-out)` })).toEqual([
      'text:foreign-unsubscribe-link',
    ]);
  });

  it('leaves the words themselves and the preference page alone', () => {
    const own =
      '<p>You can unsubscribe</p><a href="https://h.example/p/TOKEN">Unsubscribe from some</a>';
    expect(faults({ html: html + own, text: `${text}You can unsubscribe.` })).toEqual([]);
  });
});
