import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../cloud-api/merge-patch.ts';
import { createEmulator } from '../create-emulator.ts';
import { cancelledCodeId, expiredCodeId, foreignCodeId, usedUpCodeId } from '../seeds/codes.ts';
import { createCode, resultOf } from '../signed-call.test.kit.ts';

const emulator = createEmulator({ seed: 1, speed: 0 });
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const cancel = (QrCodeId: string, patch: { readonly [name: string]: Json } = {}) =>
  resultOf(url, 'ChannelCancelMultiFlowSignQRCode', { ...patch, QrCodeId });

describe('a cancel', () => {
  it('kills a living code', async () => {
    const { QrCode } = await createCode(url);
    expect(await cancel(QrCode.QrCodeId)).toBe('ok');
    expect(emulator.codes.get(QrCode.QrCodeId)).toMatchObject({ cancelledAtS: emulator.clock.nowS() });
    expect(emulator.scan(QrCode.QrCodeId)).toMatchObject({ Refused: { reason: 'cancelled' } });
  });

  it.each([
    ['cancelled', cancelledCodeId],
    ['expired', expiredCodeId],
    ['used up', usedUpCodeId],
  ])('of a code that is %s is refused, and the journal says why', async (_, QrCodeId) => {
    expect(await cancel(QrCodeId)).toBe('OperationDenied.QrInvalid');
    expect(emulator.journal.list().at(-1)?.reason).toMatch(/^The code is dead: it/);
  });

  it('lives and dies with the virtual clock, to the second', async () => {
    const [first, second] = [await createCode(url), await createCode(url)];
    emulator.clock.set(first.QrCode.ExpiredTime * 1000 - 1);
    expect(await cancel(first.QrCode.QrCodeId)).toBe('ok');
    emulator.clock.advance(1);
    expect(await cancel(second.QrCode.QrCodeId)).toBe('OperationDenied.QrInvalid');
  });

  it('does not know a code of another organisation, nor of another application', async () => {
    expect(await cancel(foreignCodeId)).toBe('InvalidParameter.DataNotFound');
    const Agent = {
      AppId: 'test',
      ProxyOrganizationOpenId: 'test',
      ProxyOperator: { OpenId: 'test' },
    };
    const { QrCode } = await createCode(url);
    expect(await cancel(QrCode.QrCodeId, { Agent })).toBe('InvalidParameter.DataNotFound');
    expect(await cancel(QrCode.QrCodeId)).toBe('ok');
  });
});
