import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { faultsInEveryView } from './accessibility.ts';
import { openBrowser } from './open-browser.ts';
import { openPublicSite, type PublicSite } from './public-site.ts';

let browser: Browser;
let site: PublicSite;

beforeAll(async () => {
  [browser, site] = await Promise.all([openBrowser(), openPublicSite()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

type Look = Readonly<{ width?: number; javaScriptEnabled?: boolean }>;

/** A dossier as a browser gets it, with the key of the account. */
const withDossier = async (
  { width = 1_280, javaScriptEnabled = true }: Look,
  use: (page: Page, open: (id: string, language: string) => Promise<void>) => Promise<void>,
): Promise<void> => {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled,
    extraHTTPHeaders: { authorization: `Bearer ${site.key}` },
  });
  const page = await context.newPage();
  try {
    await use(page, async (id, language) => {
      const url = `${site.origin}/v1/recipients/${id}/dossier?format=html&language=${language}`;
      const answer = await page.goto(url);
      expect(answer?.status()).toBe(200);
    });
  } finally {
    await context.close();
  }
};

/** Somebody with a consent from the form, a message, an unsubscription; and somebody erased. */
const people = async () => {
  const { lists } = site;
  const busy = await site.reader('busy@example.org');
  await site.post(`/u/${site.token('unsubscribe', busy)}`, [['choice', 'all']]);
  const erased = await site.subscriber('gone@example.org', [lists.news]);
  await site.erase(erased);
  return [busy, erased, site.visitor];
};

describe('C-29: the dossier as a page', () => {
  it('has no fault that axe knows, in both languages, on paper and on narrow screens', async () => {
    await withDossier({}, async (page, open) => {
      for (const id of await people()) {
        for (const language of ['fr', 'en']) {
          await open(id, language);
          expect(await faultsInEveryView(page)).toEqual([]);
        }
      }
    });
  });

  it('applies its own style under its policy, and asks nobody for anything else', async () => {
    await withDossier({ javaScriptEnabled: true }, async (page, open) => {
      const asked: string[] = [];
      const faults: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => faults.push(message.text()));
      await open(site.visitor, 'en');
      expect(asked).toHaveLength(1);
      expect(faults).toEqual([]);
      expect(await page.locator('script').count()).toBe(0);
      const display = "getComputedStyle(document.querySelector('thead')).display";
      expect(await page.evaluate(display)).toBe('table-header-group');
    });
  });

  it('prints on sheets that number themselves, black on white in a dark room too', async () => {
    await withDossier({}, async (page, open) => {
      await open(site.visitor, 'fr');
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const colours =
        '[getComputedStyle(document.body)].map((style) => [style.color, style.backgroundColor])[0]';
      expect(await page.evaluate(colours)).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
      const pdf = await page.pdf({ format: 'Letter', preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    });
  });
});
