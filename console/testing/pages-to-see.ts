import type { Page } from 'playwright-core';
import type { Platform } from '../../local/start/testing/platform.ts';
import { signIn } from './browser.ts';

const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const good = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: '劳务合同', MaxFlowNum: 20 };

interface MadeCode {
  CodeId: string;
  Version: number;
  QrCode: { QrCodeId: string };
}

/** Codes in several states, with people who have scanned, so that every part of a page has something to show. */
export async function fillRegister(platform: Platform): Promise<void> {
  const made = new Map<string, MadeCode>();
  for (const [name, members] of Object.entries(gates)) {
    const { body } = await platform.call('ChannelCreateMultiFlowSignQRCode', {
      ...good,
      QrCodeName: name,
      ...members,
    });
    made.set(name, body as unknown as MadeCode); // what a create answers
  }
  const idOf = (name: string) => made.get(name)?.QrCode.QrCodeId ?? '';
  platform.emulator.scan(idOf('南门岗亭'), { count: 7 });
  platform.emulator.scan(idOf('3 号楼工地'), { count: 19 });
  await platform.emulator.callbacks.deliverDue();
  const { CodeId, Version } = made.get('北门岗亭') ?? {};
  await platform.call('ModifyMultiFlowSignQRCode', { CodeId, Version, Operation: 'Pause' });
  await platform.call('ChannelCancelMultiFlowSignQRCode', { CodeId: made.get('旧食堂')?.CodeId });
}

const gates: Readonly<Record<string, object>> = {
  旧食堂: { Labels: ['食堂'] },
  北门岗亭: { ExternalId: 'gate-north', Labels: ['岗亭', '北区'] },
  '3 号楼工地': { ExternalId: 'site-3', Labels: ['工地'], RenewalPolicy: { Enabled: false } },
  南门岗亭: { ExternalId: 'gate-south', Labels: ['岗亭'] },
};

/** Each page of the console as an administrator sees it: brings it up and answers with its name. */
export async function pagesToSee(page: Page, platform: Platform): Promise<(() => Promise<string>)[]> {
  await signIn(page, platform.apiKey);
  /** What is looked for afterwards is of the page that the address names, not of the one before. */
  const go = async (address: string) => {
    const link = page.locator(`nav.ways a[href="#/${address}"]`);
    await link.click();
    await link.and(page.locator('[aria-current=page]')).waitFor();
  };
  return [
    async () => {
      await page.getByRole('link', { name: '南门岗亭' }).waitFor();
      return 'codes';
    },
    async () => {
      await page.getByRole('link', { name: '南门岗亭' }).click();
      await page.locator('.curve').waitFor();
      await page.locator('.qr').waitFor();
      await page.locator('.phone').waitFor();
      return 'code';
    },
    async () => {
      await page.locator('.column:first-child > .card:last-child button').click();
      await page.getByRole('dialog').waitFor();
      return 'policy';
    },
    async () => {
      await page.keyboard.press('Escape');
      await go('codes');
      await page.getByRole('link', { name: '北门岗亭' }).click();
      await page.locator('.phone-text').first().waitFor();
      return 'paused code';
    },
    async () => {
      await page.keyboard.press('Escape');
      await go('contracts');
      await page.locator('main > .table').waitFor();
      return 'contracts';
    },
    async () => {
      await page.locator('.table button').first().click();
      await page.getByRole('dialog').waitFor();
      return 'forget';
    },
    async () => {
      await page.keyboard.press('Escape');
      await go('create');
      // Templates are those of the organisation that is proposed, once it has come.
      await page.locator('input[name=operator]:valid').waitFor();
      await page.locator('fieldset button').click();
      await page.locator('select[name=templateId]:enabled').selectOption({ index: 1 });
      await page.locator('fieldset .note').waitFor();
      await page.locator('summary').last().click();
      return 'create';
    },
    ...['notifications', 'deliveries', 'subscriptions'].map((name) => async () => {
      await go('messages');
      await go(`messages/${name}`);
      await page.locator('.table, .empty').waitFor();
      return name;
    }),
    async () => {
      await page.locator('.buttons .main').click();
      await page.getByRole('dialog').waitFor();
      return 'subscribe';
    },
    async () => {
      await page.keyboard.press('Escape');
      await go('organizations');
      await page.locator('.table button').first().click();
      await page.getByRole('dialog').waitFor();
      return 'organizations';
    },
    async () => {
      await page.keyboard.press('Escape');
      await go('signature');
      await page.locator('textarea').first().fill('Host: h\n\n{}');
      await page.locator('form details summary').click();
      await page.locator('button[type=submit]').click();
      await page.locator('.code-view').first().waitFor();
      return 'signature';
    },
    async () => {
      await go('audit');
      await page.locator('.table').waitFor();
      return 'audit';
    },
    async () => {
      await go('keys');
      await page.locator('.buttons .main').click();
      await page.getByRole('dialog').waitFor();
      return 'make key';
    },
    async () => {
      const dialog = page.getByRole('dialog');
      await dialog.locator('input[name=name]').fill('考勤系统');
      await dialog.locator('.main').click();
      await dialog.locator('.secret').waitFor();
      return 'secret';
    },
    async () => {
      await page.keyboard.press('Escape');
      await page.locator('.table').waitFor();
      return 'keys';
    },
    async () => {
      await page.locator('.table button:not(.danger)').first().click();
      await page.getByRole('dialog').waitFor();
      return 'replace key';
    },
    async () => {
      await page.keyboard.press('Escape');
      await page.locator('.table .danger').first().click();
      await page.getByRole('dialog').waitFor();
      return 'revoke key';
    },
    async () => {
      await page.keyboard.press('Escape');
      await go('codes');
      await page.locator('tbody input[type=checkbox]').first().check();
      await page.locator('.act-bar .danger').click();
      await page.getByRole('dialog').waitFor();
      return 'cancel';
    },
    async () => {
      await page.keyboard.press('Escape');
      await page.locator('.act-bar button').first().click();
      await page.getByRole('dialog').waitFor();
      return 'posters';
    },
    async () => {
      await page.keyboard.press('Escape');
      await page.locator('tbody input[type=checkbox]').nth(1).check();
      await page.locator('.act-bar button').nth(3).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('.main').click();
      await dialog.locator('.table').waitFor();
      return 'batch';
    },
    async () => {
      await page.keyboard.press('Escape');
      await page.locator('main a[href="#/batches"]').click();
      await page.locator('main > .table a[href^="#/batches/"]').first().waitFor();
      return 'batches';
    },
    async () => {
      await page.locator('main > .table a[href^="#/batches/"]').first().click();
      await page.locator('progress').waitFor();
      await page.locator('main > .table').waitFor();
      return 'one batch';
    },
    async () => {
      await page.keyboard.press('Escape');
      await page.locator('.own .count').click();
      await page.locator('dialog.drawer .table').first().waitFor();
      return 'inspector';
    },
    async () => {
      await page.keyboard.press('Escape');
      await go('explorer');
      await page.locator('.actions').first().waitFor();
      await page.locator('input[type=search]').fill('NoQuota');
      await page.locator('.hit').first().click();
      await page.locator('.hits .note').waitFor();
      return 'explorer';
    },
    async () => {
      await page.locator('.actions a').first().click();
      await page.locator('.request input[type=checkbox]').uncheck();
      const folded = page.locator('.group:not([open]) > summary');
      while ((await folded.count()) > 0) await folded.first().click();
      await page.locator('.group-content > .buttons button').first().click();
      return 'request';
    },
    async () => {
      await page.locator('.request .quiet').last().click();
      await page.locator('.call-bar .main').click();
      await page.getByRole('dialog').waitFor();
      return 'sure';
    },
    async () => {
      await page.getByRole('dialog').locator('.main').click();
      await page.locator('.result .tag').waitFor();
      return 'refused';
    },
    async () => {
      await page.locator('.result .choice button').nth(2).click();
      await page.locator('.bytes').nth(4).waitFor();
      return 'signature';
    },
    async () => {
      await page.locator('.request .choice button').last().click();
      await page.locator('.whole-json').fill('{');
      await page.locator('.problem').waitFor();
      return 'JSON';
    },
    async () => {
      await page.keyboard.press('Escape');
      await page.locator('summary').click();
      return 'settings';
    },
  ];
}
