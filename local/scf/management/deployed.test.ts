/** What is deployed to the stand-in really runs. */
import { describe, expect, it } from 'vitest';
import { createUrl, FunctionName, invoke, says, throws } from './deployed.test.kit.ts';
import { httpDesc } from './good-requests.ts';
import { echo } from './management.test.kit.ts';
import { managementSuite } from './management-suite.test.kit.ts';

const { started, start } = managementSuite();

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
    const result = await invoke(started, { ClientContext: '{"a":1}', LogType: 'Tail' });
    expect(JSON.parse(result.RetMsg)).toEqual({ event: { a: 1 }, memory: 512, ms: 7000, variable: '一' });
    expect(result).toMatchObject({ InvokeResult: 0, ErrMsg: '', Log: 'fine | seen' });
    expect(result.MemUsage).toBeGreaterThan(2 ** 20);
  });

  it('that throws is told in each member that a client may look at', async () => {
    await start();
    await started.deploy({ FunctionName }, throws);
    const { RetMsg, ErrMsg, InvokeResult } = await invoke(started);
    expect(JSON.parse(RetMsg)).toMatchObject({ statusCode: 430, errorMessage: 'user code exception caught' });
    expect({ ErrMsg, InvokeResult }).toEqual({ ErrMsg: 'user code exception caught', InvokeResult: 1 });
  });

  it('without the handler is deployed, and says so when it is run', async () => {
    await start();
    await started.deploy({ FunctionName }, { 'other.js': '' });
    expect(JSON.parse((await invoke(started)).RetMsg)).toMatchObject({ statusCode: 437 });
  });

  it('answers under its own address, and no longer when the trigger is gone', async () => {
    await start();
    await started.deploy({ FunctionName });
    const url = await createUrl(started);
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
    const answer = await fetch(await createUrl(started, { ApiGwCompatible: true }));
    expect(await answer.json()).toMatchObject({ event: { isBase64Encoded: false, requestContext: {} } });
  });

  it('is not reached by a URL that is closed, has no public access, or asks for a signature', async () => {
    await start();
    await started.deploy({ FunctionName });
    const url = await createUrl(started);
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
    const url = await createUrl(started, { CorsConfig });
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
    expect(JSON.parse((await invoke(started)).RetMsg)).toMatchObject({ statusCode: 432 });
    await started.done('PutReservedConcurrencyConfig', { FunctionName, ReservedConcurrencyMem: 128 });
    expect((await invoke(started)).RetMsg).toBe('"x"');
    await started.done('DeleteReservedConcurrencyConfig', { FunctionName });
    expect(await started.done('GetReservedConcurrencyConfig', { FunctionName })).toMatchObject({
      ReservedMem: null,
    });
  });
});

describe('an asynchronous Invoke', () => {
  it('is answered before it is run', async () => {
    await start();
    await started.deploy(
      { FunctionName },
      { 'index.js': 'exports.main_handler = async (e, c) => console.log(c.request_id);' },
    );
    const { FunctionRequestId, RetMsg } = await invoke(started, { InvocationType: 'Event' });
    expect(RetMsg).toBe('');
    await started.logged(`fine | ${FunctionRequestId}`);
  });
});

describe('closing', () => {
  it('leaves no process, no port and no timer', async () => {
    await start();
    await started.deploy({ FunctionName }, { 'index.js': `${echo}\nconsole.log('pid ' + process.pid);` });
    const url = await createUrl(started);
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
