/** The documents' stories, followed as they are written, on what `npm start` runs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forecastOf, shownForecast } from '../shared/codes/reading/forecast.ts';
import { createAnswerCheck } from './testing/check-answers.ts';
import { requireContract } from './testing/contract-check.ts';
import { followDocument, type Product } from './testing/follow-document.ts';
import { readText } from './testing/read-markdown.ts';
import { readStart } from './testing/read-start.ts';

const { PATH = '' } = process.env;
let folder: string;
let child: ChildProcess;
let product: Product;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qianma-documents-'));
  // What `npm start` runs behind the build, on any free ports.
  const environment = {
    PATH,
    NO_COLOR: '1',
    PORT: '0',
    ESSBASIC_PORT: '0',
    DATA_DIR: join(folder, '.local'),
  };
  const started = spawn(process.execPath, ['commands/run.mjs', 'start'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  product = await readStart(started.stdout);
}, 180_000);

afterAll(async () => {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

/** Of the answers, what is asked with again. */
interface Answer {
  CodeId: string;
  QrCode: { QrCodeId: string };
  SubscriptionId: string;
  BatchId: string;
  KeyId: string;
  Codes: { Version: number }[];
  Contracts: { FlowId: string }[];
  Templates: { SignCode: object }[];
  Version: number;
}

/** Calls a function as the documents say, with the key that `npm start` printed. */
async function call(action: string, body: object): Promise<Answer> {
  const response = await fetch(`http://${product.addresses['127.0.0.1:9000']}/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${product.apiKey}` },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Answer; // of the action that was called
  requireContract(action, response.status, answer);
  if (response.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer)}`);
  return answer;
}

const control = (route: string, body: object, method = 'POST') =>
  fetch(`http://${product.addresses['127.0.0.1:9300']}/_emulator/${route}`, {
    method,
    body: JSON.stringify(body),
  });

const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const TemplateId = 'yDfitPersonFirst0000000000000000';

/** Of a use that there is no time for here. */
function steadyForecast(): object {
  const nowS = Math.floor(Date.now() / 1000);
  const day = (ago: number) => new Date((nowS - ago * 86_400) * 1000).toISOString().slice(0, 10);
  const daily = Array.from({ length: 10 }, (_, ago) => ({ day: day(ago), uses: 10 }));
  return shownForecast(forecastOf(daily, 100, nowS)) ?? {};
}

describe('what the functions answer', () => {
  it('has the members that docs/functions.md says, and no other', async () => {
    const { check, checkDryRun, checkStruct, problems, unseen } = createAnswerCheck();
    const answered = async (action: string, body: object, others?: readonly string[]) => {
      const answer = await call(action, body);
      check(action, answer, others);
      return answer;
    };
    const url = `http://${product.addresses['127.0.0.1:9300']}/_emulator/none`;
    const owner = { ProxyOrganizationOpenId: Agent.ProxyOrganizationOpenId };
    const subscription = await answered('CreateEventSubscription', {
      ...owner,
      Kind: 'standard-webhooks',
      Url: url,
      Note: 'trial',
    });
    const robot = await answered('CreateEventSubscription', { ...owner, Kind: 'webhook', Url: url });
    const create = {
      Agent,
      TemplateId,
      FlowName: 'x',
      MaxFlowNum: 5,
      QrCodeName: 'gate',
      ExternalId: 'gate-5',
      Note: 'n',
      Labels: ['a'],
    };
    const own = ['QrCode', 'SignUrls'];
    const dry = { ...create, DryRun: true };
    checkDryRun('ChannelCreateMultiFlowSignQRCode', await call('ChannelCreateMultiFlowSignQRCode', dry));
    const dryRows = { Agent, Rows: [{ TemplateId, FlowName: 'row' }], DryRun: true };
    checkDryRun('BatchCreateMultiFlowSignQRCode', await call('BatchCreateMultiFlowSignQRCode', dryRows));
    const { CodeId, QrCode } = await answered('ChannelCreateMultiFlowSignQRCode', create, own);
    const { QrCodeId } = QrCode;
    await control('scan', { QrCodeId, count: 1 });
    await control('callbacks', {
      send: { MsgType: 'TemplateDelete', MsgData: { TemplateId, CreateTime: Math.floor(Date.now() / 1000) } },
    });
    await product.settle();
    await answered('SendTestEvent', { SubscriptionId: subscription.SubscriptionId });
    await answered('DescribeEvents', { SubscriptionId: subscription.SubscriptionId });
    await answered('ReplayEvent', { CodeId });
    await answered('DescribeEventSubscriptions', {});
    const rotated = {
      SubscriptionId: subscription.SubscriptionId,
      Version: subscription.Version,
      RotateSecret: {},
    };
    await answered('ModifyEventSubscription', rotated);
    await answered('DeleteEventSubscription', { SubscriptionId: robot.SubscriptionId });
    await fetch(`http://${product.addresses['127.0.0.1:9000']}/callback-handler`, {
      method: 'POST',
      body: '{"x":1}',
    });
    const refused = {
      action: 'ChannelCreateMultiFlowSignQRCode',
      code: 'ResourceNotFound.Template',
      count: 1,
    };
    await control('faults', refused);
    const { BatchId } = await answered('BatchCreateMultiFlowSignQRCode', {
      Agent,
      Rows: [
        { TemplateId, FlowName: 'row', ExternalId: 'row-1' },
        { TemplateId, FlowName: 'row', ExternalId: 'row-2' },
      ],
    });
    await answered('DescribeBatches', { BatchId });
    await answered('DescribeBatchRows', { BatchId });
    await answered('CancelBatch', { BatchId });
    const label = { Operation: 'RenewNow', Label: 'a' };
    await answered('BatchModifyMultiFlowSignQRCode', label);
    await answered('ModifyOrganization', {
      ...owner,
      Version: 0,
      DisplayName: '甲公司',
      ContactZh: '王工',
      ContactEn: 'Wang',
      ContractsBought: 100,
    });
    await answered('DescribeOrganizations', {});
    const { KeyId } = await answered('CreateApiKey', { Name: 'trial', Role: 'viewer', ExpiresInDays: 1 });
    const replaced = await answered('RotateApiKey', { KeyId });
    await answered('RevokeApiKey', { KeyId: replaced.KeyId });
    await answered('DescribeApiKeys', {});
    await answered('DescribeAuditLog', { Subject: CodeId });
    await answered('GetCallerIdentity', {});
    await answered('DescribeContracts', { CodeId });
    const { Contracts } = await answered('DescribeContracts', { CodeId });
    await answered('ForgetContract', { FlowId: Contracts[0]?.FlowId });
    await answered('DescribeNotifications', { CodeId });
    await answered('DescribeNotifications', { Rejections: true });
    await answered('ReplayNotification', { CodeId });
    const lists = ['Templates', 'TotalCount', 'Limit', 'Offset'];
    const { Templates } = await answered('DescribeTemplates', { Agent, TemplateId }, lists);
    for (const { SignCode } of Templates) checkStruct('SignCode', SignCode);
    checkStruct('Forecast', steadyForecast());
    // By now the batch has renewed it.
    const { Codes } = await answered('DescribeMultiFlowSignQRCodes', { CodeId });
    await answered('ModifyMultiFlowSignQRCode', { CodeId, Version: Codes[0]?.Version, Operation: 'Pause' });
    await answered('DescribeMultiFlowSignQRCodes', { CodeId });
    await answered('DescribeMultiFlowSignQRCodes', { Limit: 1 });
    // Against the documents, which is said and sent all the same.
    await answered('CallUpstream', {
      Action: 'ChannelCreateMultiFlowSignQRCode',
      Request: { FlowName: 'x' },
    });
    await answered('ChannelCancelMultiFlowSignQRCode', { CodeId });
    expect(problems).toEqual([]);
    expect(unseen()).toEqual([]);
  }, 180_000);
});

describe('a reader', () => {
  // The Chinese document shows the same code: see `languages.test.ts`. What leaves files behind is followed in a clone.
  it('who does what README.md says sees what it says', async () => {
    const reader = {
      folder: resolve('.'),
      env: { PATH, API_KEY: product.apiKey },
      start: async () => product,
    };
    expect(await followDocument(readText('README.md'), reader)).toBeGreaterThan(5);
  }, 180_000);
});
