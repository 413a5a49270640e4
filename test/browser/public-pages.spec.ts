import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { overflow, violationsOn } from './accessibility.ts';
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

const PAGES: readonly (keyof PublicSite['pages'])[] = [
  'form',
  'rich form',
  'confirm',
  'expired confirm',
  'request for consent',
  'request after a refusal',
  'consent given already',
  'request to somebody out',
  'request to somebody suspended',
  'unsubscribe',
  'unsubscribed already',
  'preferences',
  'preferences of somebody out',
  'view',
  'mailbox',
  'mail as HTML',
  'mail as text',
  'mail headers',
  'unknown link',
  'unknown page',
];
const LOOKS = [
  { colorScheme: 'light', width: 1_280 },
  { colorScheme: 'dark', width: 1_280 },
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 320 },
] as const;

type Look = (typeof LOOKS)[number] & { readonly javaScriptEnabled?: boolean };

const withPage = async <T>(
  look: Partial<Look>,
  use: (page: Page, context: BrowserContext) => Promise<T>,
) => {
  const { colorScheme = 'light', width = 1_280, javaScriptEnabled = true } = look;
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 800 },
    javaScriptEnabled,
    bypassCSP: false,
  });
  try {
    return await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
};

const inLanguage = (path: string, language: string): string =>
  `${site.origin}${path}${path.includes('?') ? '&' : '?'}lang=${language}`;

describe('every public page', () => {
  it.each(PAGES)(
    '“%s” has no fault that axe knows, asks nobody else for anything, and runs no script (M-11)',
    async (name) => {
      await withPage({}, async (page) => {
        const asked: string[] = [];
        page.on('request', (request) => asked.push(new URL(request.url()).origin));
        for (const language of ['fr', 'en']) {
          await page.goto(inLanguage(site.pages[name], language));
          for (const { colorScheme, width } of LOOKS) {
            await page.emulateMedia({ colorScheme });
            await page.setViewportSize({ width, height: 800 });
            expect(await violationsOn(page)).toEqual([]);
            expect(await overflow(page)).toBeLessThanOrEqual(0);
          }
        }
        expect(new Set(asked.filter((origin) => origin !== 'null'))).toEqual(
          new Set([site.origin]),
        );
        expect(await page.locator('script').count()).toBe(0);
        expect(await page.title()).not.toContain('script ran');
      });
    },
  );

  it('would be found out if it had a fault', async () => {
    await withPage({}, async (page) => {
      await page.goto(inLanguage(site.pages.form, 'en'));
      await page.evaluate(
        `document.querySelector('label[for="email"]').remove(); document.querySelector('h1').style.color = '#eee';`,
      );
      const found = await violationsOn(page);
      expect(found.map((line) => line.split(':', 1)[0])).toEqual(
        expect.arrayContaining(['label', 'color-contrast']),
      );
    });
  });
});

describe('what follows an answer to a request for consent', () => {
  const answers = [
    ['Give my consent', false],
    ['Give my consent', true],
    ['Do not ask me again', false],
  ] as const;

  it.each(answers)('“%s” (box ticked: %s) has no fault that axe knows', async (name, isTicked) => {
    const path = await site.asked(
      `${name.toLowerCase().replaceAll(' ', '-')}${String(isTicked)}@example.org`,
    );
    await withPage({}, async (page) => {
      await page.goto(inLanguage(path, 'en'));
      if (isTicked) await page.getByLabel('I agree').check();
      await page.getByRole('button', { name }).click();
      await page.waitForLoadState();
      for (const { colorScheme, width } of LOOKS) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        expect(await violationsOn(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      }
    });
  });
});

describe('what follows the wish to come back (C-27)', () => {
  it.each([false, true])('has no fault that axe knows (boxes ticked: %s)', async (isTicked) => {
    const path = await site.departed(`departed-${String(isTicked)}@example.org`);
    await withPage({}, async (page) => {
      for (const language of ['fr', 'en']) {
        await page.goto(inLanguage(path, language));
        if (isTicked) {
          await page.locator('#lists').check();
          await page.locator('#consent').check();
        }
        await page.locator('button', { hasText: /à nouveau|again/ }).click();
        await page.getByRole(isTicked ? 'status' : 'alert').waitFor();
        for (const { colorScheme, width } of LOOKS) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 800 });
          expect(await violationsOn(page)).toEqual([]);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
        }
      }
    });
  });
});

describe('a browser that opens every link of every mail (M-11, M-12, P-24, UNS-2)', () => {
  it('changes nothing', async () => {
    const before = await site.head();
    await withPage({}, async (page) => {
      for (const name of PAGES) {
        await page.goto(`${site.origin}${site.pages[name]}`);
        const links = await page
          .locator('a[href]')
          .evaluateAll((all) => all.map((link) => (link as unknown as { href: string }).href));
        for (const link of links.filter((each) => each.startsWith(site.origin))) {
          await page.goto(link);
        }
      }
    });
    expect(await site.head()).toBe(before);
  });
});

describe('without JavaScript', () => {
  it('somebody subscribes, corrects what was wrong, and confirms', async () => {
    await withPage({ javaScriptEnabled: false, width: 320 }, async (page) => {
      await page.goto(inLanguage(site.pages.form, 'en'));
      await page.getByLabel('E-mail address').fill('nobody');
      await page.getByRole('button', { name: 'Subscribe' }).click();
      const summary = page.getByRole('alert');
      expect(await summary.innerText()).toContain('Give a whole address');
      expect(
        await summary.evaluate(
          (node) =>
            node ===
            (node as unknown as { ownerDocument: { activeElement: unknown } }).ownerDocument
              .activeElement,
        ),
      ).toBe(true);
      expect(await page.getByLabel('I agree').isChecked()).toBe(false);
      await page.getByLabel('E-mail address').fill('slow@example.org');
      await page.getByLabel('I agree').check();
      await page.getByRole('button', { name: 'Subscribe' }).click();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Thank you');
    });
    const id = await site.recipientOf('slow@example.org');
    expect((await site.recipient(id)).pending).toBeDefined();
  });

  it('somebody confirms by the button', async () => {
    const url = await site.waiting('button@example.org');
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.origin}${url}`);
      await page.getByRole('button').click();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('C’est confirmé');
    });
    const id = await site.recipientOf('button@example.org');
    expect((await site.recipient(id)).lists.get(site.lists.news)?.status).toBe('subscribed');
  });

  it('somebody agrees to go on receiving, after they were told to tick the box (C-17, CON-5)', async () => {
    const path = await site.asked('agrees@example.org');
    const id = await site.recipientOf('agrees@example.org');
    await withPage({ javaScriptEnabled: false, width: 320 }, async (page) => {
      await page.goto(inLanguage(path, 'en'));
      await page.getByRole('button', { name: 'Give my consent' }).click();
      const summary = page.getByRole('alert');
      expect(await summary.innerText()).toContain('Tick the box to give your consent.');
      expect(await page.getByLabel('I agree').isChecked()).toBe(false);
      expect((await site.recipient(id)).consents).toMatchObject([{ kind: 'implied' }]);
      await page.getByLabel('I agree').check();
      await page.getByRole('button', { name: 'Give my consent' }).click();
      expect(await page.getByRole('status').innerText()).toContain('your consent is recorded');
      await page.getByRole('link', { name: 'Unsubscribe' }).click();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Unsubscribe');
    });
    const { consents } = await site.recipient(id);
    expect(consents).toMatchObject([{ kind: 'implied' }, { kind: 'express' }]);
  });

  it('somebody who left comes back by the preference page, and confirms (C-27)', async () => {
    const path = await site.departed('returns@example.org');
    const id = await site.recipientOf('returns@example.org');
    await withPage({ javaScriptEnabled: false, width: 320 }, async (page) => {
      await page.goto(inLanguage(path, 'en'));
      await page.getByRole('button', { name: 'Subscribe again' }).click();
      const summary = page.getByRole('alert');
      expect(await summary.innerText()).toContain('Choose at least one list.');
      expect(await summary.innerText()).toContain('Tick the box to give your consent.');
      await page.getByLabel('Events').check();
      await page.getByRole('checkbox', { name: 'I agree' }).check();
      await page.getByRole('button', { name: 'Subscribe again' }).click();
      expect(await page.getByRole('status').innerText()).toContain('An e-mail is on its way');
      const { pending, unsubscribed } = await site.recipient(id);
      expect(unsubscribed).toBeDefined();
      await page.goto(`${site.origin}${site.confirmation(id, pending?.requestedAt)}`);
      await page.getByRole('button').click();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('C’est confirmé');
    });
    const after = await site.recipient(id);
    expect(after.unsubscribed).toBeUndefined();
    expect(after.lists.get(site.lists.events)?.status).toBe('subscribed');
  });

  it('somebody does not want to be asked again', async () => {
    const path = await site.asked('declines@example.org');
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(inLanguage(path, 'fr'));
      await page.getByRole('button', { name: 'Ne plus me le demander' }).click();
      expect(await page.getByRole('status').innerText()).toContain('C’est noté');
    });
    const id = await site.recipientOf('declines@example.org');
    expect((await site.recipient(id)).refused).toBeDefined();
  });

  it('somebody leaves a list by one click, then everything by another (C-22, C-25)', async () => {
    const id = await site.reader('leaver@example.org');
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.origin}/u/${site.token('unsubscribe', id)}?lang=en`);
      await page.getByRole('button', { name: 'Stop receiving “News”' }).click();
      expect((await site.recipient(id)).lists.get(site.lists.news)?.status).toBe('unsubscribed');
      expect((await site.recipient(id)).lists.get(site.lists.events)?.status).toBe('subscribed');
      await page.getByRole('button', { name: 'Unsubscribe from everything' }).click();
      expect(await page.getByRole('status').innerText()).toContain('unsubscribed from everything');
    });
    expect((await site.recipient(id)).unsubscribed).toBeDefined();
  });

  it('somebody changes preferences', async () => {
    const id = await site.reader('chooser@example.org');
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.origin}/p/${site.token('preferences', id)}?lang=en`);
      await page.getByLabel('Events').uncheck();
      await page.getByLabel('English').check();
      await page.getByLabel('First name').fill('Ana');
      await page.getByRole('button', { name: 'Save' }).click();
      expect(await page.getByRole('status').innerText()).toContain('saved');
    });
    const after = await site.recipient(id);
    expect([after.language, after.lists.get(site.lists.events)?.status]).toEqual([
      'en',
      'unsubscribed',
    ]);
  });

  it('somebody reads a newsletter in another language, and then asks for it (LNG-1)', async () => {
    const id = await site.reader('reader@example.org');
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.origin}/v/${site.token('view', id)}`);
      await page.getByRole('link', { name: 'English' }).click();
      const frame = page.frameLocator('iframe');
      expect(await frame.getByRole('heading').innerText()).toBe('Hello Éloïse');
      expect((await site.recipient(id)).language).toBe('fr');
      await page.getByRole('button', { name: 'Receive in English from now on' }).click();
      expect(await page.getByRole('status').innerText()).toContain('English');
    });
    expect((await site.recipient(id)).language).toBe('en');
  });
});

describe('with the keyboard alone', () => {
  it('somebody fills in a form, and always sees where they are (WCAG 2.1.1, 2.4.7)', async () => {
    await withPage({}, async (page) => {
      await page.goto(inLanguage(site.pages['rich form'], 'en'));
      const visited: string[] = [];
      const tab = async (): Promise<void> => {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate<{ name: string; outline: string }>(
          `(() => { const node = document.activeElement; return { name: node.id || node.getAttribute('href') || node.type, outline: getComputedStyle(node).outlineStyle }; })()`,
        );
        visited.push(focused.name);
        expect(focused.outline).not.toBe('none');
      };
      const until = async (name: string): Promise<void> => {
        do await tab();
        while (visited.at(-1) !== name && visited.length < 60);
      };
      await until('email');
      await page.keyboard.type('keys@example.org');
      await until('field-firstName');
      await page.keyboard.type('Kim');
      await until('lists');
      await page.keyboard.press('Space');
      await until('consent');
      await page.keyboard.press('Space');
      await until('submit');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      expect(visited[0]).toBe('#main');
      // The field for robots is no stop on the way.
      expect(visited).not.toContain('trap');
    });
    const id = await site.recipientOf('keys@example.org');
    expect((await site.recipient(id)).lists.get(site.lists.news)?.status).toBe('subscribed');
  });

  it('the summary of errors leads to the field', async () => {
    await withPage({}, async (page) => {
      await page.goto(inLanguage(site.pages.form, 'en'));
      await page.getByRole('button', { name: 'Subscribe' }).press('Enter');
      expect(await violationsOn(page)).toEqual([]);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.keyboard.type('typed here');
      expect(await page.getByLabel('E-mail address').inputValue()).toBe('typed here');
    });
  });
});

describe('a newsletter within our page', () => {
  it('runs no script and cannot touch the page around it', async () => {
    await withPage({}, async (page) => {
      for (const path of [site.pages.view, site.mailPath]) {
        await page.goto(`${site.origin}${path}`);
        const content = page.frameLocator('iframe');
        await content.getByRole('heading').waitFor();
        expect(await page.title()).not.toContain('script ran');
        expect(
          await content
            .locator('title')
            .evaluate((node) => (node as unknown as { textContent: string }).textContent),
        ).not.toBe('script ran');
      }
    });
  });

  it('opens its links in place of our page', async () => {
    await withPage({}, async (page) => {
      await page.route('https://news.example.org/**', (route) =>
        route.fulfill({ body: '<h1>left</h1>', contentType: 'text/html' }),
      );
      await page.goto(`${site.origin}${site.pages.view}`);
      await page.frameLocator('iframe').getByRole('link', { name: 'out' }).click();
      await page.waitForURL(/^https:\/\/news\.example\.org\/u\//);
    });
  });
});
