/** Pages without barriers: axe-core finds nothing on any, in both languages, light and dark, on a phone and a desk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from './testing/axe.ts';
import { type ConsoleRun, type OpenOptions, startConsole } from './testing/browser.ts';
import { fillRegister, pagesToSee } from './testing/pages-to-see.ts';

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
  await fillRegister(run.platform);
});
afterAll(() => run?.close());

const looks: readonly Required<Pick<OpenOptions, 'language' | 'scheme' | 'width'>>[] = (
  ['zh', 'en'] as const
).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((scheme) => [360, 1440].map((width) => ({ language, scheme, width }))),
);

describe.each(looks)('in $language, $scheme, $width px wide', (look) => {
  it('no page has a barrier that a machine can find, or is wider than the window', async () => {
    const { page, complaints } = await run.open(look);
    await page.locator('input[name=key]').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    for (const show of await pagesToSee(page, run.platform)) {
      const name = await show();
      expect([name, await findBarriers(page)]).toEqual([name, []]);
      expect([name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([name, look.width]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
