import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with a page as it is: rule, and where. None: nothing that a machine can find. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Evaluated by the debugger, to which the policy of the page does not apply.
  await page.evaluate(source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults; // of the script above
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
