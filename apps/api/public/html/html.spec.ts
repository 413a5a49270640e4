import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Language } from '#domain/kernel/index';
import { linksOutOfFrame } from './framed-html.ts';
import { html, lines } from './html.ts';
import { acceptedLanguages, firstOffered, ownName } from './language.ts';

describe('templates of HTML', () => {
  it('escape every value, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const text = html`<p title="${value}">${value}</p>`.toString();
        const inside = /^<p title="([^<>"']*)">([^<>"']*)<\/p>$/s.exec(text);
        expect(inside).not.toBeNull();
        expect(text).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });

  it('keep pieces of their own, leave nothing out and write nothing for nothing', () => {
    expect(html`<b>${[html`<i>1</i>`, '<', 2, undefined, false]}</b>`.toString()).toBe(
      '<b><i>1</i>&lt;2</b>',
    );
    expect(lines('a<\nb').toString()).toBe('a&lt;<br />b');
  });
});

describe('the language of a page', () => {
  const offered = ['fr', 'en'] as Language[];

  it.each([
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['de;q=1, en;q=0.4, fr;q=0.8', 'fr'],
    ['fr;q=0, en;q=0.1', 'en'],
    ['*', 'fr'],
    ['', 'fr'],
    ['!!,,;q=,en;q=x', 'fr'],
  ])('for “%s” is %s', (header, language) => {
    expect(firstOffered(acceptedLanguages(header), offered)).toBe(language);
  });

  it('is called by its own name', () => {
    expect([ownName('fr' as Language), ownName('en' as Language)]).toEqual(['Français', 'English']);
  });
});

describe('HTML of others in a frame', () => {
  it('opens its links outside, wherever its head is', () => {
    expect(linksOutOfFrame('<html><head lang="x"><title>', '_top')).toBe(
      '<html><head lang="x"><base target="_top"><title>',
    );
    expect(linksOutOfFrame('<p>', '_blank')).toBe('<base target="_blank"><p>');
    expect(linksOutOfFrame('<header>', '_top')).toBe('<base target="_top"><header>');
  });
});
