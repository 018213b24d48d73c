/** API keys made, replaced and ended in a browser, by the keyboard too. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRun, signIn, startConsole } from './testing/browser.ts';
import { makeKey } from './testing/keys.ts';

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
});
afterAll(() => run?.close());

const whoIs = async (key: string) =>
  (await run.platform.call('GetCallerIdentity', {}, { Authorization: `Bearer ${key}` })).status;

async function openKeys(key = run.platform.apiKey) {
  const opened = await run.open({ key });
  await opened.page.getByRole('link', { name: 'Keys' }).click();
  await opened.page.getByRole('heading', { name: 'API keys' }).waitFor();
  return opened;
}

describe('API keys', () => {
  it('are made for an organisation, and shown once', async () => {
    const { page, complaints } = await openKeys();
    await page.getByText('There is no key.').waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Time clock');
    await dialog.getByLabel('Role').selectOption('operator');
    await dialog.getByLabel('OpenId of the operator').fill('proxy-operator-openid');
    await dialog.getByRole('button', { name: 'Make a key' }).click();
    // An operator without an organisation acts for nobody.
    await dialog.getByRole('alert').getByText('ProxyOperatorOpenId').first().waitFor();
    await dialog.getByLabel('OpenIds of organisations').fill('proxy-org-openid');
    await dialog.getByLabel('Days that it works').fill('30');
    await dialog.getByRole('button', { name: 'Make a key' }).click();
    const key = (await dialog.getByText(/^qm_/).textContent()) ?? '';
    // A click beside the dialog, where another would close, leaves it open.
    await page.mouse.click(5, 5);
    await dialog.getByText(/^qm_/).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    const row = page.getByRole('row').filter({ hasText: 'Time clock' });
    await row.getByText('proxy-org-openid').waitFor();
    await row.getByText('acts as proxy-operator-openid').waitFor();
    await row.getByText('operator', { exact: true }).waitFor();
    expect(await whoIs(key)).toBe(200);
    expect(await page.content()).not.toContain(key);
    expect(await page.evaluate('JSON.stringify(sessionStorage) + location.href')).not.toContain(key);
    expect(run.platform.lines.join()).not.toContain(key);
    expect(complaints).toEqual([]);
  });

  it('are replaced, and the old one goes on as long as it is said', async () => {
    const old = await makeKey(run.platform, 'viewer');
    const { page } = await openKeys();
    await page.getByRole('button', { name: 'Replace viewer' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Hours that the old one goes on').fill('0');
    await dialog.getByRole('button', { name: 'Replace' }).click();
    const key = (await dialog.getByText(/^qm_/).textContent()) ?? '';
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    expect([await whoIs(old), await whoIs(key)]).toEqual([401, 200]);
  });

  it('are revoked at once, and are still there for who asks for all', async () => {
    const key = await makeKey(run.platform, 'operator');
    const { page } = await openKeys();
    await page.getByRole('button', { name: 'Revoke operator' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    expect(await whoIs(key)).toBe(200);
    await page.getByRole('button', { name: 'Revoke operator' }).click();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Revoke operator' }).waitFor({ state: 'detached' });
    expect(await whoIs(key)).toBe(401);
    await page.getByLabel('Show').selectOption('all');
    await page
      .getByRole('row')
      .filter({ hasText: key.split('_')[1] ?? '' })
      .getByText('Revoked')
      .waitFor();
  });

  it('sign out who has ended his own, and whose key another has ended', async () => {
    const own = await makeKey(run.platform, 'admin');
    const { page } = await openKeys(own);
    await page.getByText('yours').waitFor();
    await page.getByRole('button', { name: 'Revoke admin' }).click();
    await page.getByText('you will be signed out').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('alert').getByText('The key no longer works. Sign in again.').waitFor();
    const second = await makeKey(run.platform, 'admin');
    await signIn(page, second);
    await page.getByText('yours').waitFor();
    await run.platform.call('RevokeApiKey', { KeyId: second.split('_')[1] });
    await page.getByRole('link', { name: 'Contracts' }).click();
    await page.getByRole('alert').getByText('The key no longer works. Sign in again.').waitFor();
    expect(await page.evaluate('sessionStorage.getItem("qianma.key")')).toBeNull();
  });

  it('end the session of their own alone: who has signed in meanwhile stays', async () => {
    const old = await makeKey(run.platform, 'admin');
    const { page, context } = await run.open({ key: old });
    // What it has asked for is on its way until another has signed in.
    let arrive = () => {};
    const isOnItsWay = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route('**/RotateApiKey', async (route) => {
      await isOnItsWay;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('button', { name: 'Replace admin' }).last().click();
    const asked = page.waitForRequest('**/RotateApiKey');
    await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
    await asked;
    await page.keyboard.press('Escape');
    await page.getByText('Settings').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, run.platform.apiKey);
    await run.platform.call('RevokeApiKey', { KeyId: old.split('_')[1] });
    arrive();
    await page.getByRole('button', { name: /^Calls/ }).click();
    await page.getByRole('row').filter({ hasText: 'RotateApiKey' }).getByText('401').waitFor();
    expect(await page.evaluate('sessionStorage.getItem("qianma.key")')).toBe(run.platform.apiKey);
    await page.reload();
    await page.locator('nav.ways').waitFor();
    await context.close();
  });

  it('are not offered to who may not see all organisations', async () => {
    for (const more of [['operator'], ['admin', '--organization', 'proxy-org-openid']]) {
      const [role = '', ...rest] = more;
      const { page } = await run.open({ key: await makeKey(run.platform, role, ...rest) });
      await page.getByRole('link', { name: 'Contracts' }).waitFor();
      expect(await page.getByRole('link', { name: 'Keys' }).count()).toBe(0);
    }
  });

  it('are asked for again while the dialog is being closed, and it stays', async () => {
    const { page } = await openKeys();
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await dialog.waitFor();
    // Both in one turn, as a slow machine has it of Escape and Enter.
    await page.evaluate(`document.querySelector('dialog').requestClose();
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Make a key').click()`);
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
    await dialog.getByLabel('Name', { exact: true }).fill('Again', { timeout: 5000 });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('are made and ended by the keyboard alone', async () => {
    const { page } = await openKeys();
    const focused = () => page.evaluate('document.activeElement.textContent');
    await page.getByRole('button', { name: 'Make a key' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused()).toBe('Make a key');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.type('By hand');
    await page.keyboard.press('Enter');
    await dialog.getByText(/^qm_/).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused()).toBe('Make a key');
    const revoke = page.getByRole('button', { name: 'Revoke By hand' });
    await revoke.focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    // Close, leave it, revoke.
    for (let times = 0; times < 2 && (await focused()) !== 'Revoke'; times += 1)
      await page.keyboard.press('Tab');
    expect(await focused()).toBe('Revoke');
    await page.keyboard.press('Enter');
    await revoke.waitFor({ state: 'detached' });
  });
});
