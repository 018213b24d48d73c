/**
 * The whole way, against the stand-in of the cloud: what is deployed really runs. Needs `npm run build`, and the right to
 * `unshare` to take the network away.
 */
import { readdirSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import type * as scfModule from 'tencentcloud-sdk-nodejs/tencentcloud/services/scf/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentials } from '../local/cloud-api/credentials.ts';
import { type Ran, type StandIn, startStandIn } from './testing/stand-in.ts';

const require = createRequire(import.meta.url);
// The package is CommonJS, and its index loads every service: this one alone is enough.
const { scf } = require('tencentcloud-sdk-nodejs/tencentcloud/services/scf/index.js') as typeof scfModule;

const functionNames = readdirSync('functions', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
  .map(({ name }) => name)
  .sort();

const create = 'ChannelCreateMultiFlowSignQRCode';
const good = {
  Agent: { ProxyOrganizationOpenId: 'proxy-org-openid', ProxyOperator: { OpenId: 'proxy-operator-openid' } },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '劳务合同',
};
/** The stand-in gives 20 requests/s to an action, and the machine may be busy. */
const timeoutMs = 240_000;

interface Line {
  event: string;
  target?: string;
  action?: string;
  reason?: string;
  ok?: boolean;
  url?: string;
  text?: string;
  calls?: number;
  publicBaseUrl?: string;
}

const linesOf = ({ stdout }: Ran): Line[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line); // the component's own lines

let cloud: StandIn;
beforeAll(async () => {
  cloud = await startStandIn();
}, 240_000);
afterAll(() => cloud.close());

const functions = () => cloud.management.state().functions;
/** What `npm run deploy -- info` says of each function that is deployed. */
let info: Line[] = [];
const urlOf = (name: string) => info.find(({ target }) => target === `qianma-dev-${name}`)?.url ?? '';
async function callFunction(url: string, body: unknown): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${cloud.apiKey}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as Record<string, unknown>; // every answer of a function is a JSON object
  expect(answer).not.toHaveProperty('code');
  return answer;
}

it.runIf(process.env['QIANMA_TEST_NETWORK'] === 'none')('is run where there is only a loopback', () => {
  expect(Object.keys(networkInterfaces()).filter((name) => name !== 'lo')).toEqual([]);
});

describe('npm run deploy', { timeout: timeoutMs }, () => {
  it('shows what it would do, and does nothing', async () => {
    const plan = await cloud.run('plan');
    expect(plan).toMatchObject({ status: 0, stderr: '' });
    expect(plan.stdout).toContain(`${create}  CreateFunction  is not there yet`);
    expect(plan.stdout).toContain('renew-expired-codes  CreateTrigger  timer trigger every-minute');
    expect(functions()).toEqual([]);
  });

  it('puts every function into an empty cloud, and each answers', async () => {
    const ran = await cloud.run('deploy', '--json');
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const lines = linesOf(ran);
    info = linesOf(await cloud.run('info', '--json'));
    expect(lines.at(-1)).toMatchObject({
      event: 'end',
      ok: true,
      publicBaseUrl: urlOf('stable-link'),
      callbackUrl: urlOf('callback-handler'),
    });
    const smoke = lines.filter(({ event }) => event === 'smoke');
    expect(smoke.length).toBeGreaterThan(6);
    expect(smoke.filter(({ ok }) => !ok)).toEqual([]);
    for (const secret of [cloud.env['DATABASE_URL'], cloud.env['ESS_SECRET_KEY'], cloud.env['REGISTER_KEYS']])
      expect(ran.stdout).not.toContain(secret);
  });

  it('is read back by the official SDK as serverless.yml describes it', async () => {
    const { host } = new URL(cloud.env['QIANMA_SCF_ENDPOINT'] ?? '');
    const client = new scf.v20180416.Client({
      credential: { secretId: credentials[0].secretId, secretKey: credentials[0].secretKey },
      region: 'ap-guangzhou',
      profile: { httpProfile: { endpoint: host, protocol: 'http://' } },
    });
    const FunctionName = 'qianma-dev-renew-expired-codes';
    const it = await client.GetFunction({ FunctionName, Qualifier: '1' });
    expect(it).toMatchObject({
      Status: 'Active',
      Type: 'Event',
      Runtime: 'Nodejs20.19',
      Handler: 'index.main_handler',
      MemorySize: 128,
      Timeout: 90,
      PublicNetConfig: { PublicNetStatus: 'ENABLE' },
    });
    expect(it.Tags).toEqual(expect.arrayContaining([{ Key: 'project', Value: 'qianma' }]));
    const variables = Object.fromEntries(
      (it.Environment?.Variables ?? []).map(({ Key, Value }) => [Key, Value]),
    );
    expect(variables).toMatchObject({
      DATABASE_URL: cloud.env['DATABASE_URL'],
      ESS_APP_ID: cloud.env['ESS_APP_ID'],
    });
    const { Triggers } = await client.ListTriggers({ FunctionName });
    expect(Triggers).toMatchObject([
      {
        Type: 'timer',
        TriggerName: 'every-minute',
        Qualifier: '$DEFAULT',
        TriggerDesc: '{"cron":"0 * * * * * *"}',
      },
    ]);
    const retry = await client.GetFunctionEventInvokeConfig({ FunctionName });
    expect(retry.AsyncTriggerConfig).toMatchObject({ RetryConfig: [{ RetryNum: 0 }], MsgTTL: 60 });
    const { Functions } = await client.ListFunctions({ SearchKey: 'qianma-dev-', Limit: 100 });
    expect(Functions?.map((entry) => entry.FunctionName?.replace('qianma-dev-', '')).sort()).toEqual(
      functionNames,
    );
  });

  it('creates a code through a Function URL, which the timer renews and the stable link follows', async () => {
    const code = await callFunction(urlOf(create), good);
    expect(code['StableUrl']).toMatch(`${urlOf('stable-link')}/s/`);
    const modified = { CodeId: code['CodeId'], Version: code['Version'], Operation: 'RenewNow' };
    await callFunction(urlOf('ModifyMultiFlowSignQRCode'), modified);
    const describeUrl = urlOf('DescribeMultiFlowSignQRCodes');
    const generations = async () => {
      const { Codes } = await callFunction(describeUrl, { CodeId: code['CodeId'] });
      return (Codes as { Generations: unknown[] }[])[0]?.Generations.length; // the answer about one code
    };
    expect(await generations()).toBe(1);
    cloud.clock.advance(60_000);
    await expect.poll(generations, { timeout: 30_000 }).toBe(2);
    const link = await fetch(String(code['StableUrl']), { redirect: 'manual' });
    expect(link.status).toBe(302);
  });

  it('is found in order by the doctor, who asks where everything is by himself', async () => {
    const ran = await cloud.command(process.execPath, [
      resolve('dist/commands/doctor.mjs'),
      ...['--json', '--stage', 'dev', '--organization', good.Agent.ProxyOrganizationOpenId],
      ...['--operator', good.Agent.ProxyOperator.OpenId, '--template', good.TemplateId],
    ]);
    const { checks } = JSON.parse(ran.stdout) as { checks: { id: string; outcome: string; text: string }[] }; // our own document
    expect(checks.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(ran).toMatchObject({ status: 0, stderr: expect.stringMatching(/^there is no .env.dev: .*\n$/) });
  });

  it('makes no call that writes when nothing has changed', async () => {
    cloud.management.journal.clear();
    const ran = await cloud.run('deploy', '--json');
    expect(linesOf(ran).at(-1)).toMatchObject({ ok: true, calls: 0 });
    const actions = cloud.management.journal.list().map(({ action }) => action);
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((action) => !/^(Get|List)/.test(String(action)))).toEqual([]);
  });

  it('updates the one function whose code has changed, and rolls it back', async () => {
    await appendFile(join(cloud.project, 'dist/stable-link/index.js'), '\n// changed\n');
    const calls = (ran: Ran) =>
      linesOf(ran).flatMap(({ event, target, action }) => (event === 'step' ? [`${target} ${action}`] : []));
    const name = 'qianma-dev-stable-link';
    expect(calls(await cloud.run('deploy', '--json'))).toEqual([
      `${name} UpdateFunctionConfiguration`,
      `${name} UpdateFunctionCode`,
      `${name} UpdateFunctionConfiguration`,
      `${name} PublishVersion`,
      `${name} UpdateAlias`,
    ]);
    expect(calls(await cloud.run('rollback', '--json'))).toEqual([`${name} UpdateAlias`]);
    expect(
      linesOf(await cloud.run('plan', '--json')).filter(({ event }) => event === 'planned'),
    ).toMatchObject([{ target: name, action: 'UpdateAlias', reason: '$DEFAULT from version 1 to 2' }]);
  });

  it('removes all of it', async () => {
    const unnamed = await cloud.run('remove');
    expect(unnamed).toMatchObject({ status: 2, stderr: expect.stringContaining('--stage') });
    const unasked = await cloud.run('remove', '--stage', 'dev');
    expect(unasked).toMatchObject({ status: 2, stderr: expect.stringContaining('say --yes') });
    expect(await cloud.run('remove', '--stage', 'dev', '--yes')).toMatchObject({ status: 0, stderr: '' });
    expect(cloud.management.state()).toMatchObject({ functions: [], domains: [] });
  });

  it('has called nobody else, and started nothing', () => {
    expect(cloud.strangers()).toEqual([]);
  });

  it('says everything that is wrong before the first call', async () => {
    cloud.management.journal.clear();
    const ran = await cloud.command(process.execPath, [resolve('dist/deploy/main.mjs')], {
      STAGE: '',
      ESS_ENDPOINT: 'x'.repeat(5000),
    });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('which nothing has set');
    expect(cloud.management.journal.total()).toBe(0);
  });
});
