/** The life of one code in a browser: made, scanned, looked at, changed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRun, startConsole } from './testing/browser.ts';
import { makeKey } from './testing/keys.ts';

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
});
afterAll(() => run?.close());

async function codeCalled(Text: string) {
  const { body } = await run.platform.call('DescribeMultiFlowSignQRCodes', { Text });
  const [code] = body['Codes'] as { CodeId: string; Generations: { QrCodeId: string }[] }[]; // the one of that name
  if (code === undefined) throw new Error(`there is no code called ${Text}`);
  return code;
}

describe('a code', () => {
  it('is checked, made, and made once however often the form is sent', async () => {
    const { page, complaints } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'Make one' }).click();
    await page.getByLabel('OpenId of the organisation').fill('proxy-org-openid');
    await page.getByLabel('OpenId of the operator').fill('proxy-operator-openid');
    await page.getByRole('button', { name: 'Show the templates' }).click();
    await page.locator('select[name=templateId]:enabled').selectOption('yDRvzUUgygqj42ouUuO4zjEueBrK5MeV');
    await page.getByText('It can carry a sign code').waitFor();
    await page.getByLabel('Name of the contracts').fill('劳务合同');
    await page.getByLabel('Name on the poster').fill('West gate');
    await page.getByLabel('Contracts of a generation').fill('50');
    await page.getByRole('button', { name: 'Check, make nothing' }).click();
    await page.getByText('It can be made: 50 contracts a generation').waitFor();
    const { body } = await run.platform.call('DescribeMultiFlowSignQRCodes', {});
    expect(body['Codes']).toEqual([]);
    await page.getByRole('button', { name: 'Make the code' }).click();
    await page.getByText('It is made.').waitFor();
    await page.getByRole('link', { name: 'Open it' }).click();
    await page.getByRole('heading', { name: 'West gate' }).waitFor();
    await page.getByRole('img', { name: /^QR code of the stable link/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says why it cannot be made, at the member that is wrong', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'New' }).click();
    // Proposed as the newest code was made.
    await page.locator('input[name=operator]:valid').waitFor();
    await page.getByRole('button', { name: 'Show the templates' }).click();
    await page.locator('select[name=templateId]:enabled').selectOption('yDRvzUUgygqj42ouUuO4zjEueBrK5MeV');
    await page.getByLabel('Name of the contracts').fill('劳务合同');
    await page.getByText('Your own id, labels and note').click();
    await page.getByLabel('Labels').fill('x'.repeat(65));
    await page.getByRole('button', { name: 'Check, make nothing' }).click();
    await page.getByRole('alert').getByText('Labels').first().waitFor();
  });

  it('is seen being used by a crowd, and one of its contracts is found by its FlowId', async () => {
    const { CodeId, Generations } = await codeCalled('West gate');
    run.platform.emulator.scan(Generations[0]?.QrCodeId ?? '', { count: 12 });
    await run.platform.emulator.callbacks.deliverDue();
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'West gate' }).click();
    await page.getByText('12 of 50').first().waitFor();
    await page.getByRole('img', { name: /in total|their sum: 12$/ }).waitFor();
    await page.getByText('As a table').click();
    await page.getByRole('cell', { name: '12', exact: true }).first().waitFor();
    const { body } = await run.platform.call('DescribeContracts', { CodeId });
    const contracts = body['Contracts'] as { FlowId: string }[]; // of the crowd
    const flowId = contracts[7]?.FlowId ?? '';
    await page.getByRole('link', { name: 'Contracts' }).click();
    await page.getByLabel('Find by FlowId').fill(flowId);
    await page.getByRole('button', { name: 'Find' }).click();
    // The list before has it among others.
    await page.getByRole('rowheader').nth(1).waitFor({ state: 'detached' });
    await page.getByRole('rowheader', { name: flowId }).waitFor();
    await page.getByRole('link', { name: 'West gate' }).waitFor();
    await page.getByLabel('Find by FlowId').fill('nobody');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByText('No contract fits.').waitFor();
  });

  it('has its policy and its details changed, and tells who did it', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'West gate' }).click();
    await page.getByRole('button', { name: 'Change the policy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Percent used').fill('75');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('75 %').waitFor();
    await page.getByRole('button', { name: 'Change id, labels and note' }).click();
    await dialog.getByLabel('External id').fill('gate-west');
    await dialog.getByLabel('Labels').fill('gates，west');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('gates, west').waitFor();
    await page.getByRole('row').filter({ hasText: 'Code changed' }).nth(1).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.getByText(/No renewal/).waitFor();
  });

  it('shows what a phone shows, without being scanned or renewed by it', async () => {
    const { CodeId } = await codeCalled('West gate');
    const { page, complaints, hosts } = await run.open({ key: run.platform.apiKey });
    const journaled = run.platform.emulator.journal.total();
    await page.getByRole('link', { name: 'West gate' }).click();
    const phone = page.locator('.phone');
    for (const text of ['West gate', 'This code is paused', '此签署码已暂停', 'Ask the people on site'])
      await phone.getByText(text).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await phone.getByText('Straight on to Tencent’s signing page').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await phone.getByText('This code is paused').waitFor();
    const { body } = await run.platform.call('DescribeMultiFlowSignQRCodes', { CodeId });
    expect(body['Codes']).toMatchObject([{ GenerationsMade: 1, Used: 12 }]);
    expect(run.platform.emulator.journal.total()).toBe(journaled);
    expect([...hosts]).toEqual([new URL(run.platform.url).host]);
    expect(complaints).toEqual([]);
  });

  it('is not changed over the head of somebody else, who is told of it', async () => {
    const { CodeId } = await codeCalled('West gate');
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'West gate' }).click();
    await page.getByRole('button', { name: 'Resume' }).click();
    const { body } = await run.platform.call('DescribeMultiFlowSignQRCodes', { CodeId });
    const [code] = body['Codes'] as { Version: number }[]; // the one that was asked for
    await run.platform.call('ModifyMultiFlowSignQRCode', { CodeId, Version: code?.Version, Note: 'moved' });
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await dialog.getByRole('alert').getByText('VersionConflict').waitFor();
  });

  it('is looked at by a viewer, who is offered no change and refused one', async () => {
    const key = await makeKey(run.platform, 'viewer');
    const { CodeId } = await codeCalled('West gate');
    const { page } = await run.open({ key });
    await page.getByRole('link', { name: 'West gate' }).click();
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    const offered = await page.getByRole('main').getByRole('button').allTextContents();
    expect(offered.filter((name) => /Pause|Resume|Renew|Cancel|Change/.test(name))).toEqual([]);
    const { status } = await run.platform.call(
      'ModifyMultiFlowSignQRCode',
      { CodeId, Version: 1, Operation: 'Resume' },
      { Authorization: `Bearer ${key}` },
    );
    expect(status).toBe(403);
  });
});
