/** Which code runs while a function is changed, and behind an alias. */
import { describe, expect, it } from 'vitest';
import { createUrl, FunctionName, invoke, says } from './deployed.test.kit.ts';
import { zipFile } from './management.test.kit.ts';
import { managementSuite } from './management-suite.test.kit.ts';

const { started, start } = managementSuite();

describe('an update', () => {
  it('takes effect when it has come to its end: until then, and where it fails, the old code runs', async () => {
    await start({ settling: { ms: 1000 } });
    await started.done('CreateFunction', {
      FunctionName,
      Runtime: 'Nodejs20.19',
      Code: zipFile(says('old')),
    });
    started.clock.advance(1000);
    const url = await createUrl(started);
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
    expect((await invoke(started, { Qualifier: '1' })).RetMsg).toBe('"new"');
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
    expect((await invoke(started, { Qualifier: '$DEFAULT' })).RetMsg).toBe('"one"');
    const RoutingConfig = { AdditionalVersionWeights: [{ Version: '2', Weight: 0.5 }] };
    await started.done('UpdateAlias', {
      FunctionName,
      Name: '$DEFAULT',
      FunctionVersion: '1',
      RoutingConfig,
    });
    const heard = new Set<string>();
    for (let number = 0; number < 20; number += 1)
      heard.add((await invoke(started, { Qualifier: '$DEFAULT' })).RetMsg);
    expect([...heard].sort()).toEqual(['"one"', '"two"']);
    await started.done('UpdateAlias', { FunctionName, Name: '$DEFAULT', FunctionVersion: '2' });
    expect(await started.done('GetAlias', { FunctionName, Name: '$DEFAULT' })).toMatchObject({
      FunctionVersion: '2',
      RoutingConfig: { AdditionalVersionWeights: [] },
    });
  });
});
