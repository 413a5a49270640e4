import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { checkReceipt } from '#apps/api/recipients/receipt/signed-receipt';
import { readPublicKeys } from '#libs/signatures/index';
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

describe('R-11: a consent receipt as a page', () => {
  it('has no fault that axe knows, in both languages, on paper and on narrow screens', async () => {
    const context = await browser.newContext({
      extraHTTPHeaders: { authorization: `Bearer ${site.key}` },
    });
    const page = await context.newPage();
    const left = await site.reader('receipt@example.org');
    await site.post(`/u/${site.token('unsubscribe', left)}`, [['choice', 'all']]);
    for (const id of [site.visitor, left]) {
      for (const language of ['fr', 'en']) {
        const url = `${site.origin}/v1/recipients/${id}/receipt?format=html&language=${language}`;
        expect((await page.goto(url))?.status()).toBe(200);
        expect(await faultsInEveryView(page)).toEqual([]);
      }
    }
    await context.close();
  });

  it('gives the signed file to whoever presses the link, without a script', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      extraHTTPHeaders: { authorization: `Bearer ${site.key}` },
    });
    const page = await context.newPage();
    await page.goto(`${site.origin}/v1/recipients/${site.visitor}/receipt?format=html&language=en`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save the signed file' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^rct_[0-9a-z]{26}\.json$/);
    const text = await readFile(await download.path(), 'utf8');
    const issuer = (JSON.parse(text) as { issued_by: string }).issued_by;
    const keys = await fetch(`${site.origin}/receipt-keys/${issuer}`);
    expect(checkReceipt(text, readPublicKeys(await keys.text())).ok).toBe(true);
    await context.close();
  });
});
