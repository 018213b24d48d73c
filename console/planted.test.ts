/**
 * Personal data that is typed into every field of the console, and that Tencent posts: where it is seen afterwards. What
 * an operator calls a code, a key or an organisation is shown where that is listed; everything else is nowhere.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsoleRun, signIn, startConsole } from './testing/browser.ts';
import { planting } from './testing/planted.ts';
import { fireTimer, workOffBatches } from './testing/timers.ts';

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
});
afterAll(() => run?.close());

const plants = planting();
const { text: planted, person } = plants;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).last();
const open = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();

/** What people call their own things, where those are listed; whom to ask, where organisations are; a note at its code. */
const meant: Record<string, string[]> = {
  'new: name of the contracts': ['Codes', 'Codes, CSV', 'One code'],
  'new: name on the poster': ['Codes', 'Codes, CSV', 'One code'],
  'many: name': ['Codes', 'Codes, CSV', 'Contracts', 'Contracts, CSV'],
  'many: external id': ['Codes', 'Codes, CSV', 'Contracts, CSV'],
  'many: label': ['Codes', 'Codes, CSV'],
  'details: external id': ['Codes', 'Codes, CSV', 'One code'],
  'details: label': ['Codes', 'Codes, CSV', 'One code'],
  'details: note': ['One code'],
  'subscription: note': ['Subscriptions'],
  'organisation: name': ['Organisations', 'Organisations, CSV', 'One code'],
  'organisation: contact, Chinese': ['Organisations', 'One code'],
  'organisation: contact, English': ['Organisations', 'One code'],
  'key: name': ['Keys'],
  'key: organisation': ['Keys'],
  'key: operator': ['Keys'],
};

/** Fills in what is planted, and waits for what the function says to it. */
async function answered(page: Page, action: string, does: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForResponse((response) => response.url().endsWith(`/${action}`)), does()]);
}

async function refuseKey(page: Page): Promise<void> {
  const { Mobile, IdCardNumber } = person('key to sign in');
  await page.locator('input[name=key]').fill(`${Mobile}${IdCardNumber}`);
  await answered(page, 'GetCallerIdentity', () => page.locator('button[type=submit]').click());
  await page.getByRole('alert').waitFor();
}

async function narrowCodes(page: Page): Promise<void> {
  for (const label of ['Find', 'Label', 'Organisation'])
    await answered(page, 'DescribeMultiFlowSignQRCodes', () =>
      page.getByLabel(label, { exact: true }).fill(planted(`codes: ${label}`)),
    );
  await button(page, 'Clear the filters').click();
}

async function fillForm(page: Page): Promise<void> {
  await open(page, 'New');
  await page.getByLabel('OpenId of the organisation').fill(person('new: organisation').Name);
  await page.getByLabel('OpenId of the operator').fill(person('new: operator').Name);
  await answered(page, 'DescribeTemplates', () => button(page, 'Show the templates').click());
  await page.getByRole('alert').waitFor();
  await page.getByLabel('OpenId of the organisation').fill('proxy-org-openid');
  await page.getByLabel('OpenId of the operator').fill('proxy-operator-openid');
  await button(page, 'Show the templates').click();
  await page.locator('select[name=templateId]:enabled').selectOption('yDRvzUUgygqj42ouUuO4zjEueBrK5MeV');
  await page.getByLabel('Name of the contracts').fill(planted('new: name of the contracts'));
}

async function makeOne(page: Page): Promise<void> {
  await fillForm(page);
  await page.getByLabel('Name on the poster').fill(planted('new: name on the poster'));
  const { Name, Mobile } = person('new: who may sign');
  await page.locator('summary').filter({ hasText: 'Only certain people' }).click();
  await page.locator('textarea').filter({ visible: true }).fill(`${Name},${Mobile}`);
  await page.locator('summary').filter({ hasText: 'Your own id' }).click();
  await page.getByLabel('External id').fill(planted('new: external id'));
  await page.getByLabel('Labels').fill(planted('new: label'));
  await page.getByLabel('Note').fill(planted('new: note'));
  await answered(page, 'ChannelCreateMultiFlowSignQRCode', () => button(page, 'Check, make nothing').click());
  await button(page, 'Make the code').click();
  await page.getByText('It is made.').waitFor();
}

async function makeMany(page: Page): Promise<void> {
  await page.reload();
  await fillForm(page);
  const row = ['name', 'external id', 'label'].map((cell) => planted(`many: ${cell}`)).join('\t');
  await page.locator('summary').filter({ hasText: 'Many at once' }).click();
  await page.locator('textarea').filter({ visible: true }).fill(row);
  await button(page, 'Make 1 code').click();
  await page.getByText(/of 1 done/).waitFor();
  await workOffBatches(run.platform);
  await page.getByText('1 of 1 done, 0 failed').waitFor();
}

/** Changes the details of the first code, so that those of its form are no longer any. */
async function changeDetails(page: Page): Promise<void> {
  await open(page, 'Codes');
  await page
    .getByRole('link', { name: person('new: name on the poster').Name })
    .first()
    .click();
  await button(page, 'Change id, labels and note').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('External id').fill(planted('details: external id'));
  await dialog.getByLabel('Labels').fill(planted('details: label'));
  await dialog.getByLabel('Note').fill(planted('details: note'));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** An event goes out, and what timers do is done. */
async function pause(page: Page): Promise<void> {
  await open(page, 'Codes');
  await page
    .getByRole('link', { name: person('new: name on the poster').Name })
    .first()
    .click();
  await button(page, 'Pause').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await dialog.waitFor({ state: 'detached' });
  for (const name of ['renew-expired-codes', 'deliver-events', 'prune-records'])
    await fireTimer(run.platform, name);
}

async function findContract(page: Page): Promise<void> {
  await open(page, 'Contracts');
  await page.getByLabel('Find by FlowId').fill(planted('contracts: FlowId'));
  await answered(page, 'DescribeContracts', () => button(page, 'Find').click());
}

async function subscribe(page: Page): Promise<void> {
  await open(page, 'Messages');
  await page.getByLabel('Type', { exact: true }).fill(planted('notifications: type'));
  await answered(page, 'DescribeNotifications', () => page.keyboard.press('Tab'));
  await open(page, 'Subscriptions');
  await button(page, 'Subscribe').click();
  const dialog = page.getByRole('dialog');
  const address = `${run.platform.url}/callback-handler?who=`;
  await dialog.getByLabel('Form').selectOption('feishu');
  await dialog.getByLabel('Address', { exact: true }).fill(address + planted('subscription: address'));
  await dialog.getByLabel("Robot's secret").fill(planted('subscription: secret'));
  await dialog.getByLabel('Note').fill(planted('subscription: note'));
  await dialog.getByRole('button', { name: 'Subscribe' }).click();
  await dialog.waitFor({ state: 'detached' });
  await answered(page, 'SendTestEvent', () => button(page, 'Test').click());
  await button(page, 'Subscribe').click();
  await dialog.getByLabel('Address', { exact: true }).fill(address + planted('subscription: second address'));
  await dialog.getByRole('button', { name: 'Subscribe' }).click();
  await dialog.locator('.secret').waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Subscribe').click();
  await dialog.getByLabel('Address', { exact: true }).fill('http://elsewhere.example');
  await dialog.getByLabel('Events of which organisation').fill(person('subscription: organisation').Name);
  await answered(page, 'CreateEventSubscription', () =>
    dialog.getByRole('button', { name: 'Subscribe' }).click(),
  );
  await page.keyboard.press('Escape');
}

async function setOrganization(page: Page): Promise<void> {
  await open(page, 'Organisations');
  await button(page, 'Change proxy-org-openid').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name that signers read').fill(planted('organisation: name'));
  await dialog.getByLabel('Contact, for who reads Chinese').fill(planted('organisation: contact, Chinese'));
  await dialog.getByLabel('Contact, for who reads English').fill(planted('organisation: contact, English'));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function makeKey(page: Page): Promise<void> {
  await open(page, 'Keys');
  await button(page, 'Make a key').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(planted('key: name'));
  await dialog.getByLabel('OpenIds of organisations').fill(planted('key: organisation'));
  await dialog.getByLabel('OpenId of the operator').fill(planted('key: operator'));
  await dialog.getByRole('button', { name: 'Make a key' }).click();
  await dialog.locator('.secret').waitFor();
  await page.keyboard.press('Escape');
}

async function searchAudit(page: Page): Promise<void> {
  await open(page, 'Audit log');
  for (const label of ['To what', 'Who', 'What'])
    await page.getByLabel(label, { exact: true }).fill(planted(`audit: ${label}`));
  await answered(page, 'DescribeAuditLog', () => button(page, 'Find').click());
}

/** A person scans, of whom Tencent posts the name and the phone. */
async function scan(): Promise<void> {
  const { emulator } = run.platform;
  const { body } = await run.platform.call('DescribeMultiFlowSignQRCodes', {
    Text: person('many: name').Name,
  });
  const [code] = body['Codes'] as { Generations: { QrCodeId: string }[] }[]; // the one that was made from a row
  emulator.scan(code?.Generations[0]?.QrCodeId ?? '', { person: person('who has scanned') });
  await emulator.callbacks.deliverDue();
  // Else nothing of it could be found anywhere.
  expect(JSON.stringify(emulator.callbacks.messages())).toContain(person('who has scanned').Mobile);
}

/** All that the pages show, and the files that they save, by their names. */
async function seen(page: Page): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const look = async (name: string) => {
    await page.locator('.table, .empty').first().waitFor();
    texts.set(name, await page.locator('main').innerText());
    const save = page.getByRole('button', { name: 'Export as CSV' });
    if (!(await save.isVisible())) return;
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    texts.set(`${name}, CSV`, await readFile(await download.path(), 'utf8'));
  };
  for (const name of ['Codes', 'Contracts', 'Messages', 'Organisations', 'Keys', 'Audit log']) {
    await open(page, name);
    await page.reload();
    await look(name);
  }
  await open(page, 'Messages');
  for (const name of ['Deliveries', 'Subscriptions']) {
    await open(page, name);
    await page.reload(); // else the table of the page before may still be there
    await look(name);
  }
  await open(page, 'Codes');
  await page
    .getByRole('link', { name: person('new: name on the poster').Name })
    .first()
    .click();
  await page.locator('.phone').waitFor();
  await look('One code');
  await page.getByRole('button', { name: /^Calls/ }).click();
  texts.set('Calls', await page.getByRole('dialog').innerText());
  return texts;
}

it('personal data is seen where it was meant to be shown, in no log, and nowhere else', async () => {
  const { page, complaints } = await run.open();
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(`${request.url()} ${request.headers()['referer'] ?? ''}`));
  await refuseKey(page);
  await signIn(page, run.platform.apiKey);
  await narrowCodes(page);
  await makeOne(page);
  await makeMany(page);
  await changeDetails(page);
  await findContract(page);
  await subscribe(page);
  await pause(page);
  await setOrganization(page);
  await makeKey(page);
  await searchAudit(page);
  await scan();
  const texts = await seen(page);
  texts.set('addresses', addresses.join('\n'));
  texts.set(
    'kept in the tab',
    String(await page.evaluate('JSON.stringify(sessionStorage) + document.cookie')),
  );
  texts.set('log', run.platform.lines.join('\n'));
  // There is something to be searched: a message of Tencent's, an event that went out, and what functions say of them.
  expect([...texts].filter(([, text]) => text === '')).toEqual([]);
  expect(texts.get('Messages')).toContain('Applied');
  expect(texts.get('Deliveries')).toContain('It was paused');
  for (const name of ['CreateApiKey', 'callback-handler', 'deliver-events', 'stable-link'])
    expect(texts.get('log')).toContain(`"function":"${name}"`);
  expect(plants.foundIn(texts)).toEqual(meant);
  expect(complaints).toEqual([]);
});
