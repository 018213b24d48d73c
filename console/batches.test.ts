/** Batches that somebody began a while ago, found again in a browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRun, startConsole } from './testing/browser.ts';
import { makeKey } from './testing/keys.ts';
import { workOffBatches } from './testing/timers.ts';

const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const good = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: '劳务合同', MaxFlowNum: 20 };

let run: ConsoleRun;
const codeIds: string[] = [];
beforeAll(async () => {
  run = await startConsole();
  for (const ExternalId of ['gate-1', 'gate-2']) {
    const { body } = await run.platform.call('ChannelCreateMultiFlowSignQRCode', { ...good, ExternalId });
    codeIds.push(String(body['CodeId']));
  }
});
afterAll(() => run?.close());

/** Begins one, and works it off. */
async function batchOf(Operation: string, CodeIds: readonly string[]): Promise<string> {
  const { body } = await run.platform.call('BatchModifyMultiFlowSignQRCode', { Operation, CodeIds });
  await workOffBatches(run.platform);
  return String(body['BatchId']);
}

describe('batches', () => {
  it('are found again from the codes, each with how it went and what became of its rows', async () => {
    const { page, complaints } = await run.open({ key: run.platform.apiKey });
    await page.getByRole('link', { name: 'Batches' }).click();
    await page.getByText('There is none yet').waitFor();
    await batchOf('Pause', codeIds);
    await batchOf('Cancel', codeIds.slice(1));
    // One is in the wrong state by now.
    await batchOf('Resume', codeIds);
    await page.reload();
    const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name });
    await rowOf('Pause 2 codes').getByText('2 of 2 done, 0 failed').waitFor();
    await rowOf('Cancel 1 code for good').getByText('1 of 1 done, 0 failed').waitFor();
    await rowOf('Resume 2 codes').getByText('1 of 2 done, 1 failed').waitFor();
    await page.getByRole('link', { name: 'Resume 2 codes' }).click();
    await page.getByRole('heading', { name: 'Resume 2 codes' }).waitFor();
    // A reload is what lost it.
    await page.reload();
    await rowOf('gate-1').getByText('Done').waitFor();
    await rowOf('gate-2').getByText('StateConflict').waitFor();
    expect(await page.getByRole('button', { name: 'Stop here' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Codes', exact: true }).getAttribute('aria-current')).toBe(
      'page',
    );
    expect(complaints).toEqual([]);
  });

  it('are called off from their page, by those who may change something', async () => {
    const viewer = await run.open({ key: await makeKey(run.platform, 'viewer') });
    const { page } = await run.open({ key: run.platform.apiKey });
    const batchId = await batchOf('Pause', codeIds);
    // As it was before any of its rows was begun.
    const batch = {
      ...{ BatchId: batchId, Operation: 'Pause', State: 'Running', Organizations: [], Actor: 'somebody' },
      ...{ Total: 2, Waiting: 2, Done: 0, Failed: 0, Unknown: 0, Cancelled: 0 },
      ...{ CreatedOn: 1, CancelledOn: null, FinishedOn: null },
    };
    for (const tab of [viewer.page, page]) {
      await tab.route('**/DescribeBatches', (route) =>
        route.fulfill({ json: { Batches: [batch], NextCursor: null, RequestId: 'r' } }),
      );
      await tab.getByRole('link', { name: 'Batches' }).click();
      await tab.getByText('Going on').waitFor();
      await tab.getByRole('link', { name: 'Pause 2 codes' }).click();
      await tab.getByText('0 of 2 done, 0 failed').waitFor();
    }
    expect(await viewer.page.getByRole('button', { name: 'Stop here' }).count()).toBe(0);
    const asked = page.waitForRequest('**/CancelBatch');
    await page.getByRole('button', { name: 'Stop here' }).click();
    expect((await asked).postDataJSON()).toEqual({ BatchId: batchId });
    await page.getByRole('button', { name: 'Stop here' }).waitFor({ state: 'detached' });
  });

  it('that are not there are told as such', async () => {
    const { page } = await run.open({ key: run.platform.apiKey });
    await page.evaluate('location.hash = "#/batches/batch_none"');
    await page.getByRole('alert').getByText('There is no such batch').waitFor();
  });
});
