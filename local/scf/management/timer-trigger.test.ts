import { describe, expect, it } from 'vitest';
import { FunctionName, says, throws } from './deployed.test.kit.ts';
import { zipFile } from './management.test.kit.ts';
import { managementSuite } from './management-suite.test.kit.ts';

const { started, start } = managementSuite();

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
    await started.deploy({ FunctionName }, throws);
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
