import type { Page } from 'playwright-core';

/** Goes from the codes, where a page begins, to another list, and waits for its first row. */
export async function openList(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name }).click();
  // Its rows are looked for when those of the codes are gone.
  await page.getByRole('heading', { level: 1, name: 'Codes', exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('rowheader').first().waitFor();
}
