import { describe, expect, it } from 'vitest';
import { TransportError } from '../../errors.ts';
import type { CodeKey } from '../ports.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { createRequest, dayS, startMs } from '../testing/world.ts';
import { cancelCode } from './cancel-code.ts';

const { world } = codeSuite();

type Call = Parameters<typeof world.fake.upstream.call>[2];

/** Cancels, within nine seconds; something happens between the note of the wish and the call. */
function cancel(codeId: string, happens: (call: Call) => Promise<unknown> = async () => undefined) {
  const upstream = {
    call: async (...args: Parameters<typeof world.fake.upstream.call>) => {
      await happens(args[2]);
      return world.fake.upstream.call(...args);
    },
  } as typeof world.fake.upstream; // the generic signature is that of what it wraps
  const key: CodeKey = { by: 'CodeId', value: codeId };
  const command = { key, scope: null, actor: 'key:test' };
  return cancelCode({ ...world.ports, upstream }, command, world.clock.ms + 9_000);
}

const callsOf = (action: string) => world.fake.calls.filter((call) => call.action.includes(action)).length;

describe('a cancel that a person has begun', () => {
  it('is not sent by the timer as well', async () => {
    const codeId = await world.createId();
    let timer: unknown;
    const result = await cancel(codeId, async () => {
      timer = await world.tick();
    });
    expect(timer).toMatchObject({ cancelled: 0, cancelsFailed: 0 });
    expect(result).toMatchObject({ alreadyInvalid: false });
  });

  it('and begun again after a failure is not sent by the timer as well', async () => {
    const codeId = await world.createId();
    world.fake.faults.push('unreachable');
    await expect(cancel(codeId)).rejects.toMatchObject({ code: 'UpstreamUnreachable' });
    world.passS(3600);
    let timer: unknown;
    const result = await cancel(codeId, async () => {
      timer = await world.tick();
    });
    expect(timer).toMatchObject({ cancelled: 0, cancelsFailed: 0 });
    expect(result).toMatchObject({ alreadyInvalid: false });
  });

  it('has two and a half seconds for writing down what was answered', async () => {
    const deadlines: number[] = [];
    await cancel(await world.createId(), async ({ deadlineMs }) => deadlines.push(deadlineMs));
    expect(deadlines).toEqual([startMs + 6_500]);
  });

  it('waits no longer for another, either', async () => {
    const codeId = await world.createId();
    let second: unknown;
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      second = await cancel(codeId).catch((error: unknown) => error);
    };
    await cancel(codeId);
    expect(second).toMatchObject({ code: 'StateConflict' });
    expect(world.clock.ms).toBe(startMs + 6_400);
  });

  it('is told once, by whom and with the last RequestId of upstream', async () => {
    const codeId = await world.createId();
    expect(await cancel(codeId)).toMatchObject({ upstreamRequestId: 'request-2', code: { version: 3 } });
    const again = await cancel(codeId);
    expect(again).toMatchObject({ alreadyInvalid: true, upstreamRequestId: null, code: { version: 3 } });
    expect((await world.events()).sort()).toEqual(['code.cancelled', 'code.created']);
    expect(await world.audits('code.cancelled')).toEqual(['key:test']);
  });

  it('is answered as the journal says where the timer has finished it', async () => {
    const codeId = await world.createId();
    const [alive] = world.fake.alive();
    let timer: unknown;
    const result = await cancel(codeId, async ({ onSend }) => {
      await onSend?.({ action: 'cancel', intervalUs: 1, horizonUs: 1_000_000 });
      await world.leasesRunOut();
      timer = await world.tick();
      throw new TransportError('UnknownOutcome', 'after-send');
    });
    expect(timer).toMatchObject({ cancelled: 1 });
    expect(result).toMatchObject({
      ...{ alreadyInvalid: false, cancelledQrCodeIds: [alive?.qrCodeId], upstreamRequestId: 'request-2' },
    });
  });

  it('ends the newest QR code, too, where the cancel of its predecessor is still open', async () => {
    const { code } = await world.create(createRequest(), { policy: { Predecessor: 'cancel' } });
    world.passS(6 * dayS);
    // Whether the timer comes to the cancel in this run or not.
    world.fake.faults.push('answer', 'unreachable');
    expect(await world.tick()).toMatchObject({ renewed: 1, cancelled: 0 });
    world.fake.faults.length = 0;
    expect(world.fake.alive()).toHaveLength(2);
    expect((await cancel(code.codeId)).cancelledQrCodeIds).toHaveLength(2);
    expect(world.fake.alive()).toEqual([]);
  });

  it('fences off a renewal that is on its way', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      await cancel(codeId);
    };
    await world.tick();
    expect((await world.record(codeId)).code).toMatchObject({ state: 'Cancelled', generationsMade: 1 });
  });

  it('of several QR codes is tried for each, and fails where one does', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    await world.tick();
    const [older, newer] = world.fake.alive().map(({ qrCodeId }) => qrCodeId);
    world.fake.faults.push({ refuse: 'FailedOperation' });
    await expect(cancel(codeId)).rejects.toMatchObject({ code: 'FailedOperation' });
    expect(world.fake.alive().map(({ qrCodeId }) => qrCodeId)).toEqual([older]);
    // What is open is tried again, and nothing is begun twice.
    const again = await cancel(codeId);
    expect(again).toMatchObject({ alreadyInvalid: false, cancelledQrCodeIds: [older] });
    expect(callsOf('Cancel')).toBe(3);
    expect((await world.journal()).filter(({ qrCodeId }) => qrCodeId === newer)).toHaveLength(2);
  });

  it('has to wait for the create to be settled, which takes a minute', async () => {
    let refused: unknown;
    world.fake.hooks.beforeAnswer = async () => {
      refused = await cancel((await world.journal())[0]?.codeId ?? '').catch((error: unknown) => error);
    };
    await world.create();
    expect(refused).toMatchObject({ code: 'StateConflict', retryAfterS: 60 });
  });
});
