/** One person's contract forgotten in a browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRun, startConsole } from './testing/browser.ts';
import { makeKey } from './testing/keys.ts';
import { openList } from './testing/open-list.ts';
import { fillRegister } from './testing/pages-to-see.ts';

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
  await fillRegister(run.platform);
});
afterAll(() => run?.close());

const forgetOf = /^Forget /;

describe('a contract', () => {
  it('is forgotten after it was said what goes and what stays, and its row shows it', async () => {
    const { page, complaints } = await run.open({ key: run.platform.apiKey });
    await openList(page, 'Contracts');
    const flowId = (await page.getByRole('rowheader').first().textContent()) ?? '';
    const row = page.getByRole('row').filter({ hasText: flowId });
    await row.getByRole('button', { name: forgetOf }).click();
    const dialog = page.getByRole('dialog');
    for (const text of ['What is taken away', 'What stays', 'It cannot be undone.'])
      await dialog.getByText(text).waitFor();
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    await row.getByRole('button', { name: forgetOf }).click();
    await dialog.getByRole('button', { name: 'Forget' }).click();
    await row.getByText('Forgotten').waitFor();
    await page.getByText(new RegExp(`${flowId} is forgotten: the content of \\d+ notifications`)).waitFor();
    // Nothing of it but its id is on the page any more.
    expect(await row.getByRole('cell').allTextContents()).toEqual(['–', '–', '–', '–', '–', 'Forgotten']);
    expect(await page.evaluate('document.activeElement.id')).toBe('page');

    await page.getByRole('button', { name: 'Reload' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page
      .getByRole('row')
      .filter({ hasText: flowId })
      .filter({ hasText: 'Contract forgotten' })
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('is forgotten from the page of its code, too', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: '南门岗亭' }).click();
    const forget = page.getByRole('button', { name: forgetOf });
    await forget.first().waitFor();
    const before = await forget.count();
    await forget.first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
    await page.getByRole('row').getByText('Forgotten').waitFor();
    // The count stays right.
    await page.reload();
    await page.getByText('7 of 20').first().waitFor();
    await forget.first().waitFor();
    expect(await forget.count()).toBe(before - 1);
  });

  it('is forgotten by an administrator of its organisation, and by no operator', async () => {
    const admin = await makeKey(run.platform, 'admin', '--organization', 'proxy-org-openid');
    for (const [key, least] of [
      [admin, 1],
      [await makeKey(run.platform, 'operator'), 0],
    ] as const) {
      const { page } = await run.open({ key });
      await openList(page, 'Contracts');
      expect(Math.min(1, await page.getByRole('button', { name: forgetOf }).count())).toBe(least);
    }
  });

  it('stays where another has forgotten it meanwhile, and that is told', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await openList(page, 'Contracts');
    const flowId = (await page.getByRole('rowheader').first().textContent()) ?? '';
    await run.platform.call('ForgetContract', { FlowId: flowId });
    const row = page.getByRole('row').filter({ hasText: flowId });
    await row.getByRole('button', { name: forgetOf }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
    await row.getByText('Forgotten').waitFor();
    await page.getByText('the content of 0 notifications').waitFor();
  });
});
