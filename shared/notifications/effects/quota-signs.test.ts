import { describe, expect, it } from 'vitest';
import { codeSuite } from '../../codes/testing/code-suite.ts';
import { upstreamId } from '../testing/messages.ts';
import { codeOf, eventsIn } from '../testing/seen.ts';

const { world } = codeSuite();

const nowS = () => world.clock.ms / 1000;
const quotaOf = async (codeId: string) => (await world.record(codeId)).organization?.quotaState;
const told = () => eventsIn(world, 'quota.');

/** Without a time, as of messages whose members are not published. */
const scanInVain = (qrCodeId: string) => world.receiver.notify('CreateFlowByQrCode', { QrCodeId: qrCodeId });

type Made = Awaited<ReturnType<typeof codeOf>>;
const started = ({ route }: Pick<Made, 'route'>, CreateOn: number, more: object = {}) =>
  world.receiver.notify(
    'FlowStatusChange',
    { FlowId: upstreamId('yDFl'), FlowCallbackStatus: 1, CreateOn, ...more },
    { route },
  );

/** An organisation whose last scan has failed just now. */
async function blocked(): Promise<Made> {
  const code = await codeOf(world);
  world.passS(1_000);
  await scanInVain(code.qrCodeId);
  expect(await quotaOf(code.codeId)).toBe('blocked');
  return code;
}

describe('a contract that was started after the last failure', () => {
  it('shows that there is quota again, by the time that its message says', async () => {
    const code = await blocked();
    world.passS(120);
    expect(await started(code, nowS())).toMatchObject({
      outcome: 'applied',
      reason: { code: 'ContractRestoredQuota' },
    });
    expect(await quotaOf(code.codeId)).toBe('ok');
    expect(await told()).toEqual(['quota.exhausted', 'quota.restored']);
  });

  it('shows it whatever became of it since, and however late that is heard', async () => {
    const code = await blocked();
    const startedS = nowS() + 120;
    world.passS(5 * 3600);
    await started(code, startedS, { FlowCallbackStatus: 4, OccurTime: nowS() });
    expect(await quotaOf(code.codeId)).toBe('ok');
  });

  it.each<[string, (failedS: number) => object]>([
    [
      'was started before it, and is signed since',
      (failedS) => ({ CreateOn: failedS - 5, FlowCallbackStatus: 4 }),
    ],
    ['was started in its minute: clocks differ', (failedS) => ({ CreateOn: failedS + 60 })],
    ['does not say when it was started', () => ({ CreateOn: null })],
  ])('is not one that %s', async (_, more) => {
    const code = await blocked();
    const failedS = nowS();
    world.passS(3_600);
    await started(code, failedS, { OccurTime: nowS(), ...more(failedS) });
    expect(await quotaOf(code.codeId)).toBe('blocked');
    expect(await told()).toEqual(['quota.exhausted']);
  });

  it('is not one whose code is a guess', async () => {
    const code = await blocked();
    world.passS(3_600);
    const known = {
      FlowId: upstreamId('yDFl'),
      TemplateId: 'template-a',
      FlowName: '入职合同',
      CreateOn: nowS(),
    };
    const route = { kind: 'application' } as const;
    for (const FlowCallbackStatus of [1, 2]) {
      await world.receiver.notify('FlowStatusChange', { ...known, FlowCallbackStatus }, { route });
    }
    expect(await quotaOf(code.codeId)).toBe('blocked');
  });
});

describe('a failure that does not say when it was', () => {
  it('opens no second block when it comes after the end of the first, and may be one of it', async () => {
    const code = await blocked();
    world.passS(120);
    await started(code, nowS());
    world.passS(1_800);
    expect(await scanInVain(code.qrCodeId)).toMatchObject({
      outcome: 'kept',
      reason: { code: 'QuotaLackOutdated' },
    });
    expect(await quotaOf(code.codeId)).toBe('ok');
    expect(await told()).toEqual(['quota.exhausted', 'quota.restored']);
  });

  it('opens one half an hour after that end, or at once where it says when it was', async () => {
    const code = await blocked();
    for (const [pauseS, more] of [
      [1_801, {}],
      [120, { OccurTime: 0 }],
    ] as const) {
      world.passS(120);
      await started(code, nowS());
      expect(await quotaOf(code.codeId)).toBe('ok');
      world.passS(pauseS);
      const time = 'OccurTime' in more ? { OccurTime: nowS() } : {};
      await world.receiver.notify('CreateFlowByQrCode', { QrCodeId: code.qrCodeId, ...time });
      expect(await quotaOf(code.codeId)).toBe('blocked');
    }
  });
});
