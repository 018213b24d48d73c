import { afterAll, beforeAll, expect, it } from 'vitest';
import { credentials } from '../cloud-api/credentials.ts';
import { createEmulator } from '../essbasic/create-emulator.ts';
import { emulatedTarget } from './emulated-target.ts';
import { realTarget, testHost } from './real-target.ts';

const emulator = createEmulator({ seed: 1 });
let url = '';
beforeAll(async () => {
  ({ url } = await emulator.listen());
});
afterAll(() => emulator.close());

it('a real host is asked slowly, and keeps no code that a case has made', async () => {
  const { having, close } = await emulatedTarget();
  await close();
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  const target = realTarget({ credentials: credentials[0], having, perSecond: 5, pause }, url);
  const { AppId, ProxyOrganizationOpenId, OpenId, TemplateId } = having;
  const Agent = { AppId, ProxyOrganizationOpenId, ProxyOperator: { OpenId } };
  const create = { Agent, TemplateId, FlowName: 'x' };
  expect(await target.call('ChannelCreateMultiFlowSignQRCode', create)).toBeUndefined();
  expect(await target.call('ChannelCreateMultiFlowSignQRCode', { ...create, FlowName: 7 })).toBe(
    'InvalidParameter',
  );
  expect(emulator.journal.list().map(({ action }) => action)).toEqual([
    'ChannelCreateMultiFlowSignQRCode',
    'ChannelCancelMultiFlowSignQRCode',
    'ChannelCreateMultiFlowSignQRCode',
  ]);
  expect(pauses).toEqual([200, 200, 200]);
  expect(new URL(testHost).host).toBe('essbasic.test.ess.tencent.cn');
});
