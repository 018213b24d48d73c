/** What a deployer has to get along with: states that take time, acts that fail, and answers unlike what was sent. */
import { afterEach, describe, expect, it } from 'vitest';
import { emptyZip, httpDesc } from './good-requests.ts';
import { type StartedManagement, startManagement } from './management.test.kit.ts';

let started: StartedManagement;
const start = async (options: Parameters<typeof startManagement>[0] = {}) => {
  started = await startManagement(options);
};
afterEach(async () => {
  await started.management.close();
  expect(started.lines.filter((line) => line.startsWith('defect'))).toEqual([]);
});

const FunctionName = 'fine';
const code = { Code: { ZipFile: emptyZip } };
const created = { FunctionName, Runtime: 'Nodejs20.19', ...code };
const statusNow = async (Qualifier = '$LATEST') => {
  const { Status, Error: refused } = await started.call('GetFunction', { FunctionName, Qualifier });
  return Status ?? refused?.Code;
};

describe('a creation', () => {
  it('is seen so many times before it is over', async () => {
    await start({ settling: { polls: 3 } });
    await started.done('CreateFunction', created);
    const seen = [await statusNow(), await statusNow(), await statusNow(), await statusNow()];
    expect(seen).toEqual(['Creating', 'Creating', 'Creating', 'Active']);
  });

  it('comes to its end for those, too, who only try again', async () => {
    await start({ settling: { polls: 2 } });
    await started.done('CreateFunction', created);
    const update = () => started.resultOf('UpdateFunctionCode', { FunctionName, ZipFile: emptyZip });
    expect([await update(), await update(), await update()]).toEqual([
      'FailedOperation.UpdateFunctionCode',
      'FailedOperation.UpdateFunctionCode',
      'ok',
    ]);
  });

  it('that fails can be neither updated nor repeated, but deleted', async () => {
    await start();
    const reason = { ErrorCode: 'FailedOperation.ClsServiceUnregistered', ErrorMessage: 'CLS is not open' };
    started.management.failures.add({ act: 'create', functionName: FunctionName, reason });
    await started.done('CreateFunction', created);
    expect(await started.done('GetFunction', { FunctionName })).toMatchObject({
      Status: 'CreateFailed',
      StatusDesc: 'CLS is not open',
      StatusReasons: [reason],
    });
    const refused = await started.call('UpdateFunctionCode', { FunctionName, ZipFile: emptyZip });
    expect(refused.Error).toMatchObject({
      Code: 'FailedOperation.UpdateFunctionCode',
      Message: expect.stringContaining('CreateFailed'),
    });
    expect(await started.resultOf('CreateFunction', created)).toBe('ResourceInUse.FunctionName');
    await started.done('DeleteFunction', { FunctionName });
    expect(await statusNow()).toBe('ResourceNotFound.Function');
    await started.done('CreateFunction', created);
    expect(await statusNow()).toBe('Active');
  });

  it('fails for the function that it is to fail for, as often as it is to', async () => {
    await start();
    started.management.failures.add({ act: 'create', functionName: 'other', count: 2 });
    await started.done('CreateFunction', created);
    expect(await statusNow()).toBe('Active');
  });
});

describe('a deletion', () => {
  it('takes its time, in which the name is not free', async () => {
    await start({ settling: { ms: 1000 } });
    await started.done('CreateFunction', created);
    started.clock.advance(1000);
    await started.done('DeleteFunction', { FunctionName });
    expect(await statusNow()).toBe('Deleting');
    expect(await started.resultOf('CreateFunction', created)).toBe('ResourceInUse.FunctionName');
    started.clock.advance(1000);
    expect(await started.resultOf('CreateFunction', created)).toBe('ok');
  });

  it('can fail, and can be repeated', async () => {
    await start();
    await started.done('CreateFunction', created);
    await statusNow();
    started.management.failures.add({ act: 'delete' });
    await started.done('DeleteFunction', { FunctionName });
    expect(await statusNow()).toBe('DeleteFailed');
    await started.done('DeleteFunction', { FunctionName });
    expect(await statusNow()).toBe('ResourceNotFound.Function');
  });

  it('of a version is refused while an alias leads to it', async () => {
    await start();
    await started.done('CreateFunction', created);
    await statusNow();
    await started.done('PublishVersion', { FunctionName });
    await statusNow('1');
    await started.done('CreateAlias', { FunctionName, Name: 'live', FunctionVersion: '1' });
    const version = { FunctionName, Qualifier: '1' };
    expect(await started.resultOf('DeleteFunction', version)).toBe('UnsupportedOperation.AliasBind');
    await started.done('UpdateAlias', { FunctionName, Name: 'live', FunctionVersion: '$LATEST' });
    await started.done('DeleteFunction', version);
    expect(await statusNow('1')).toBe('ResourceNotFound.Version');
    expect(await statusNow()).toBe('Active');
  });
});

describe('publishing', () => {
  it('is refused while another is under way, and can fail', async () => {
    await start({ settling: { ms: 1000 } });
    await started.done('CreateFunction', created);
    started.clock.advance(1000);
    started.management.failures.add({ act: 'publish' });
    expect(await started.done('PublishVersion', { FunctionName })).toMatchObject({ FunctionVersion: '1' });
    expect(await started.resultOf('PublishVersion', { FunctionName })).toBe('FailedOperation.PublishVersion');
    started.clock.advance(1000);
    expect(await statusNow('1')).toBe('PublishFailed');
    expect(await started.done('PublishVersion', { FunctionName })).toMatchObject({ FunctionVersion: '2' });
  });
});

describe('the environment', () => {
  const variablesNow = async () => {
    const { Environment } = await started.done('GetFunction', { FunctionName });
    return (Environment as { Variables: { Key: string; Value: string }[] }).Variables; // as the API answers it
  };
  const change = async (request: object) => {
    await started.done('UpdateFunctionConfiguration', { FunctionName, ...request });
    await statusNow();
  };
  const of = (...pairs: [string, string][]) => ({
    Environment: { Variables: pairs.map(([Key, Value]) => ({ Key, Value })) },
  });

  it('is replaced as a whole, left alone, or cleared by one empty key', async () => {
    await start();
    await started.done('CreateFunction', { ...created, ...of(['AA', '1'], ['BB', '2']) });
    await statusNow();
    await change({ Timeout: 5 });
    expect(await variablesNow()).toHaveLength(2);
    await change(of(['BB', '3']));
    expect(await variablesNow()).toEqual([{ Key: 'BB', Value: '3' }]);
    await change({ Environment: { Variables: [] } });
    expect(await variablesNow()).toHaveLength(1);
    await change(of(['', '']));
    expect(await variablesNow()).toEqual([]);
    expect(await started.done('GetFunction', { FunctionName })).toMatchObject({
      Timeout: 5,
      MemorySize: 128,
    });
  });

  it('holds 4096 bytes, keys and values together', async () => {
    await start();
    await started.done('CreateFunction', created);
    await statusNow();
    const asked = (bytes: number) =>
      started.resultOf('UpdateFunctionConfiguration', { FunctionName, ...of(['AA', 'x'.repeat(bytes - 2)]) });
    expect(await asked(4097)).toBe('InvalidParameterValue.EnvironmentExceededLimit');
    expect(await asked(4096)).toBe('ok');
  });
});

describe('a Function URL', () => {
  const urlNow = async () => {
    const { Triggers } = await started.done('ListTriggers', { FunctionName });
    const [trigger] = Triggers as { TriggerDesc: string }[]; // as the API answers it
    return (JSON.parse(trigger?.TriggerDesc ?? '') as { NetConfig: { ExtranetUrl: string } }).NetConfig
      .ExtranetUrl;
  };
  const trigger = { FunctionName, TriggerName: 'url', Type: 'http', TriggerDesc: httpDesc };

  it('is shown late, and stays the same whatever changes', async () => {
    await start({ urlPolls: 2 });
    await started.done('CreateFunction', created);
    await statusNow();
    await started.done('CreateTrigger', trigger);
    const seen = [await urlNow(), await urlNow(), await urlNow()];
    expect(seen.slice(0, 2)).toEqual(['', '']);
    expect(seen[2]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const desc = { ...(JSON.parse(httpDesc) as object), AuthType: 'CAM' };
    await started.done('UpdateTrigger', { ...trigger, TriggerDesc: JSON.stringify(desc) });
    await started.done('UpdateFunctionCode', { FunctionName, ZipFile: emptyZip });
    await statusNow();
    expect(await urlNow()).toBe(seen[2]);
  });

  it('belongs to one version or alias, of which each has its own', async () => {
    await start();
    await started.done('CreateFunction', created);
    await statusNow();
    await started.done('CreateTrigger', trigger);
    await started.done('CreateTrigger', { ...trigger, Qualifier: '$DEFAULT' });
    const { triggers = [] } = started.management.state().functions[0] ?? {};
    expect(triggers.map(({ qualifier }) => qualifier)).toEqual(['$LATEST', '$DEFAULT']);
    expect(new Set(triggers.map(({ leads }) => leads)).size).toBe(2);
    expect(
      await started.done('ListTriggers', {
        FunctionName,
        Filters: [{ Name: 'Qualifier', Values: ['$DEFAULT'] }],
      }),
    ).toMatchObject({
      TotalCount: 1,
    });
  });
});

describe('lists', () => {
  it('come in pages, in order, and filtered', async () => {
    await start();
    for (const name of ['aa', 'ab', 'bb']) {
      await started.done('CreateFunction', { ...created, FunctionName: name, Description: `of ${name}` });
      started.clock.advance(1000);
    }
    const names = async (request: object) => {
      const { Functions } = await started.done('ListFunctions', request);
      return (Functions as { FunctionName: string }[]).map((fn) => fn.FunctionName); // as the API answers it
    };
    expect(await names({})).toEqual(['bb', 'ab', 'aa']);
    expect(await names({ Orderby: 'FunctionName', Order: 'ASC' })).toEqual(['aa', 'ab', 'bb']);
    expect(await names({ Offset: 1, Limit: 1 })).toEqual(['ab']);
    expect(await names({ SearchKey: 'b' })).toEqual(['bb', 'ab']);
    expect(await names({ Description: 'of a' })).toEqual(['ab', 'aa']);
    expect(await names({ Filters: [{ Name: 'Status', Values: ['Creating'] }] })).toEqual([]);
  });

  it('are of the one namespace that there is', async () => {
    await start();
    await started.done('CreateFunction', created);
    expect(await started.done('ListFunctions', { Namespace: 'default' })).toMatchObject({ TotalCount: 1 });
    expect(await started.resultOf('ListFunctions', { Namespace: 'dev' })).toBe('ResourceNotFound.Namespace');
  });
});
