import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Axe = Readonly<{ run: (where: object, how: RunOptions) => Promise<AxeResults> }>;

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const GRAVE = ['moderate', 'serious', 'critical'];

/** Wider than the window: something would have to be scrolled sideways (WCAG 1.4.10). */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** How a page to be read and kept is looked at: on a wide and a narrow screen, and on paper. */
const VIEWS = [
  [1_280, 'screen'],
  [320, 'screen'],
  [800, 'print'],
] as const;

/** What axe finds in any of these views, and the views that are wider than their window. */
export const faultsInEveryView = async (page: Page): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const [width, media] of VIEWS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ media });
    faults.push(...(await violationsOn(page)));
    if ((await overflow(page)) > 0) faults.push(`wider than ${String(width)} on ${media}`);
  }
  return faults;
};

/**
 * What axe finds wrong on a page, one line each. It is asked from outside the page's content policy, and looks at
 * our page alone: what is framed belongs to whoever wrote it.
 */
export const violationsOn = async (page: Page): Promise<readonly string[]> => {
  const found = await page.evaluate<AxeResults['violations'], [string, string[]]>(
    async ([source, tags]) => {
      // The content policy of the page has no say here: this is the debugger's own evaluation.
      (0, eval)(source);
      const { axe } = globalThis as unknown as { axe: Axe };
      const results = await axe.run({ exclude: ['iframe'] }, { runOnly: tags, iframes: false });
      return results.violations;
    },
    [SOURCE, TAGS],
  );
  return found
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
};
