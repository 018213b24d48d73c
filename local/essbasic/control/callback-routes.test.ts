import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmulator } from '../create-emulator.ts';
import { control, createCode } from '../signed-call.test.kit.ts';

const emulator = createEmulator({ seed: 1, startMs: 1e12, speed: 0 });
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('callbacks', () => {
  const nobody = 'http://127.0.0.1:1/';

  it('are configured, and neither key nor token is shown', async () => {
    const secrets = { keys: ['K'.repeat(32)], tokens: ['a-secret-token'] };
    const change = {
      urls: [nobody],
      ...secrets,
      targets: 'both',
      shape: 'nested',
      misbehaviour: { duplicates: 0.5 },
    };
    const { status, body } = await control(url, 'POST', 'callbacks', change);
    expect(status).toBe(200);
    const settings = { urls: [nobody], keys: 1, tokens: 1, targets: 'both', shape: 'nested' };
    expect(body).toMatchObject({ settings });
    const shown = (await control(url, 'GET', 'callbacks')).body;
    expect(shown).toMatchObject({ settings, outbox: [] });
    expect(JSON.stringify([body, shown])).not.toMatch(/KKKK|a-secret/);
    await control(url, 'POST', 'reset');
    expect((await control(url, 'GET', 'callbacks')).body).toMatchObject({ settings: { urls: [], keys: 0 } });
  });

  it('wait in the outbox, and each attempt is shown with the next', async () => {
    await control(url, 'POST', 'callbacks', { urls: [nobody] });
    const { QrCode } = await createCode(url);
    await control(url, 'POST', 'scan', { QrCodeId: QrCode.QrCodeId, person: { Name: '周虚构' } });
    expect(await control(url, 'POST', 'callbacks', { deliver: true })).toMatchObject({ body: { posts: 2 } });
    const { body } = await control(url, 'GET', 'callbacks?MsgType=FlowStatusChange');
    expect(body).toMatchObject({
      counts: { messages: 2, waiting: 2, attempts: 2 },
      outbox: [
        {
          MsgType: 'FlowStatusChange',
          QrCodeId: QrCode.QrCodeId,
          at: '2001-09-09T01:46:40.000Z',
          deliveries: [
            {
              url: nobody,
              state: 'waiting',
              next: '2001-09-09T01:46:55.000Z',
              attempts: [{ at: '2001-09-09T01:46:40.000Z', error: 'ECONNREFUSED' }],
            },
          ],
        },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('周虚构');
    const named = await control(url, 'GET', `callbacks?QrCodeId=${QrCode.QrCodeId}&data=true`);
    expect(JSON.stringify(named.body)).toContain('周虚构');
  });

  it('are sent by hand, and addresses are tried', async () => {
    expect(await control(url, 'POST', 'callbacks', { send: { MsgType: 'X' } })).toMatchObject({
      body: { sent: null },
    });
    await control(url, 'POST', 'callbacks', { urls: [nobody] });
    const send = { MsgType: 'TemplateDelete', MsgId: 'mine', MsgData: { TemplateId: 'x' } };
    expect(await control(url, 'POST', 'callbacks', { send })).toMatchObject({ body: { sent: 'mine' } });
    expect(emulator.callbacks.messages()).toMatchObject([{ envelope: send }]);
    expect(await control(url, 'POST', 'callbacks', { probe: 'empty' })).toMatchObject({
      body: { probed: [{ url: nobody, error: 'ECONNREFUSED' }] },
    });
  });

  it.each([
    [{}, ''],
    [{ urls: ['ftp://x/'] }, 'urls.0'],
    [{ keys: ['short'] }, 'keys.0'],
    [{ misbehaviour: { duplicates: 7 } }, 'misbehaviour.duplicates'],
    [{ probe: 'loud' }, 'probe'],
    [{ send: {} }, 'send.MsgType'],
    [{ urls: [], speed: 1 }, 'speed'],
  ])('refuse %j and change nothing', async (value, path) => {
    const before = emulator.callbacks.settings();
    expect(await control(url, 'POST', 'callbacks', value)).toMatchObject({
      status: 400,
      body: { errors: [{ path }] },
    });
    expect(emulator.callbacks.settings()).toEqual(before);
  });
});
