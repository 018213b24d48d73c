/** Lists as files that a spreadsheet opens, saved in a browser. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../shared/testing/read-csv.ts';
import { type ConsoleRun, startConsole } from './testing/browser.ts';
import { openList } from './testing/open-list.ts';

const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const good = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: '劳务合同' };

let run: ConsoleRun;
beforeAll(async () => {
  run = await startConsole();
  const make = async (members: object) => {
    const { body } = await run.platform.call('ChannelCreateMultiFlowSignQRCode', { ...good, ...members });
    return body as { QrCode: { QrCodeId: string } }; // what a create answers
  };
  const { QrCode } = await make({ QrCodeName: '南门岗亭', ExternalId: 'gate-south', MaxFlowNum: 500 });
  await make({ QrCodeName: '=HYPERLINK("http://evil")', ExternalId: '-1+2', MaxFlowNum: 5 });
  run.platform.emulator.scan(QrCode.QrCodeId, { count: 230 });
  await run.platform.emulator.callbacks.deliverDue();
});
afterAll(() => run?.close());

/** The rows of the file that a click saves, by the names in its head. */
async function savedBy(page: Page): Promise<{ name: string; text: string; rows: Record<string, string>[] }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  const [head = [], ...rows] = readCsv(text);
  return {
    name: download.suggestedFilename(),
    text,
    rows: rows.map((row) => Object.fromEntries(head.map((column, at) => [column, row[at] ?? '']))),
  };
}

describe('an export', () => {
  it('of the codes is of what they are filtered to, opens as UTF-8, and begins no formula', async () => {
    const { page, complaints } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: '南门岗亭' }).waitFor();
    const all = await savedBy(page);
    expect(all.name).toMatch(/^Codes \d{4}-\d\d-\d\d\.csv$/);
    expect(all.text.startsWith('\ufeffCodeId,QrCodeName,')).toBe(true);
    expect(all.rows.map(({ QrCodeName, ExternalId, Used }) => [QrCodeName, ExternalId, Used])).toEqual([
      ['\'=HYPERLINK("http://evil")', "'-1+2", '0'],
      ['南门岗亭', 'gate-south', '230'],
    ]);
    await page.getByText('The whole list is saved: 2 rows.').waitFor();

    await page.getByLabel('Find').fill('南门');
    await page.getByRole('link', { name: /HYPERLINK/ }).waitFor({ state: 'detached' });
    const { rows } = await savedBy(page);
    expect(rows.map(({ ExternalId }) => ExternalId)).toEqual(['gate-south']);
    expect(complaints).toEqual([]);
  });

  it('of the contracts has those of every page, each once, and no name', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await openList(page, 'Contracts');
    expect(await page.getByRole('rowheader').count()).toBe(20);
    const { rows } = await savedBy(page);
    await page.getByText('The whole list is saved: 230 rows.').waitFor();
    expect(new Set(rows.map(({ FlowId }) => FlowId)).size).toBe(230);
    expect(rows.every(({ QrCodeName }) => QrCodeName === '南门岗亭')).toBe(true);
    expect(Object.keys(rows[0] ?? {}).filter((name) => /signer|approver|mobile|idcard/i.test(name))).toEqual(
      [],
    );
  });

  it('can be stopped, and saves nothing then', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await openList(page, 'Contracts');
    let saved = 0;
    page.on('download', () => {
      saved += 1;
    });
    // The second page never comes.
    await page.route('**/DescribeContracts', (route) =>
      route.request().postData()?.includes('Cursor') ? undefined : route.continue(),
    );
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    await page.getByText('100 rows so far').waitFor();
    await page.getByRole('button', { name: 'Stop here' }).click();
    await page.getByText('Stopped; no file was saved.').waitFor();
    expect(saved).toBe(0);
  });

  it('of more than a file may have says that there is more', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await openList(page, 'Audit log');
    // A list without an end.
    const body = `\ufeffAuditId\r\n${'x\r\n'.repeat(100)}`;
    await page.route('**/DescribeAuditLog', (route) =>
      route.fulfill({ body, contentType: 'text/csv; charset=utf-8', headers: { 'Next-Cursor': 'on' } }),
    );
    const { rows } = await savedBy(page);
    expect(rows).toHaveLength(20_000);
    await page.getByText('A file has at most 20,000 rows: the first 20,000 are saved.').waitFor();
  });

  it('that fails says why, and saves nothing', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await openList(page, 'Audit log');
    await page.route('**/DescribeAuditLog', (route) => route.abort());
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    await page.getByRole('alert').getByText('No answer came').waitFor();
    await page.unroute('**/DescribeAuditLog');
    const { rows } = await savedBy(page);
    expect(rows.map(({ Action }) => Action)).toContain('code.created');
  });

  it.each([
    ['Organisations', 'Organisations', 'ProxyOrganizationOpenId'],
    ['Messages', 'Notifications', 'MsgId'],
  ])('is there for %s too', async (link, name, column) => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await openList(page, link);
    const saved = await savedBy(page);
    expect(saved.name).toContain(name);
    expect(saved.rows[0]?.[column]).toBeTruthy();
  });
});
