/** What is deployed to the stand-in really runs: by URL, by Invoke, by timer, by path of a domain; version by version. */
import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { httpDesc } from './good-requests.ts';
import {
  buildInstance,
  echo,
  type StartedManagement,
  startManagement,
  zipFile,
} from './management.test.kit.ts';

let instance: Awaited<ReturnType<typeof buildInstance>>;
let started: StartedManagement;
beforeAll(async () => {
  instance = await buildInstance();
});
afterAll(() => instance.remove());
afterEach(async () => {
  await started.management.close();
  expect(started.lines.filter((line) => line.startsWith('defect'))).toEqual([]);
});
const start = async (options: Parameters<typeof startManagement>[0] = {}) => {
  started = await startManagement({ instanceModule: instance.instanceModule, ...options });
};

const FunctionName = 'fine';
const says = (text: string) => ({ 'index.js': `exports.main_handler = async () => '${text}';` });
const isBound = "exports.main_handler = async (event, context) => { throw new Error('made-up failure'); };";

interface Invoked {
  RetMsg: string;
  ErrMsg: string;
  InvokeResult: number;
  Log: string;
  MemUsage: number;
  FunctionRequestId: string;
}
async function invoke(request: object = {}): Promise<Invoked> {
  const { Result } = await started.done('Invoke', { FunctionName, ...request });
  return Result as Invoked; // the shape of every answer of Invoke
}

async function createUrl(change: object = {}): Promise<string> {
  const desc = JSON.stringify({ ...(JSON.parse(httpDesc) as object), ...change });
  await started.done('CreateTrigger', { FunctionName, TriggerName: 'url', Type: 'http', TriggerDesc: desc });
  return started.management.state().functions[0]?.triggers[0]?.leads ?? '';
}

interface Heard {
  status: number;
  text: string;
}
/** A request with a `Host` of its own, which `fetch` does not let one choose. */
function get(url: string, host: string): Promise<Heard> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers: { host } }, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}

describe('a deployed zip', () => {
  it('answers by Invoke, with its files, its variables, its memory and its time', async () => {
    await start();
    const files = {
      'index.js': "exports.main_handler = (event, context) => require('./lib/answer.js')(event, context);",
      'lib/answer.js': `module.exports = async (event, context) => {
        console.log('seen');
        return { event, memory: context.memory_limit_in_mb, ms: context.time_limit_in_ms, variable: process.env.AA };
      };`,
    };
    const Environment = { Variables: [{ Key: 'AA', Value: '一' }] };
    await started.deploy({ FunctionName, MemorySize: 512, Timeout: 7, Environment }, files);
    const result = await invoke({ ClientContext: '{"a":1}', LogType: 'Tail' });
    expect(JSON.parse(result.RetMsg)).toEqual({ event: { a: 1 }, memory: 512, ms: 7000, variable: '一' });
    expect(result).toMatchObject({ InvokeResult: 0, ErrMsg: '', Log: 'fine | seen' });
    expect(result.MemUsage).toBeGreaterThan(2 ** 20);
  });

  it('that throws is told in each member that a client may look at', async () => {
    await start();
    await started.deploy({ FunctionName }, { 'index.js': isBound });
    const { RetMsg, ErrMsg, InvokeResult } = await invoke();
    expect(JSON.parse(RetMsg)).toMatchObject({ statusCode: 430, errorMessage: 'user code exception caught' });
    expect({ ErrMsg, InvokeResult }).toEqual({ ErrMsg: 'user code exception caught', InvokeResult: 1 });
  });

  it('without the handler is deployed, and says so when it is run', async () => {
    await start();
    await started.deploy({ FunctionName }, { 'other.js': '' });
    expect(JSON.parse((await invoke()).RetMsg)).toMatchObject({ statusCode: 437 });
  });

  it('answers under its own address, and no longer when the trigger is gone', async () => {
    await start();
    await started.deploy({ FunctionName });
    const url = await createUrl();
    const answer = await fetch(`${url}/a/b?c=1`, { headers: { 'x-scf-remote-addr': 'forged' } });
    expect(await answer.json()).toMatchObject({
      event: { path: '/a/b', queryString: { c: '1' }, headers: { 'x-scf-remote-addr': '127.0.0.1' } },
    });
    await started.done('DeleteTrigger', { FunctionName, TriggerName: 'url', Type: 'http' });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('gets the event of API Gateway where the trigger says so', async () => {
    await start();
    await started.deploy({ FunctionName });
    const answer = await fetch(await createUrl({ ApiGwCompatible: true }));
    expect(await answer.json()).toMatchObject({ event: { isBase64Encoded: false, requestContext: {} } });
  });

  it('is not reached by a URL that is closed, has no public access, or asks for a signature', async () => {
    await start();
    await started.deploy({ FunctionName });
    const url = await createUrl();
    const trigger = { FunctionName, TriggerName: 'url', Type: 'http' };
    const statusWith = async (change: object) => {
      await started.done('UpdateTrigger', { ...trigger, ...change });
      return (await fetch(url)).status;
    };
    const desc = (change: object) => ({
      TriggerDesc: JSON.stringify({ ...(JSON.parse(httpDesc) as object), ...change }),
    });
    expect(await statusWith({ Enable: 'CLOSE' })).toBe(403);
    expect(await statusWith({ Enable: 'OPEN' })).toBe(200);
    expect(await statusWith(desc({ NetConfig: { EnableIntranet: true, EnableExtranet: false } }))).toBe(403);
    expect(await statusWith(desc({ AuthType: 'CAM' }))).toBe(401);
  });

  it('lets the platform answer a preflight where CORS is on, and the function where it is off', async () => {
    await start();
    await started.deploy({ FunctionName }, says('options'));
    const CorsConfig = { Enable: true, Origins: ['https://a.example.com'], Methods: ['POST'], MaxAge: 10 };
    const url = await createUrl({ CorsConfig });
    const headers = { origin: 'https://a.example.com', 'access-control-request-method': 'POST' };
    const preflight = await fetch(url, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST']);
    const seen = await fetch(url, { headers: { origin: 'https://a.example.com' } });
    expect(seen.headers.get('access-control-allow-origin')).toBe('https://a.example.com');
    const other = await fetch(url, { headers: { origin: 'https://b.example.com' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    await started.done('UpdateTrigger', {
      FunctionName,
      TriggerName: 'url',
      Type: 'http',
      TriggerDesc: httpDesc,
    });
    expect(await (await fetch(url, { method: 'OPTIONS', headers })).text()).toBe('options');
  });

  it('may use as many instances as are reserved, or none', async () => {
    await start();
    await started.deploy({ FunctionName, MemorySize: 128 }, says('x'));
    await started.done('PutReservedConcurrencyConfig', { FunctionName, ReservedConcurrencyMem: 64 });
    expect(JSON.parse((await invoke()).RetMsg)).toMatchObject({ statusCode: 432 });
    await started.done('PutReservedConcurrencyConfig', { FunctionName, ReservedConcurrencyMem: 128 });
    expect((await invoke()).RetMsg).toBe('"x"');
    await started.done('DeleteReservedConcurrencyConfig', { FunctionName });
    expect(await started.done('GetReservedConcurrencyConfig', { FunctionName })).toMatchObject({
      ReservedMem: null,
    });
  });
});

describe('an update', () => {
  it('takes effect when it has come to its end: until then, and where it fails, the old code runs', async () => {
    await start({ settling: { ms: 1000 } });
    await started.done('CreateFunction', {
      FunctionName,
      Runtime: 'Nodejs20.19',
      Code: zipFile(says('old')),
    });
    started.clock.advance(1000);
    const url = await createUrl();
    const textNow = async () => (await fetch(url)).text();
    await started.done('UpdateFunctionCode', { FunctionName, Code: zipFile(says('new')) });
    expect(await textNow()).toBe('old');
    expect(await started.resultOf('Invoke', { FunctionName })).toBe('FailedOperation.FunctionStatusError');
    started.clock.advance(1000);
    expect(await textNow()).toBe('new');

    started.management.failures.add({ act: 'update' });
    await started.done('UpdateFunctionCode', { FunctionName, Code: zipFile(says('newest')) });
    started.clock.advance(1000);
    expect(await textNow()).toBe('new');
    expect(await started.done('GetFunction', { FunctionName })).toMatchObject({ Status: 'UpdateFailed' });
    await started.done('UpdateFunctionCode', { FunctionName, Code: zipFile(says('newest')) });
    started.clock.advance(1000);
    expect(await textNow()).toBe('newest');
  });

  it('can publish what it brings', async () => {
    await start({ settling: { ms: 1000 } });
    await started.done('CreateFunction', {
      FunctionName,
      Runtime: 'Nodejs20.19',
      Code: zipFile(says('old')),
    });
    started.clock.advance(1000);
    await started.done('UpdateFunctionCode', { FunctionName, Publish: 'TRUE', Code: zipFile(says('new')) });
    started.clock.advance(1000);
    const { Versions } = await started.done('ListVersionByFunction', { FunctionName });
    expect(Versions).toMatchObject([{ Version: '1', Status: 'Publishing' }, { Version: '$LATEST' }]);
    started.clock.advance(1000);
    expect((await invoke({ Qualifier: '1' })).RetMsg).toBe('"new"');
  });
});

describe('an alias', () => {
  it('leads to its version, and shares events out by weight', async () => {
    await start();
    await started.deploy({ FunctionName }, says('one'));
    await started.done('PublishVersion', { FunctionName });
    await started.done('GetFunction', { FunctionName, Qualifier: '1' });
    await started.done('UpdateFunctionCode', { FunctionName, Code: zipFile(says('two')) });
    await started.done('GetFunction', { FunctionName });
    await started.done('PublishVersion', { FunctionName });
    await started.done('GetFunction', { FunctionName, Qualifier: '2' });
    await started.done('UpdateAlias', { FunctionName, Name: '$DEFAULT', FunctionVersion: '1' });
    expect((await invoke({ Qualifier: '$DEFAULT' })).RetMsg).toBe('"one"');
    const RoutingConfig = { AdditionalVersionWeights: [{ Version: '2', Weight: 0.5 }] };
    await started.done('UpdateAlias', {
      FunctionName,
      Name: '$DEFAULT',
      FunctionVersion: '1',
      RoutingConfig,
    });
    const heard = new Set<string>();
    for (let number = 0; number < 20; number += 1)
      heard.add((await invoke({ Qualifier: '$DEFAULT' })).RetMsg);
    expect([...heard].sort()).toEqual(['"one"', '"two"']);
    await started.done('UpdateAlias', { FunctionName, Name: '$DEFAULT', FunctionVersion: '2' });
    expect(await started.done('GetAlias', { FunctionName, Name: '$DEFAULT' })).toMatchObject({
      FunctionVersion: '2',
      RoutingConfig: { AdditionalVersionWeights: [] },
    });
  });
});

describe('a timer', () => {
  const tick = { FunctionName, TriggerName: 'tick', Type: 'timer' };
  const logsEvent = {
    'index.js': 'exports.main_handler = async (event) => console.log(JSON.stringify(event));',
  };

  it('fires by its expression, with its argument, until it is closed', async () => {
    await start();
    await started.deploy({ FunctionName }, logsEvent);
    await started.done('CreateTrigger', { ...tick, TriggerDesc: '0 */5 * * * * *', CustomArgument: 'go' });
    started.clock.advance(5 * 60_000);
    await started.logged('"Time":"2026-11-24T00:05:00Z","Message":"go"');
    await started.done('UpdateTrigger', { ...tick, TriggerDesc: '0 */7 * * * * *' });
    started.clock.advance(2 * 60_000);
    await started.logged('"Time":"2026-11-24T00:07:00Z"');
    await started.done('UpdateTrigger', { ...tick, Enable: 'CLOSE' });
    expect(started.clock.pending()).toBe(0);
    await started.done('UpdateTrigger', { ...tick, Enable: 'OPEN' });
    expect(started.clock.pending()).toBe(1);
    await started.done('DeleteTrigger', tick);
    expect(started.clock.pending()).toBe(0);
  });

  it('runs the version that its alias leads to', async () => {
    await start();
    await started.deploy(
      { FunctionName },
      { 'index.js': "exports.main_handler = async () => console.log('one');" },
    );
    await started.done('PublishVersion', { FunctionName });
    await started.done('GetFunction', { FunctionName, Qualifier: '1' });
    await started.done('UpdateAlias', { FunctionName, Name: '$DEFAULT', FunctionVersion: '1' });
    await started.done('UpdateFunctionCode', { FunctionName, Code: zipFile(says('two')) });
    await started.done('GetFunction', { FunctionName });
    await started.done('CreateTrigger', { ...tick, TriggerDesc: '0 * * * * * *', Qualifier: '$DEFAULT' });
    started.clock.advance(60_000);
    await started.logged('fine | one');
  });

  it.each([0, 2])('whose function fails is tried again, as often as is configured: %d', async (RetryNum) => {
    await start();
    await started.deploy({ FunctionName }, { 'index.js': isBound });
    const AsyncTriggerConfig = { RetryConfig: [{ RetryNum }], MsgTTL: 600 };
    await started.done('UpdateFunctionEventInvokeConfig', { FunctionName, AsyncTriggerConfig });
    await started.done('CreateTrigger', { ...tick, TriggerDesc: '0 0 12 * * * *' });
    const failed = () =>
      started.lines.filter((line) => line.includes('UserCodeException') || line.includes('| 430'));
    started.clock.advance(4 * 3_600_000);
    for (let attempt = 1; attempt <= RetryNum + 1; attempt += 1) {
      await untilTrue(() => failed().length === attempt);
      const timers = 1;
      if (attempt <= RetryNum) await untilTrue(() => started.clock.pending() === timers + 1);
      started.clock.advance(60_000);
    }
    expect(failed()).toHaveLength(RetryNum + 1);
    const ids = failed().map((line) => /\(([0-9a-f-]{36})\)$/.exec(line)?.[1]);
    expect(new Set(ids).size).toBe(1);
  });
});

/** Lets the event loop turn until something is so. */
async function untilTrue(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

describe('an asynchronous Invoke', () => {
  it('is answered before it is run', async () => {
    await start();
    await started.deploy(
      { FunctionName },
      { 'index.js': 'exports.main_handler = async (e, c) => console.log(c.request_id);' },
    );
    const { FunctionRequestId, RetMsg } = await invoke({ InvocationType: 'Event' });
    expect(RetMsg).toBe('');
    await started.logged(`fine | ${FunctionRequestId}`);
  });
});

describe('a custom domain', () => {
  const endpoint = { Namespace: 'default', FunctionName, Qualifier: '$LATEST' };

  it('leads each path to the function of its rule, whole or rewritten', async () => {
    await start();
    const path = {
      'index.js':
        "exports.main_handler = async ({ path, queryString }) => [path, JSON.stringify(queryString)].join(' ');",
    };
    await started.deploy({ FunctionName }, path);
    await createUrl();
    await started.deploy({ FunctionName: 'stable-link' }, says('link'));
    await started.done('CreateTrigger', {
      FunctionName: 'stable-link',
      TriggerName: 'url',
      Type: 'http',
      TriggerDesc: httpDesc,
    });
    await started.done('CreateCustomDomain', {
      Domain: 'sign.example.com',
      Protocol: 'HTTPS',
      CertConfig: { CertificateId: 'made-up' },
      EndpointsConfig: [
        { ...endpoint, PathMatch: '/fine/*' },
        { ...endpoint, FunctionName: 'stable-link', PathMatch: '/s/*' },
        {
          ...endpoint,
          PathMatch: '/old/*',
          PathRewrite: [{ Path: '/old/*', Type: 'WildcardRules', Rewrite: '/fine/$' }],
        },
      ],
    });
    const at = (url: string) => get(`${started.url}${url}`, 'sign.example.com:443');
    expect((await at('/fine/a?b=1')).text).toBe('/fine/a {"b":"1"}');
    expect((await at('/old/a/b?c=2')).text).toBe('/fine/a/b {"c":"2"}');
    expect((await at('/s/slug')).text).toBe('link');
    expect((await at('/elsewhere')).status).toBe(404);
    expect(await started.done('ListTriggers', { FunctionName })).toMatchObject({
      Triggers: [{ BoundResources: '["sign.example.com"]' }],
    });
    await started.done('DeleteCustomDomain', { Domain: 'sign.example.com' });
    expect((await at('/s/slug')).status).toBe(404);
  });
});

describe('closing', () => {
  it('leaves no process, no port and no timer', async () => {
    await start();
    await started.deploy({ FunctionName }, { 'index.js': `${echo}\nconsole.log('pid ' + process.pid);` });
    const url = await createUrl();
    await started.done('CreateTrigger', {
      FunctionName,
      TriggerName: 't',
      Type: 'timer',
      TriggerDesc: '0 * * * * * *',
    });
    await fetch(url);
    await started.logged('fine | pid');
    const pid = Number(/pid (\d+)/.exec(started.lines.join('\n'))?.[1]);
    await started.management.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(fetch(url)).rejects.toThrow();
    expect(started.clock.pending()).toBe(0);
  });
});
