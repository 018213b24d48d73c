/** The official SDK, unchanged but for endpoint and protocol: the independent client that the stand-in must content. */
import { createRequire } from 'node:module';
import type * as scfModule from 'tencentcloud-sdk-nodejs/tencentcloud/services/scf/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentials } from '../../cloud-api/credentials.ts';
import {
  buildInstance,
  echo,
  type StartedManagement,
  startManagement,
  zipFile,
} from './management.test.kit.ts';

const require = createRequire(import.meta.url);
// The package is CommonJS, and its index loads every service: this one alone is enough.
const { scf } = require('tencentcloud-sdk-nodejs/tencentcloud/services/scf/index.js') as typeof scfModule;
type Client = InstanceType<typeof scf.v20180416.Client>;

let started: StartedManagement;
let instance: Awaited<ReturnType<typeof buildInstance>>;
let client: Client;

const clientOf = (url: string, secretKey: string = credentials[0].secretKey): Client =>
  new scf.v20180416.Client({
    credential: { secretId: credentials[0].secretId, secretKey },
    region: 'ap-guangzhou',
    profile: { language: 'en-US', httpProfile: { endpoint: new URL(url).host, protocol: 'http://' } },
  });

beforeAll(async () => {
  instance = await buildInstance();
  started = await startManagement({
    instanceModule: instance.instanceModule,
    settling: { polls: 2 },
    urlPolls: 1,
  });
  client = clientOf(started.url);
});
afterAll(async () => {
  await started.management.close();
  await instance.remove();
});

const codeOf = async (call: Promise<unknown>) => {
  try {
    await call;
  } catch (error) {
    return (error as { code?: string }).code; // the SDK's own exception
  }
  return 'ok';
};

async function statusesUntilRest(
  FunctionName: string,
  Qualifier = '$LATEST',
): Promise<(string | undefined)[]> {
  const seen: (string | undefined)[] = [];
  do seen.push((await client.GetFunction({ FunctionName, Qualifier })).Status);
  while (seen.at(-1)?.endsWith('ing') && seen.length < 10);
  return seen;
}

describe('the official SDK', () => {
  const FunctionName = 'renew-expired-codes-dev';

  it('creates a function and reads back what it deployed', async () => {
    const deployed = {
      FunctionName,
      Runtime: 'Nodejs20.19',
      Handler: 'index.main_handler',
      Description: '到期续签',
      MemorySize: 256,
      Timeout: 90,
      InitTimeout: 30,
      Environment: { Variables: [{ Key: 'DATABASE_URL', Value: 'postgresql://made-up' }] },
      VpcConfig: { VpcId: 'vpc-1', SubnetId: 'subnet-1' },
      PublicNetConfig: { PublicNetStatus: 'ENABLE', EipConfig: { EipStatus: 'DISABLE' } },
      Role: 'qianma-function',
      ClsLogsetId: '',
      ClsTopicId: '',
      Tags: [{ Key: 'stage', Value: 'dev' }],
    };
    const { RequestId } = await client.CreateFunction({ ...deployed, Code: zipFile({ 'index.js': echo }) });
    expect(RequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await statusesUntilRest(FunctionName)).toEqual(['Creating', 'Creating', 'Active']);
    expect(await client.GetFunction({ FunctionName, ShowCode: 'TRUE' })).toMatchObject({
      ...deployed,
      Status: 'Active',
      AvailableStatus: 'Available',
      CodeInfo: echo,
      Namespace: 'default',
      FunctionVersion: '$LATEST',
    });
    const { Functions, TotalCount } = await client.ListFunctions({
      Filters: [{ Name: 'tag-stage', Values: ['dev'] }],
    });
    expect({ TotalCount, names: Functions?.map((fn) => fn.FunctionName) }).toEqual({
      TotalCount: 1,
      names: [FunctionName],
    });
  });

  it('makes a timer of a bare expression, and reads it back as JSON', async () => {
    const timer = { FunctionName, TriggerName: 'every-minute', Type: 'timer' };
    const created = await client.CreateTrigger({
      ...timer,
      TriggerDesc: '0 * * * * * *',
      Enable: 'OPEN',
      CustomArgument: 'go',
    });
    expect(created.TriggerInfo).toMatchObject({
      TriggerName: 'every-minute',
      TriggerDesc: '{"cron":"0 * * * * * *"}',
      Enable: 1,
      Qualifier: '$LATEST',
      CustomArgument: 'go',
    });
    await client.UpdateTrigger({ ...timer, Enable: 'CLOSE' });
    const { Triggers } = await client.ListTriggers({ FunctionName });
    expect(Triggers).toMatchObject([{ Enable: 0, TriggerDesc: '{"cron":"0 * * * * * *"}' }]);
  });

  it('makes a Function URL that is shown late, and answers', async () => {
    const desc = { AuthType: 'NONE', NetConfig: { EnableIntranet: false, EnableExtranet: true } };
    const urlIn = (text: string | undefined) =>
      (JSON.parse(text ?? '') as { NetConfig: { ExtranetUrl: string } }).NetConfig.ExtranetUrl;
    const created = await client.CreateTrigger({
      FunctionName,
      TriggerName: 'url',
      Type: 'http',
      TriggerDesc: JSON.stringify(desc),
      Enable: 'OPEN',
    });
    expect(urlIn(created.TriggerInfo?.TriggerDesc)).toBe('');
    const listed = async () =>
      (await client.ListTriggers({ FunctionName, Filters: [{ Name: 'Type', Values: ['http'] }] })).Triggers;
    expect(urlIn((await listed())?.[0]?.TriggerDesc)).toBe('');
    const url = urlIn((await listed())?.[0]?.TriggerDesc);
    const answer = await fetch(`${url}/some/path?a=1`, { method: 'POST', body: '{"b":2}' });
    expect(answer.status).toBe(200);
    const { event, context, environment } = (await answer.json()) as {
      event: unknown;
      context: unknown;
      environment: unknown;
    };
    expect(event).toMatchObject({
      httpMethod: 'POST',
      path: '/some/path',
      queryString: { a: '1' },
      body: '{"b":2}',
    });
    expect(context).toMatchObject({
      memory_limit_in_mb: 256,
      time_limit_in_ms: 90_000,
      function_version: '$LATEST',
    });
    expect(environment).toMatchObject({ DATABASE_URL: 'postgresql://made-up', TRIGGER_SRC: 'timer' });
  });

  it('runs it by Invoke', async () => {
    const invoked = await client.Invoke({ FunctionName, ClientContext: '{"hello":1}' });
    expect(JSON.parse(invoked.Result?.RetMsg ?? '')).toMatchObject({ event: { hello: 1 } });
    expect(invoked.Result).toMatchObject({ InvokeResult: 0, ErrMsg: '' });
    expect(JSON.parse(invoked.Result?.RetMsg ?? '')).toMatchObject({
      context: { request_id: invoked.Result?.FunctionRequestId },
    });
  });

  it('updates, publishes and moves the alias; each version runs its own code', async () => {
    await client.PublishVersion({ FunctionName, Description: 'first' });
    expect(await statusesUntilRest(FunctionName, '1')).toEqual(['Publishing', 'Publishing', 'Active']);
    await client.UpdateAlias({ FunctionName, Name: '$DEFAULT', FunctionVersion: '1' });
    const code = zipFile({ 'index.js': "exports.main_handler = async () => 'new';" });
    await client.UpdateFunctionCode({ FunctionName, Code: code });
    expect(await codeOf(client.UpdateFunctionConfiguration({ FunctionName, Timeout: 10 }))).toBe(
      'FailedOperation.UpdateFunctionConfiguration',
    );
    expect((await statusesUntilRest(FunctionName)).at(-1)).toBe('Active');
    const newest = await client.Invoke({ FunctionName, Qualifier: '$LATEST' });
    expect(newest.Result?.RetMsg).toBe('"new"');
    const stable = await client.Invoke({ FunctionName, Qualifier: '$DEFAULT' });
    expect(JSON.parse(stable.Result?.RetMsg ?? '')).toMatchObject({ context: { function_version: '1' } });
  });

  it('sets concurrency and retries, and reads them back', async () => {
    await client.PutReservedConcurrencyConfig({ FunctionName, ReservedConcurrencyMem: 256 });
    expect(await client.GetReservedConcurrencyConfig({ FunctionName })).toMatchObject({ ReservedMem: 256 });
    const version = { FunctionName, Qualifier: '1' };
    await client.PutProvisionedConcurrencyConfig({ ...version, VersionProvisionedConcurrencyNum: 2 });
    expect(await client.GetProvisionedConcurrencyConfig({ FunctionName })).toMatchObject({
      Allocated: [{ Qualifier: '1', AvailableProvisionedConcurrencyNum: 2 }],
    });
    const AsyncTriggerConfig = { RetryConfig: [{ RetryNum: 0 }], MsgTTL: 3600 };
    await client.UpdateFunctionEventInvokeConfig({ FunctionName, AsyncTriggerConfig });
    expect(await client.GetFunctionEventInvokeConfig({ FunctionName })).toMatchObject({ AsyncTriggerConfig });
  });

  it('deletes what it created', async () => {
    await client.DeleteFunction({ FunctionName });
    expect((await client.GetFunction({ FunctionName })).Status).toBe('Deleting');
    await client.GetFunction({ FunctionName });
    expect(await codeOf(client.GetFunction({ FunctionName }))).toBe('ResourceNotFound.Function');
    expect(started.management.state().functions).toEqual([]);
  });

  it('is refused with another key, and for what is not there', async () => {
    expect(await codeOf(clientOf(started.url, 'another').ListFunctions({}))).toBe(
      'AuthFailure.SignatureFailure',
    );
    expect(await codeOf(client.GetFunction({ FunctionName: 'nothing' }))).toBe('ResourceNotFound.Function');
    expect(await codeOf(client.ListLayers({}))).toBe('InvalidAction');
  });

  it('finds no defect', () => {
    expect(started.lines.filter((line) => line.startsWith('defect'))).toEqual([]);
  });
});
