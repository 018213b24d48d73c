/** The Explorer, as those who build on the API use it: find, fill in, call, read, copy. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentials } from '../local/cloud-api/credentials.ts';
import { type ConsoleRun, startConsole } from './testing/browser.ts';
import { makeKey } from './testing/keys.ts';

const create = 'ChannelCreateMultiFlowSignQRCode';
const member = (page: Page, place: string) => page.locator(`[id="member-${place}"]`);
const callButton = (page: Page) => page.locator('.call-bar .main');
const tab = (page: Page, number: number) => page.locator('.result > .choice button').nth(number);
const dialog = (page: Page) => page.getByRole('dialog');
const answerIn = async (page: Page) => JSON.parse(await page.locator('.bytes pre').first().innerText());

async function openAction(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = '#/explorer/${path}'`);
  await page.locator('.request').waitFor();
}

describe('the Explorer', () => {
  let run: ConsoleRun;
  beforeAll(async () => {
    run = await startConsole();
  });
  afterAll(() => run?.close());

  it.each([
    { language: 'en', words: 'title printed', says: 'does not own', copy: 'Copy' },
    { language: 'zh', words: '二维码图片', says: '登记库之外', copy: '复制' },
  ] as const)(
    'finds a member, takes it, calls Tencent, and hands out the code ($language)',
    async ({ language, words, says, copy }) => {
      const { page, context, complaints, hosts } = await run.open({ language, key: run.platform.apiKey });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.locator('nav.ways a').last().click();
      await page.locator('input[type=search]').fill(words);
      await page.locator('.hit', { hasText: 'QrCodeName' }).first().click();
      await member(page, 'QrCodeName').and(page.locator(':focus')).waitFor();
      await page.locator('.request .quiet').first().click();
      await member(page, 'QrCodeName').fill('西门岗亭');

      const before = run.platform.emulator.codes.list().length;
      await callButton(page).click();
      await dialog(page).getByText(says).waitFor();
      expect(run.platform.emulator.codes.list()).toHaveLength(before);
      await dialog(page).locator('.main').click();
      await page.locator('.result .tag.good').waitFor();
      const { Response } = await answerIn(page);
      expect(run.platform.emulator.codes.get(Response.QrCode.QrCodeId)).toMatchObject({
        QrCodeName: '西门岗亭',
      });

      await tab(page, 1).click();
      expect(await page.locator('.result').innerText()).toContain('Signature=<Signature>');
      await tab(page, 2).click();
      const steps = await page.locator('.bytes pre').allInnerTexts();
      expect(steps[0]).toContain('x-tc-action:channelcreatemultiflowsignqrcode');
      expect(steps[2]).toContain(steps[1]?.trim());

      await tab(page, 3).click();
      await page.getByRole('button', { name: 'Python', exact: true }).click();
      await page.locator('.bytes').getByRole('button', { name: copy }).click();
      await page
        .locator('.bytes [aria-live]')
        .getByText(/Copied|已复制/)
        .waitFor();
      const code = String(await page.evaluate('navigator.clipboard.readText()'));
      expect(code).toContain(create);
      expect(code).toContain('西门岗亭');

      const all = String(await page.evaluate('document.documentElement.outerHTML'));
      for (const { secretId, secretKey } of credentials)
        for (const secret of [secretId, secretKey]) expect(all.includes(secret)).toBe(false);
      expect([...hosts]).toEqual([new URL(run.platform.url).host]);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  it('works by the keyboard alone', async () => {
    const { page, context } = await run.open({ key: run.platform.apiKey });
    await page.evaluate("location.hash = '#/explorer'");
    await page.locator('input[type=search]').focus();
    await page.keyboard.type('DescribeTempl');
    await page.locator('.hit').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.request').waitFor();
    const press = async (name: string) => {
      for (let count = 0; count < 60; count += 1) {
        await page.keyboard.press('Tab');
        const text = await page.evaluate('document.activeElement?.textContent?.trim()');
        if (text === name) return page.keyboard.press('Enter');
      }
      return expect.unreachable(`no way by keyboard to ${name}`);
    };
    await press('Fill in the example');
    await press('Call');
    await page.locator('.result .tag.good').waitFor();
    expect((await answerIn(page)).Response.TotalCount).toBeGreaterThan(0);
    await context.close();
  });

  it('says what is wrong at each member before the call, what Tencent says after it, and why', async () => {
    const { page, context } = await run.open({ key: run.platform.apiKey });
    await openAction(page, `upstream/${create}`);
    await page.locator('.request .quiet').first().click();
    await member(page, 'FlowName').fill('');
    await callButton(page).click();
    await dialog(page).getByText('1 problem in the request').waitFor();
    await dialog(page).locator('.main').click();
    await page.locator('.result .tag.bad', { hasText: 'MissingParameter' }).waitFor();
    expect(await member(page, 'FlowName').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('[id="member-FlowName-about"] .problem').innerText()).not.toBe('');
    expect(await page.locator('.result .note').innerText()).toContain('What to do');
    await page.locator('.note .link', { hasText: 'FlowName' }).click();
    await member(page, 'FlowName').and(page.locator(':focus')).waitFor();
    await context.close();
  });

  it('calls an action of ours with the key of the session, and shows its problems at their members', async () => {
    const { page, context } = await run.open({ key: run.platform.apiKey });
    await openAction(page, 'own/CreateApiKey');
    await member(page, 'Name').fill('门店');
    await callButton(page).click();
    await dialog(page).locator('.main').click();
    await page.locator('.result .tag.bad', { hasText: 'InvalidRequest' }).waitFor();
    expect(await member(page, 'Role').getAttribute('aria-invalid')).toBe('true');
    await member(page, 'Role').selectOption('viewer');
    await callButton(page).click();
    await dialog(page).locator('.main').click();
    await page.locator('.result .tag.good').waitFor();
    expect((await answerIn(page)).ApiKey).toMatch(/^qm_/);
    await tab(page, 1).click();
    expect(await page.locator('.result').innerText()).toMatch(/Idempotency-Key: console-/);
    expect(await page.locator('.result').innerText()).not.toContain(run.platform.apiKey);
    await context.close();
  });

  it('has in the form what is written as JSON, and the other way round', async () => {
    const { page, context } = await run.open({ key: run.platform.apiKey });
    await openAction(page, 'own/DescribeContracts');
    const [form, json] = [0, 1].map((number) => page.locator('.request .choice button').nth(number));
    await json?.click();
    await page.locator('.whole-json').fill('{"CodeId": "x", "Limit": ');
    expect(await callButton(page).isDisabled()).toBe(true);
    await page.locator('.whole-json').fill('{"CodeId": "x", "Limit": 5, "Unknown": 1}');
    await form?.click();
    expect(await member(page, 'Limit').inputValue()).toBe('5');
    await page.getByText('Unknown', { exact: false }).first().waitFor();
    await member(page, 'Limit').fill('7');
    await json?.click();
    expect(JSON.parse(await page.locator('.whole-json').inputValue())).toEqual({
      CodeId: 'x',
      Limit: 7,
      Unknown: 1,
    });
    await context.close();
  });

  it('opens a call of the list of calls again, with its request', async () => {
    const { page, context } = await run.open({ key: run.platform.apiKey });
    await page.evaluate("location.hash = '#/codes?text=南门'");
    await page.evaluate("location.hash = '#/contracts'");
    await page.locator('main .filters').waitFor();
    await openAction(page, `upstream/DescribeTemplates`);
    await page.locator('.request .quiet').first().click();
    await callButton(page).click();
    await page.locator('.result .tag.good').waitFor();
    await openAction(page, `own/DescribeTemplates`);
    await page.locator('header button[aria-haspopup]').click();
    const last = page.locator('.code-view').first();
    await last.locator('summary').click();
    await last.getByRole('link').click();
    await page.waitForURL(/#\/explorer\/upstream\/DescribeTemplates\?call=\d+$/);
    await member(page, 'Limit').waitFor();
    expect(await member(page, 'Limit').inputValue()).toBe('20');
    expect(await dialog(page).count()).toBe(0);
    await context.close();
  });

  it('lets a key of a viewer fill in and copy, and call nothing of Tencent', async () => {
    const { page, context } = await run.open({ key: await makeKey(run.platform, 'viewer') });
    await openAction(page, `upstream/${create}`);
    await page.getByText('needs a key with the role admin').waitFor();
    expect(await callButton(page).isDisabled()).toBe(true);
    expect(await page.locator('.bytes pre').innerText()).toContain(create);
    await context.close();
  });
});

describe('the Explorer at a real endpoint', () => {
  let run: ConsoleRun;
  beforeAll(async () => {
    run = await startConsole({ ESS_ENDPOINT: 'https://essbasic.invalid' });
  });
  afterAll(() => run?.close());

  it('sends nothing, and says why and what would change that', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await openAction(page, `upstream/${create}`);
    await page.locator('.request .quiet').first().click();
    await callButton(page).click();
    const note = page.getByRole('alert').filter({ hasText: 'EXPLORER_REAL_CALLS' });
    await note.waitFor();
    expect(await note.innerText()).toContain('https://essbasic.invalid');
    expect(await dialog(page).count()).toBe(0);
    await tab(page, 2).click();
    expect(await page.locator('.bytes pre').first().innerText()).toContain('host:essbasic.invalid');
    await page.context().close();
  });
});
