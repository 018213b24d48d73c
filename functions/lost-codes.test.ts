/** A code that a failover to an asynchronous standby has lost is found, ended and told of as docs/operate says. */
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { callbackSecrets, notifying } from './testing/notifying.ts';
import { good, platformSuite } from './testing/platform-suite.ts';

const platform = platformSuite(callbackSecrets);
const { listed, makeCode, notify } = notifying(platform);

/** As if the commits of its create had never come to the standby. @returns the address at which upstream posts of it */
async function lose(codeId: string): Promise<string> {
  const db = new pg.Client(platform.databaseUrl);
  await db.connect();
  try {
    const { rows } = await db.query('select callback_token as token from codes where code_id = $1', [codeId]);
    const { rows: tables } = await db.query(
      `select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where column_name = 'code_id' and table_schema = current_schema() and table_type = 'BASE TABLE'`,
    );
    await db.query("set session_replication_role = 'replica'");
    for (const { name } of tables) await db.query(`delete from ${name} where code_id = $1`, [codeId]);
    return `/${rows[0]?.token}.1`;
  } finally {
    await db.end();
  }
}

describe('a code that a failover has lost', () => {
  let code: { CodeId: string; QrCodeId: string };
  let path: string;
  beforeAll(async () => {
    code = await makeCode();
    path = await lose(code.CodeId);
  });

  it('is named in the log, with its organisation', () => {
    const lines = platform.lines.filter((line) => line.includes('a QR code was made'));
    // The host puts the function's name before what it logs.
    expect(lines.map((line) => JSON.parse(line.slice(line.indexOf('{'))))).toEqual([
      expect.objectContaining({
        qrCodeId: code.QrCodeId,
        organization: good.Agent.ProxyOrganizationOpenId,
        upstreamRequestId: expect.stringMatching(/./),
      }),
    ]);
  });

  it('is not known by the id of its QR code', async () => {
    const { QrCodeId } = code;
    expect(await platform.call('DescribeMultiFlowSignQRCodes', { QrCodeId })).toMatchObject({ status: 404 });
  });

  it('shows by its messages that somebody scans it, at its own address and at the one of the application', async () => {
    const { QrCodeId } = code;
    const own = await notify('MultiFlowSignQrCodeCost', { QrCodeId }, { path });
    const common = await notify('MultiFlowSignQrCodeCost', { QrCodeId });
    const told = async (Outcome: string) =>
      (await listed({ Outcome })).map(({ MsgId, Reason }) => ({ MsgId, Reason }));
    const because = (Code: string) => expect.objectContaining({ Code });
    expect(await told('Pending')).toEqual([{ MsgId: own, Reason: because('GenerationAwaited') }]);
    expect(await told('Kept')).toEqual([{ MsgId: common, Reason: because('CodeUnknown') }]);
  });

  it('is ended upstream by the id of its QR code', async () => {
    const { QrCodeId } = code;
    const isLive = () =>
      platform.emulator.codes.list().find((one) => one.QrCodeId === QrCodeId)?.cancelledAtS === undefined;
    expect(isLive()).toBe(true);
    const { Agent } = good;
    expect(await platform.call('ChannelCancelMultiFlowSignQRCode', { Agent, QrCodeId })).toMatchObject({
      status: 200,
    });
    expect(isLive()).toBe(false);
  });
});
