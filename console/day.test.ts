/**
 * A day in the office of a labour agency, on what `npm start` starts: an operator with a browser and without a terminal,
 * thirty gates, and the people who come to them. Chapter by chapter; each goes on from the one before.
 */
import { readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../local/start/testing/product.ts';
import { agreed, hasPoppler, readCode, seePdf, wordsIn } from '../shared/poster/testing/decoders.ts';
import { readCsv } from '../shared/testing/read-csv.ts';
import { openBrowser, type Pages } from './testing/browser.ts';
import { atDesk, type Operator } from './testing/operator.ts';

const owner = 'proxy-org-openid';
/** Cells of a sheet: name, own id, label. */
const rows = Array.from(
  { length: 30 },
  (_, at) => `Gate ${at + 1}\tgate-${at + 1}\t${at < 12 ? 'east' : 'west'}`,
);
const people = 500;
/** A day may become shorter, not longer: what makes it longer has to be looked at. */
const mostSteps = 52;

let product: Product;
let pages: Pages;
let operator: Operator;
/** What the poster of the busy gate says, and what one worker of its crowd has on the phone. */
let link: string;
let flowId: string;

beforeAll(async () => {
  product = await startProduct();
  pages = await openBrowser(product.url);
  const { page } = await pages.open();
  // Others work on the machine of a test, too.
  page.setDefaultTimeout(120_000);
  operator = atDesk(page);
});
afterAll(async () => {
  await pages?.close();
  await product?.stop();
});

/** What is not the operator's doing: people, their phones, contracts that are bought, and time. */
const world = {
  passes: (seconds: number) => product.tell('clock', { advanceS: seconds }),
  hasContracts: (quota: number) => product.tell('quota', { ProxyOrganizationOpenId: owner, quota }),
  come: (count: number, overS: number, seed: number) =>
    product.tell('scan', { link, people: count, overS, seed, signing: { sign: 1, withinS: 60 } }),
  /** Of a contract that one of the crowd has started. */
  async someFlowId() {
    const { contracts } = (await product.ask('sign?limit=50')) as { contracts: { FlowId: string }[] }; // of that route
    return contracts[7]?.FlowId ?? '';
  },
  /** What Tencent has to say has been said. */
  isHeard: () => product.tell('callbacks', { deliver: true }),
};

const named = {
  link: (name: string) => operator.page.getByRole('link', { name, exact: true }),
  button: (name: string) => operator.page.getByRole('button', { name, exact: true }),
  field: (name: string) => operator.page.getByLabel(name, { exact: true }),
};
const inDialog = (name: string) => operator.page.getByRole('dialog').getByRole('button', { name }).last();
const stateIs = (state: string) => operator.page.locator('.title .tag', { hasText: state }).waitFor();
/** A minute after another passes, and the page is looked at again, until it says so: timers run by their own clocks. */
const becomes = (state: string) =>
  expect
    .poll(
      async () => {
        await world.passes(60);
        await operator.page.reload();
        return operator.page.locator('.title .tag').textContent();
      },
      { timeout: 120_000 },
    )
    .toContain(state);
const isShown = (text: string | RegExp) => operator.page.getByText(text).first().waitFor();

describe('a day', () => {
  it('begins at the address of the console, with a key', async () => {
    await operator.fill(named.field('API key'), product.apiKey);
    await operator.click(named.button('Sign in'));
    await operator.page.getByRole('heading', { name: 'Codes' }).waitFor();
  });

  it('has thirty new gates, of rows that are pasted from a sheet', async () => {
    await operator.click(named.link('New'));
    // Whose they are is proposed, as the newest code was made.
    await operator.page.locator('input[name=operator]:valid').waitFor();
    await operator.click(named.button('Show the templates'));
    await operator.choose(
      operator.page.locator('select[name=templateId]:enabled'),
      'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
    );
    await operator.fill(operator.page.getByLabel('Name of the contracts'), '劳务合同');
    await operator.fill(named.field('Contracts of a generation'), '200');
    await operator.click(operator.page.locator('summary').filter({ hasText: 'Many at once' }));
    await operator.fill(operator.page.locator('textarea').filter({ visible: true }), rows.join('\n'));
    await operator.click(named.button('Check, make nothing'));
    await isShown('30 codes can be made.');
    await operator.click(named.button('Make 30 codes'));
    await isShown(/of 30 done/);
    await world.passes(60);
    await isShown('30 of 30 done, 0 failed');
    await operator.click(named.link('To the codes'));
    await named.link('Gate 20').waitFor();
  });

  it('has a poster for each of them in one file, and decoders read it', async () => {
    const all = named.field('Select all on this page');
    await operator.click(all);
    await operator.click(named.button('Next page'));
    await named.link('Gate 20').waitFor({ state: 'detached' });
    await operator.click(all);
    await isShown('31 selected');
    await operator.click(named.button('Posters'));
    const pdf = await operator.open(inDialog('Download'));
    await operator.click(inDialog('Close'));
    await operator.click(named.button('Previous page'));
    await operator.click(named.link('Gate 20'));
    link = (await operator.page.getByRole('link', { name: /\/s\/\w+$/ }).textContent()) ?? '';
    expect(link).toMatch(/^http:.*\/s\/\w+$/);
    if (!hasPoppler) return;
    const names = wordsIn(pdf).map((words) => /^Gate \d+$/m.exec(words)?.[0]);
    expect(new Set(names).size).toBe(31);
    const paper = (await seePdf(pdf))[names.indexOf('Gate 20')];
    expect(paper && readCode(paper)).toEqual(agreed(link));
  });

  it('has 500 people come to that gate, who all sign', { timeout: 900_000 }, async () => {
    await world.come(people, 900, 20);
    await world.passes(1200);
    await world.isHeard();
    await operator.reload();
    await operator.page.getByRole('img', { name: new RegExp(`: ${people}$`) }).waitFor();
  });

  it('has a worker ask what became of a contract, which is found by its FlowId', async () => {
    flowId = await world.someFlowId();
    await operator.click(named.link('Contracts'));
    const found = operator.page.getByRole('rowheader');
    await found.nth(1).waitFor();
    await operator.fill(named.field('Find by FlowId'), flowId);
    await operator.click(named.button('Find'));
    await found.nth(1).waitFor({ state: 'detached' });
    expect(await found.allTextContents()).toEqual([flowId]);
    await named.link('Gate 20').waitFor();
    await operator.page.getByRole('row').getByText('Signed by all').waitFor();
  });

  it('runs out of contracts: a phone at the gate is told, and goes on when there are some again', async () => {
    await world.hasContracts(0);
    await world.come(1, 0, 21);
    await world.isHeard();
    const phone = await arrivesAtGate();
    await phone.getByText('No contracts are left for now').waitFor();

    await operator.click(named.link('Codes'));
    await operator.choose(named.field('State'), 'QuotaBlocked');
    await operator.click(named.link('Gate 20'));
    await stateIs('No quota');
    await world.hasContracts(100_000);
    await operator.click(named.button('Renew now'));
    await operator.click(inDialog('Renew'));
    await operator.reload();
    await becomes('Active');
    await phone.clock.fastForward('05:00');
    await phone.waitForURL((url) => !product.url.includes(url.host));
  });

  it('closes the east for a while, and opens it again, each with one batch', async () => {
    await operator.click(named.link('Codes'));
    await named.link('Gate 20').waitFor();
    await operator.fill(named.field('Label'), 'east');
    await named.link('Gate 20').waitFor({ state: 'detached' });
    for (const [act, state] of [
      ['Pause', 'Paused'],
      ['Resume', 'Active'],
    ] as const) {
      await operator.click(named.field('Select all on this page'));
      await operator.click(named.button(act));
      await operator.click(inDialog(act));
      await world.passes(60);
      await isShown('12 of 12 done, 0 failed');
      await operator.click(inDialog('Close'));
      await operator.page.getByRole('row').getByText(state, { exact: true }).nth(11).waitFor();
    }
  });

  it('ends with a table of all contracts, which a spreadsheet can open', async () => {
    await operator.click(named.link('Contracts'));
    const table = await operator.open(named.button('Export as CSV'));
    const [head = [], ...contracts] = readCsv(table.toString());
    const column = (name: string) => contracts.map((row) => row[head.indexOf(name)] ?? '');
    expect(new Set(column('FlowId')).size).toBe(people);
    expect(new Set(column('State'))).toEqual(new Set(['ALL']));
    expect(new Set(column('QrCodeName'))).toEqual(new Set(['Gate 20']));
  });

  it('forgets a person who has asked for that', async () => {
    await operator.page.getByRole('rowheader').nth(1).waitFor();
    await operator.fill(named.field('Find by FlowId'), flowId);
    await operator.click(named.button('Find'));
    await operator.click(named.button(`Forget ${flowId}`));
    await operator.click(inDialog('Forget'));
    await isShown(`${flowId} is forgotten`);
    await operator.click(named.button('Reload'));
    await isShown('No contract fits.');
  });

  it('gives the foreman a key that can look at everything, and change nothing', async () => {
    await operator.click(named.link('Keys'));
    await operator.click(named.button('Make a key'));
    await operator.fill(named.field('Name'), 'Foreman');
    await operator.click(inDialog('Make a key'));
    const key = (await operator.page.getByRole('dialog').getByText(/^qm_/).textContent()) ?? '';
    await operator.click(inDialog('Close'));

    const { page } = await pages.open({ key });
    await page.getByRole('link', { name: 'Gate 20', exact: true }).click();
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
    const offered = await page.getByRole('main').getByRole('button').allTextContents();
    expect(offered.filter((name) => /Pause|Resume|Renew|Cancel|Change|Forget/.test(name))).toEqual([]);
    for (const name of ['New', 'Keys', 'Audit log'])
      expect(await page.getByRole('link', { name }).count()).toBe(0);
    expect(await triesEverything(key)).toEqual([]);
  });

  it('was not longer than it has to be', () => {
    console.log(`a day took the operator ${operator.steps()} steps, ${mostSteps} at most`);
    expect(operator.steps()).toBeLessThanOrEqual(mostSteps);
  });
});

/** Calls all that changes something. Resolves with what was not refused for lack of the right. */
async function triesEverything(key: string): Promise<string[]> {
  const names = readdirSync('functions').filter((name) => /^(?!Describe|Get)[A-Z]/.test(name));
  expect(names.length).toBeGreaterThan(15);
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` };
  const answers = names.map((name) =>
    fetch(`${product.url}/${name}`, { method: 'POST', headers, body: '{}' }),
  );
  const statuses = await Promise.all(answers.map(async (answer) => (await answer).status));
  return names.filter((_, at) => statuses[at] !== 403);
}

/** Somebody scans the poster, and leaves the page open. */
async function arrivesAtGate(): Promise<Page> {
  const phone = await pages.browser.newPage({ locale: 'en-GB', viewport: { width: 360, height: 640 } });
  await phone.clock.install();
  await phone.goto(link);
  return phone;
}
