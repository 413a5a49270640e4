import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Axe = Readonly<{ run: (where: object, how: RunOptions) => Promise<AxeResults> }>;

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const GRAVE = ['moderate', 'serious', 'critical'];

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
