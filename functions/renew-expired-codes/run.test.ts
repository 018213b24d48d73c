import { beforeEach, describe, expect, it } from 'vitest';
import { codeSuite } from '../../shared/codes/testing/code-suite.ts';
import { alteredUpstream } from '../../shared/codes/testing/varied-upstream.ts';
import { dayS } from '../../shared/codes/testing/world.ts';
import { Failure } from '../../shared/errors.ts';
import { run } from './run.ts';

const { world } = codeSuite();
beforeEach(async () => {
  lines.length = 0;
});

const lines: object[] = [];
const log = { warn: (message: string, fields = {}) => void lines.push({ message, ...fields }) };
const at = (ms = 60_000) => ({ deadlineMs: world.clock.ms + ms, log });
const away = () => Promise.reject(new Failure('DatabaseUnavailable', { detail: 'statement timeout' }));
const type = 'MultiFlowSignQrCodeCost';

/** A due code, and a message whose effect is to be tried again. */
async function dueWork() {
  const { code } = await world.create();
  const ports = { ...world.ports, ...world.receiver.ports, actor: 'test' };
  const route = { kind: 'code', token: code.callbackToken, generation: 2 } as const;
  await world.receiver.notify(type, {}, { route });
  world.passS(6 * dayS);
  return { code, ports };
}

describe('renew-expired-codes', () => {
  it('retries notifications and renews codes', async () => {
    const { ports } = await dueWork();
    expect(await run(ports, at())).toMatchObject({ renewed: 1, retried: 0, retriesFailed: 1 });
    world.passS(120);
    expect(await run(ports, at())).toMatchObject({ renewed: 0, retried: 1, retriesFailed: 0 });
    expect(lines).toEqual([]);
  });

  it.each(['reviveLinked', 'provenOrganizations'] as const)('renews although %s fails', async (name) => {
    const { ports } = await dueWork();
    const notifications = { ...ports.notifications, [name]: away };
    expect(await run({ ...ports, notifications }, at())).toMatchObject({ renewed: 1, retriesFailed: 1 });
    expect(lines).toMatchObject([{ message: 'survived' }]);
  });

  it('renews although no notification can be claimed, and fails afterwards', async () => {
    const { code, ports } = await dueWork();
    const notifications = { ...ports.notifications, claimPending: away };
    await expect(run({ ...ports, notifications }, at())).rejects.toMatchObject({
      code: 'DatabaseUnavailable',
    });
    expect((await world.record(code.codeId)).code.generationsMade).toBe(2);
    expect(lines).toMatchObject([{ message: 'done in part', result: { renewed: 1 } }]);
  });

  it('retries notifications although nothing can be renewed, and fails afterwards', async () => {
    const { ports } = await dueWork();
    const register = { ...ports.register, claimDue: away };
    await expect(run({ ...ports, register }, at())).rejects.toMatchObject({ code: 'DatabaseUnavailable' });
    expect(lines).toMatchObject([{ message: 'done in part', result: { failed: 1 } }]);
  });

  it('renews although one notification takes all the time', async () => {
    const { code, ports } = await dueWork();
    let isRenewed = () => {};
    const renewed = new Promise<void>((resolve) => {
      isRenewed = resolve;
    });
    world.fake.hooks.beforeAnswer = async () => isRenewed();
    const notifications = {
      ...ports.notifications,
      body: async (id: string) => {
        await renewed;
        return ports.notifications.body(id);
      },
    };
    await run({ ...ports, notifications }, at());
    expect((await world.record(code.codeId)).code.generationsMade).toBe(2);
  });

  it('tells the log the ids of an answer that cannot be read', async () => {
    const { ports } = await dueWork();
    const upstream = alteredUpstream(world.fake.upstream, (answer) => ({
      body: JSON.stringify(answer).replace(/"QrCodeId":"\w+",/, ''),
    }));
    expect(await run({ ...ports, upstream }, at())).toMatchObject({ unknown: 1 });
    expect(lines).toMatchObject([
      { message: 'survived', step: 'renew', codeId: expect.any(String), upstreamRequestId: 'request-2' },
    ]);
  });

  it('leaves notifications to the next run when time is over', async () => {
    const { ports } = await dueWork();
    expect(await run(ports, at(3000))).toMatchObject({ retried: 0, retriesFailed: 0, ended: 'time' });
  });
});
