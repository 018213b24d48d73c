/** The list of codes, as an operator and a viewer use it in a browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from './testing/axe.ts';
import { type ConsoleRun, signIn, startConsole } from './testing/browser.ts';
import { makeKey } from './testing/keys.ts';
import { workOffBatches } from './testing/timers.ts';

const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const good = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: '劳务合同', MaxFlowNum: 20 };

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
  for (const name of ['North gate', 'South gate', '东门'])
    await run.platform.call('ChannelCreateMultiFlowSignQRCode', {
      ...good,
      QrCodeName: name,
      Labels: [name === '东门' ? 'cn' : 'gates'],
    });
});
afterAll(() => run?.close());

describe('signing in', () => {
  it('takes a key that works, says why another does not, and puts neither in an address', async () => {
    const { page, complaints, hosts } = await run.open();
    await page.locator('input[name=key]').fill('qm_000000000000_wrong');
    await page.locator('button[type=submit]').click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('cannot be used');
    await signIn(page, run.platform.apiKey);
    await page.getByRole('link', { name: 'South gate' }).waitFor();
    expect(page.url()).not.toContain('qm_');
    // A reload keeps the tab signed in; another tab is not.
    await page.reload();
    await page.getByRole('link', { name: 'South gate' }).waitFor();
    const other = await run.open();
    await other.page.locator('input[name=key]').waitFor();
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([new URL(run.platform.url).host]);
    await page.getByText('Settings').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('input[name=key]').waitFor();
    await page.reload();
    await page.locator('input[name=key]').waitFor();
  });
});

describe('the list of codes', () => {
  it('shows what crowds have used, and finds by text, state and label', async () => {
    const { body } = await run.platform.call('DescribeMultiFlowSignQRCodes', { Text: 'North gate' });
    const [code] = body['Codes'] as { Generations: { QrCodeId: string }[] }[]; // the one that was made above
    run.platform.emulator.scan(code?.Generations[0]?.QrCodeId ?? '', { count: 5 });
    await run.platform.emulator.callbacks.deliverDue();
    const { page } = await run.open({ key: run.platform.apiKey });
    const north = page.getByRole('row').filter({ hasText: 'North gate' });
    await north.getByText('5 of 20').waitFor();
    await north.getByText('Active').waitFor();

    await page.getByLabel('Find').fill('South');
    await page.getByRole('link', { name: 'North gate' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('row').count()).toBe(2);
    await page.reload();
    await page.getByRole('link', { name: 'South gate' }).waitFor();
    expect(await page.getByLabel('Find').inputValue()).toBe('South');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByRole('link', { name: 'cn' }).click();
    await page.getByRole('link', { name: 'South gate' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '东门' }).waitFor();
    await page.getByLabel('State').selectOption('Cancelled');
    await page.getByText('No code fits.').waitFor();
  });

  it('pauses and resumes several as one batch, and tells what became of each', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    for (const name of ['North gate', 'South gate']) await page.getByLabel(`Select ${name}`).check();
    await page.getByText('2 selected').waitFor();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.getByText(/of 2 done/).waitFor();
    await workOffBatches(run.platform);
    await dialog.getByText('2 of 2 done, 0 failed').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    for (const name of ['North gate', 'South gate'])
      await page.getByRole('row').filter({ hasText: name }).getByText('Paused').first().waitFor();

    // Somebody else has ended one meanwhile: it is told, and the other is done all the same.
    for (const name of ['North gate', 'South gate']) await page.getByLabel(`Select ${name}`).check();
    await page.getByText('2 selected').waitFor();
    const { body } = await run.platform.call('DescribeMultiFlowSignQRCodes', { Text: 'South gate' });
    const [south] = body['Codes'] as { CodeId: string }[]; // the one that was made above
    await run.platform.call('ChannelCancelMultiFlowSignQRCode', { CodeId: south?.CodeId });
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await dialog.getByText(/of 2 done/).waitFor();
    await workOffBatches(run.platform);
    await dialog.getByText('1 of 2 done, 1 failed').waitFor();
    const rowOf = (name: string) => dialog.getByRole('row').filter({ hasText: name });
    await rowOf('North gate').getByText('Done').waitFor();
    await rowOf('South gate').getByText('StateConflict').waitFor();
    await dialog.getByLabel('Outcome').selectOption('Failed');
    await rowOf('North gate').waitFor({ state: 'detached' });
    await rowOf('South gate').getByText('Failed').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('row').filter({ hasText: 'North gate' }).getByText('Active').waitFor();
  });

  it('takes no more at once than a batch has, and says so before anybody asks', async () => {
    const { page, complaints } = await run.open({ key: run.platform.apiKey });
    // As many as nobody makes in a test, on one page.
    await page.route('**/DescribeMultiFlowSignQRCodes', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { Codes: object[] }; // its contract
      const many = Array.from({ length: 501 }, (_, at) => ({ ...answer.Codes[0], CodeId: `code-${at}` }));
      await route.fulfill({ response, json: { ...answer, Codes: many } });
    });
    await page.reload();
    await page.getByLabel('Select all on this page').check();
    await page.getByText('A batch has at most 500 codes, and these are 501.').waitFor();
    const buttonOf = (name: string) => page.getByRole('button', { name, exact: true });
    for (const name of ['Pause', 'Resume', 'Renew now', 'Cancel for good'])
      expect([name, await buttonOf(name).isDisabled()]).toEqual([name, true]);
    expect(await findBarriers(page)).toEqual([]);
    await page.locator('tbody input[type=checkbox]').first().uncheck();
    await page.getByText('500 selected').waitFor();
    expect(await page.getByText('A batch has at most').count()).toBe(0);
    await buttonOf('Pause').click();
    await page.getByRole('dialog', { name: 'Pause 500 codes?' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('acts on several by the keyboard alone, and gives the focus back', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    for (const name of ['North gate', '东门']) {
      await page.getByLabel(`Select ${name}`).focus();
      await page.keyboard.press('Space');
    }
    await page.getByText('2 selected').waitFor();
    const pause = page.getByRole('button', { name: 'Pause', exact: true });
    await pause.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const focused = () => page.evaluate('document.activeElement.textContent');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused()).toBe('Pause');
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    // Close, leave it, pause.
    for (let times = 0; times < 2 && (await focused()) !== 'Pause'; times += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.getByText(/of 2 done/).waitFor();
    await workOffBatches(run.platform);
    await dialog.getByText('2 of 2 done, 0 failed').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    for (const name of ['North gate', '东门'])
      await page.getByRole('row').filter({ hasText: name }).getByText('Paused').first().waitFor();
    // What opened it is gone with what was chosen.
    expect(await page.evaluate('document.activeElement.id')).toBe('page');
  });

  it('offers a viewer nothing that changes anything', async () => {
    const key = await makeKey(run.platform, 'viewer');
    const { page } = await run.open({ key });
    await page.getByRole('link', { name: 'South gate' }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'New' }).count()).toBe(0);
  });
});

describe('the inspector', () => {
  it('lists the calls of each step with their ids, and survives a reload', async () => {
    const { page, context } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'South gate' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'South gate' }).waitFor();
    await page.getByRole('button', { name: /^Calls/ }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('GetCallerIdentity').first().waitFor();
    expect(await drawer.getByText('POST DescribeMultiFlowSignQRCodes').count()).toBe(2);
    expect(await drawer.getByText('POST GetCallerIdentity').count()).toBe(2);
    const kept = await page.evaluate(
      'JSON.stringify({ ...sessionStorage, "qianma.key": "" }) + document.cookie',
    );
    expect(kept).not.toContain(run.platform.apiKey);
    expect(kept).toContain('"requestId');
    expect(kept).not.toContain('"Limit');
    expect(await context.cookies()).toEqual([]);
  });

  it('shows each call as code in the language that was chosen, until the page is loaded anew', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'South gate' }).waitFor();
    await page.getByRole('button', { name: /^Calls/ }).click();
    const code = page.getByRole('group').filter({ hasText: 'Code of DescribeMultiFlowSignQRCodes' });
    await code.getByText('Code of DescribeMultiFlowSignQRCodes').click();
    await code.getByText(`curl '${run.platform.url}/DescribeMultiFlowSignQRCodes'`).waitFor();
    await code.getByRole('button', { name: 'Python' }).click();
    await code.getByText('urllib.request').first().waitFor();
    expect(await code.textContent()).not.toContain(run.platform.apiKey);
  });
});
