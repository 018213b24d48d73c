/** Many gates at once, their paper, and whose they are, in a browser. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRun, startConsole } from './testing/browser.ts';
import { workOffBatches } from './testing/timers.ts';

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
});
afterAll(() => run?.close());

describe('many codes', () => {
  it('are made from rows that were pasted, after all of them were checked', async () => {
    const { page, complaints } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'New', exact: true }).click();
    await page.getByLabel('OpenId of the organisation').fill('proxy-org-openid');
    await page.getByLabel('OpenId of the operator').fill('proxy-operator-openid');
    await page.getByRole('button', { name: 'Show the templates' }).click();
    await page.locator('select[name=templateId]:enabled').selectOption('yDRvzUUgygqj42ouUuO4zjEueBrK5MeV');
    await page.getByLabel('Name of the contracts').fill('劳务合同');
    await page.locator('summary').filter({ hasText: 'Many at once' }).click();
    await page
      .locator('textarea')
      .filter({ visible: true })
      .fill('1 号门\tg-1\t岗亭\n2 号门\tg-2\t岗亭\n3 号门\tg-3');
    await page.getByRole('button', { name: 'Check, make nothing' }).click();
    await page.getByText('3 codes can be made.').waitFor();
    await page.getByRole('button', { name: 'Make 3 codes' }).click();
    await page.getByText(/of 3 done/).waitFor();
    await workOffBatches(run.platform);
    await page.getByText('3 of 3 done, 0 failed').waitFor();
    for (const id of ['g-1', 'g-2', 'g-3'])
      await page.getByRole('row').filter({ hasText: id }).getByText('Done').waitFor();
    await page.getByRole('link', { name: 'To the codes' }).click();
    for (const name of ['1 号门', '2 号门', '3 号门']) await page.getByRole('link', { name }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('are no more than a batch has, which is said before they are checked', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'New', exact: true }).click();
    await page.locator('summary').filter({ hasText: 'Many at once' }).click();
    const rows = page.locator('textarea').filter({ visible: true });
    await rows.fill('门\n'.repeat(501));
    await page.getByText('A batch has at most 500 codes, and these are 501.').waitFor();
    const buttons = ['Check, make nothing', 'Make 501 codes'].map((name) =>
      page.getByRole('button', { name }),
    );
    for (const button of buttons) expect(await button.isDisabled()).toBe(true);
    await rows.fill('门\n'.repeat(500));
    await page.getByRole('button', { name: 'Make 500 codes' }).and(page.locator(':enabled')).waitFor();
    await page.context().close();
  });

  it('have posters, which the browser saves', async () => {
    const { page, complaints } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: '1 号门' }).click();
    await page.getByLabel('Paper of the poster').selectOption('A5');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the poster (PDF)' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('1 号门.pdf');
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(complaints).toEqual([]);
  });

  it('have their posters in one file, a page each, but for those that are cancelled', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    const { body } = await run.platform.call('DescribeMultiFlowSignQRCodes', { ExternalId: 'g-2' });
    const [second] = body['Codes'] as { CodeId: string }[]; // the one that was made above
    await run.platform.call('ChannelCancelMultiFlowSignQRCode', { CodeId: second?.CodeId });
    await page.reload();
    await page.getByLabel('Select all on this page').check();
    await page.getByRole('button', { name: 'Posters' }).click();
    const dialog = page.getByRole('dialog', { name: 'Posters: 2' });
    await dialog.getByText('1 of those selected is cancelled and has no poster.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download the poster (PDF)' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Posters.pdf');
    const bytes = await readFile(await download.path(), 'latin1');
    expect(bytes.match(/\/Type \/Page\b/g)).toHaveLength(2);
  });

  it('belong to an organisation, whose name and contact are set', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'Organisations' }).click();
    await page.getByRole('button', { name: 'Change proxy-org-openid' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name that signers read').fill('示例劳务');
    await dialog.getByLabel('Contact, for who reads Chinese').fill('现场办公室');
    await dialog.getByLabel('Contracts bought').fill('500');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row').filter({ hasText: '示例劳务' }).getByText('of 500').waitFor();
  });
});
