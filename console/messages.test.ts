/** What came, what went out, and who did what, in a browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRun, startConsole } from './testing/browser.ts';
import { makeKey } from './testing/keys.ts';
import { fillRegister } from './testing/pages-to-see.ts';

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
  await fillRegister(run.platform);
});
afterAll(() => run?.close());

describe('messages', () => {
  it('show what Tencent has posted, with what became of it and why', async () => {
    const { page, complaints } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByRole('row').filter({ hasText: 'Applied' }).first().waitFor();
    await page.getByLabel('State').selectOption('Failed');
    await page.getByText('There is nothing.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('have subscriptions made, tested, switched off and ended', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.getByRole('link', { name: 'Subscriptions' }).click();
    await page.getByRole('button', { name: 'Subscribe' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Address', { exact: true }).fill(`${run.platform.url}/callback-handler`);
    await dialog.getByLabel('It was renewed').check();
    await dialog.getByRole('button', { name: 'Subscribe' }).click();
    await dialog.getByText(/^whsec_/).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText(/It (arrived|did not arrive)/).waitFor();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Enable' }).waitFor();
    await page.getByRole('link', { name: 'Deliveries' }).click();
    await page.getByRole('row').filter({ hasText: 'A test event' }).waitFor();
    await page.getByRole('link', { name: 'Subscriptions' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page
      .getByRole('row')
      .filter({ hasText: 'Ended' })
      .or(page.getByText('There is nothing.'))
      .waitFor();
  });
});

describe('the audit log', () => {
  it('says who did what to what, and finds it', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('row').filter({ hasText: 'Code cancelled' }).first().waitFor();
    await page.getByLabel('What', { exact: true }).fill('code.modified');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('row').filter({ hasText: 'Code cancelled' }).first().waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'Code changed' }).first().waitFor();
  });

  it('is not offered to who may not see all organisations', async () => {
    const key = await makeKey(run.platform, 'admin', '--organization', 'proxy-org-openid');
    const { page } = await run.open({ key });
    await page.getByRole('link', { name: 'Messages' }).waitFor();
    expect(await page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
  });
});
