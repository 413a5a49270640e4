import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { consentBlock, mailRenderer } from '#libs/rendering/index';
import { overflow, violationsOn } from './accessibility.ts';
import { openBrowser } from './open-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

const QUESTION = {
  relation: 'your purchase or lease, on May 1, 2025',
  lastDay: 'May 1, 2027',
  question: 'Yes, I agree to go on receiving newsletters and announcements by e-mail.',
  url: 'https://mail.example/consent/abc',
};

/** A newsletter that names no place for the request, as a mail program shows it. */
const mail = async (language: 'fr' | 'en', background: string): Promise<string> => {
  const mjml = `<mjml lang="${language}"><mj-head><mj-title>News</mj-title></mj-head>
    <mj-body background-color="${background}"><mj-section><mj-column>
    <mj-text font-size="16px"><h1>News</h1></mj-text></mj-column></mj-section></mj-body></mjml>`;
  const body = { kind: 'mjml', mjml } as const;
  const compiled = await mailRenderer().compile({ language, subject: 'News', body });
  if (!compiled.ok) throw new Error('The newsletter does not compile.');
  const { html } = compiled.value.parts({ consent: { block: consentBlock(QUESTION, language) } });
  // What is around the request belongs to whoever wrote it: it is made to be no fault here.
  return html.replace('role="article"', 'role="main"');
};

describe('CON-4: the request inside a newsletter', () => {
  it.each([
    ['fr', '#ffffff', 'light', 600],
    ['en', '#101010', 'dark', 600],
    ['fr', '#ffffff', 'light', 320],
    ['en', '#f2f4f7', 'dark', 320],
  ] as const)(
    'in “%s” on %s (%s, %i pixels) has no fault that axe knows and fits the window',
    async (language, background, colorScheme, width) => {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
      try {
        await page.setContent(await mail(language, background));
        const link = page.getByRole('link');
        expect(await link.getAttribute('href')).toBe(QUESTION.url);
        expect(await page.getByRole('heading', { level: 2 }).count()).toBe(1);
        const faults = await violationsOn(page);
        expect(faults.filter((fault) => !fault.includes('<h1'))).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      } finally {
        await page.close();
      }
    },
  );
});
