/** Batches as a user meets them, with the emulator's own limit of calls. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';
import { mintApiKey } from '../shared/runtime/http/api-keys.ts';
import { manageApiKeys } from '../shared/store/access/api-key-management.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';
import { shareOf } from '../shared/testing/cases.ts';

const create = 'BatchCreateMultiFlowSignQRCode';
const modify = 'BatchModifyMultiFlowSignQRCode';
const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const TemplateId = 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV';
const row = (number: number) => ({
  TemplateId,
  FlowName: '劳务合同',
  ExternalId: `gate-${number}`,
  Labels: ['gates'],
});
const tick = { Type: 'Timer', TriggerName: 'test', Time: '2026-01-01T00:00:00Z', Message: '' };

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());

/** The key of an operator of one organisation. */
async function keyOf(organization: string): Promise<string> {
  const { key, keyId, hash } = mintApiKey();
  const db = openPgDatabase(platform.databaseUrl);
  const rights = { name: 'test', role: 'operator', organizations: [organization], agent: null } as const;
  await manageApiKeys(db).insert({ keyId, hash, ...rights, expiresAtS: null });
  await db.close();
  return key;
}

async function answered(name: string, body: object): Promise<Record<string, unknown>> {
  const { status, body: answer } = await platform.call(name, body);
  expect([name, status, answer]).toEqual([name, 200, answer]);
  return answer;
}

/** The timer, until the batch is over; more runs than that are too many. What had no turn in time rests for a second. */
async function finished(BatchId: unknown): Promise<unknown> {
  for (let run = 0; run < 100; run += 1) {
    const { Batches } = await answered('DescribeBatches', { BatchId });
    const [batch] = Batches as { State: string }[]; // of one batch there is a list of one
    if (batch?.State !== 'Running') return batch;
    const { error } = await platform.host.invoke('work-off-batches', tick);
    expect(error).toBeUndefined();
  }
  throw new Error('The batch has not come to its end');
}

describe('a batch', () => {
  it('of as many creates as there may be is worked off within the limit of calls, each row once', async () => {
    const count = shareOf(500);
    const before = platform.emulator.codes.list().length;
    const Rows = Array.from({ length: count }, (_, index) => row(index));
    const { BatchId } = await answered(create, { Agent, Rows });
    expect(await finished(BatchId)).toMatchObject({
      State: 'Finished',
      Total: count,
      Done: count,
      Failed: 0,
    });
    expect(platform.emulator.codes.list()).toHaveLength(before + count);
    // A call beyond the limit would have been refused.
    expect(platform.lines.join('\n')).not.toContain('RequestLimitExceeded');
    const codes = await answered('DescribeMultiFlowSignQRCodes', { Label: 'gates', Limit: 1 });
    expect(codes['Codes']).toHaveLength(1);
  }, 240_000);

  it('changes the codes of a label, and shows what became of each row page by page', async () => {
    const made = await answered(create, {
      Agent,
      Rows: [
        { ...row(900), Labels: ['two'] },
        { ...row(901), Labels: ['two'] },
      ],
    });
    expect(made).toMatchObject({ State: 'Finished', Done: 2 });
    const { BatchId } = await answered(modify, { Operation: 'Pause', Label: 'two' });
    expect(await finished(BatchId)).toMatchObject({ Done: 2 });
    const first = await answered('DescribeBatchRows', { BatchId, Limit: 1 });
    expect(first['Rows']).toMatchObject([{ Row: 1, State: 'Done', Error: null }]);
    const next = await answered('DescribeBatchRows', { BatchId, Limit: 1, Cursor: first['NextCursor'] });
    expect(next).toMatchObject({ Rows: [{ Row: 2 }], NextCursor: null });
    expect(await answered('CancelBatch', { BatchId })).toMatchObject({ Done: 2, Cancelled: 0 });
  });

  it('begins nothing where a row is wrong, and names everything that is', async () => {
    const before = platform.emulator.codes.list().length;
    const Rows = [
      row(1000),
      { ...row(1000), QrCodeExpiredOn: 1 },
      { ...row(1001), TemplateId: 'yDnothing000000000000000000000000' },
      { ...row(1002), Labels: [''] },
    ];
    const { status, body } = await platform.call(create, { Agent, Rows });
    expect(status).toBe(400);
    const errors = body['errors'] as { path: string }[]; // of a problem document
    expect(errors.map(({ path }) => path).sort()).toEqual([
      'Rows[1].ExternalId',
      'Rows[1].QrCodeExpiredOn',
      'Rows[2].TemplateId',
      'Rows[3].Labels.0',
    ]);
    const wrong = await platform.call(create, { Agent, Rows: [{ ...row(1), FlowName: 5 }] });
    expect(wrong.body).toMatchObject({ code: 'InvalidRequest', errors: [{ path: 'Rows[0].FlowName' }] });
    expect(await answered(create, { Agent, Rows: [row(1003)], DryRun: true })).toMatchObject({ Total: 1 });
    expect(platform.emulator.codes.list().length).toBe(before);
  });

  it('is not seen by a key of another organisation', async () => {
    const { BatchId } = await answered(create, { Agent, Rows: [row(1100)] });
    const { body } = await platform.call('DescribeBatches', {});
    expect(body['Batches']).not.toEqual([]);
    const as = { Authorization: `Bearer ${await keyOf('another-org')}` };
    expect((await platform.call('DescribeBatches', {}, as)).body['Batches']).toEqual([]);
    for (const name of ['DescribeBatches', 'DescribeBatchRows', 'CancelBatch']) {
      expect((await platform.call(name, { BatchId }, as)).status).toBe(404);
    }
    const label = { Operation: 'Cancel', Label: 'gates' };
    expect((await platform.call(modify, label, as)).status).toBe(404);
  });
});
