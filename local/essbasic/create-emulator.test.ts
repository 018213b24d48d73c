import { afterEach, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator, type EmulatorOptions } from './create-emulator.ts';
import { exampleAgent } from './seeds/organisations.ts';
import { call, createCode, requestFor, resultOf } from './signed-call.test.kit.ts';

const open: Emulator[] = [];
afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

async function start(options: EmulatorOptions = {}) {
  const emulator = createEmulator(options);
  open.push(emulator);
  const { url, port } = await emulator.listen();
  return { emulator, url, port };
}

describe('the emulator', () => {
  it('listens where it is told, and says where', async () => {
    const { port, url } = await start();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    await expect(createEmulator().listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('closes with connections open, can be closed twice, and listens again', async () => {
    const { emulator, url } = await start();
    // fetch keeps its connection alive.
    await (await fetch(`${url}/_emulator/clock`)).text();
    await emulator.close();
    await emulator.close();
    await expect(fetch(`${url}/_emulator/clock`)).rejects.toThrow();
    const again = await emulator.listen();
    expect(await resultOf(again.url, 'DescribeTemplates')).toBe('ok');
  });

  it('refuses to listen twice at once', async () => {
    const { emulator } = await start();
    await expect(emulator.listen()).rejects.toMatchObject({ code: 'StateConflict' });
  });
});

describe('the same seed', () => {
  const options = { seed: 42, startMs: Date.parse('2026-11-24T00:00:00Z'), speed: 0 };

  /** Everything that is answered to a series of requests, ports aside. */
  async function story(url: string): Promise<string> {
    const action = 'ChannelCreateMultiFlowSignQRCode';
    const answers = [
      await call(url, action, requestFor(action)),
      await call(url, action, requestFor(action, { FlowName: null })),
      await call(url, 'DescribeTemplates', requestFor('DescribeTemplates')),
      await call(url, action, requestFor(action)),
    ];
    return JSON.stringify(answers).replaceAll(url, 'URL');
  }

  it('makes the same answers', async () => {
    const [one, other] = [await start(options), await start(options)];
    expect(await story(one.url)).toBe(await story(other.url));
    one.emulator.reset();
    const again = await story(one.url);
    other.emulator.reset({ seed: 42 });
    expect(await story(other.url)).toBe(again);
  });

  it('and another one makes others, as does none', async () => {
    const stories = new Set<string>();
    for (const seed of [42, 43]) stories.add(await story((await start({ ...options, seed })).url));
    const { seed: _, ...unseeded } = options;
    for (const unseededRun of [unseeded, unseeded]) stories.add(await story((await start(unseededRun)).url));
    expect(stories.size).toBe(4);
  });
});

describe('a snapshot', () => {
  it('brings back codes, quota, templates, the clock and what comes next', async () => {
    const { emulator, url } = await start({ seed: 1, speed: 0 });
    const { QrCode } = await createCode(url);
    emulator.scan(QrCode.QrCodeId, { count: 3 });
    // As text, which is how a file keeps it.
    const kept: unknown = JSON.parse(JSON.stringify(emulator.snapshot()));
    const next = (await createCode(url)).QrCode.QrCodeId;

    emulator.reset({ seed: 9 });
    emulator.clock.advance(1e9);
    emulator.templates.remove('test');
    emulator.restore(kept);
    expect(emulator.snapshot()).toEqual(kept);
    expect(emulator.codes.get(QrCode.QrCodeId)).toMatchObject({ used: 3 });
    expect((await createCode(url)).QrCode.QrCodeId).toBe(next);
  });

  it('of another emulator is as good', async () => {
    const [one, other] = [await start(), await start()];
    const { QrCode } = await createCode(one.url);
    other.emulator.restore(one.emulator.snapshot());
    expect(await resultOf(other.url, 'ChannelCancelMultiFlowSignQRCode', { QrCodeId: QrCode.QrCodeId })).toBe(
      'ok',
    );
    expect(one.emulator.codes.get(QrCode.QrCodeId)).not.toHaveProperty('cancelledAtS');
  });

  it('keeps contracts, what is planned of them, and the notifications', async () => {
    const { emulator, url } = await start({ seed: 1, speed: 0, callbackUrls: ['http://receiver.test/'] });
    const { QrCode } = await createCode(url);
    emulator.crowd(QrCode.QrCodeId, { people: 3, overS: 60, signing: { sign: 1 } });
    emulator.clock.advance(30_000);
    const kept: unknown = JSON.parse(JSON.stringify(emulator.snapshot()));
    const { emulator: other } = await start({ post: async () => ({ status: 200 }) });
    other.restore(kept);
    expect(other.snapshot()).toEqual(kept);
    await other.callbacks.settle();
    expect(other.contracts.list(QrCode.QrCodeId)).toMatchObject(Array(3).fill({ state: 'ALL' }));
  });

  it('of an older emulator, which kept no contracts, is as good', async () => {
    const { emulator } = await start({ seed: 1, speed: 0 });
    const {
      contracts: _,
      plans: _plans,
      quotaBlocks: _blocks,
      messages: _messages,
      ...older
    } = emulator.snapshot();
    const { messages: _ids, crowds: _crowds, ...random } = older.random;
    emulator.restore({ ...older, random });
    expect(emulator.snapshot()).toMatchObject({ ...older, random: { ...random, messages: 0, crowds: 0 } });
    expect(emulator.contracts.list()).toEqual([]);
  });

  it('that is none changes nothing, and every problem is named', async () => {
    const { emulator } = await start({ speed: 0 });
    const before = emulator.snapshot();
    const broken = { ...before, version: 2, clock: { ...before.clock, speed: -1 }, codes: [{}], more: 1 };
    const paths = (act: () => void) => {
      try {
        act();
      } catch (error) {
        return (error as { problems: { path: string }[] }).problems.map(({ path }) => path); // a Failure
      }
      return [];
    };
    expect(paths(() => emulator.restore(broken))).toEqual(
      expect.arrayContaining(['version', 'clock.speed', 'codes.0.QrCodeId', 'more']),
    );
    expect(emulator.snapshot()).toEqual(before);
  });

  it('and all else that comes out is a copy', async () => {
    const { emulator } = await start({ speed: 0 });
    const before = emulator.snapshot();
    for (const code of emulator.codes.list()) code.used = 1000;
    for (const organisation of emulator.organisations.list()) organisation.quota = 0;
    for (const { template } of emulator.templates.list()) template.Available = 2;
    for (const code of emulator.snapshot().codes) code.used = 1000;
    expect(emulator.snapshot()).toEqual(before);
  });
});

describe('a reset', () => {
  it('brings back the seeds, the clock, and forgets faults, requests and their number', async () => {
    const { emulator, url } = await start({ seed: 1, startMs: 1e12, speed: 0 });
    const seeds = emulator.snapshot();
    for (let index = 0; index < 20; index += 1) await createCode(url);
    expect(await resultOf(url, 'ChannelCreateMultiFlowSignQRCode')).toBe('RequestLimitExceeded');
    emulator.organisations.setQuota(exampleAgent, 0);
    emulator.clock.setSpeed(7);
    emulator.faults.add({ drop: 'before' });
    emulator.reset();
    expect({ ...emulator.snapshot(), clock: 0 }).toEqual({ ...seeds, clock: 0 });
    expect(emulator.clock.state()).toMatchObject({ nowMs: 1e12, speed: 0 });
    expect(emulator.journal.total()).toBe(0);
    expect(await resultOf(url, 'ChannelCreateMultiFlowSignQRCode')).toBe('ok');
  });
});

describe('the clock', () => {
  it('that requests are counted by is the virtual one', async () => {
    const { emulator, url } = await start({ speed: 0 });
    for (let index = 0; index < 20; index += 1) await createCode(url);
    expect(await resultOf(url, 'ChannelCreateMultiFlowSignQRCode')).toBe('RequestLimitExceeded');
    expect(await resultOf(url, 'DescribeTemplates')).toBe('ok');
    emulator.clock.advance(1000);
    expect(await resultOf(url, 'ChannelCreateMultiFlowSignQRCode')).toBe('ok');
  });

  it('that signatures are checked by is real time, and the virtual one only where that is said', async () => {
    const real = await start({ startMs: 1e12 });
    expect(await resultOf(real.url, 'DescribeTemplates')).toBe('ok');
    const virtual = await start({ startMs: 1e12, signatureClock: 'virtual' });
    expect(await resultOf(virtual.url, 'DescribeTemplates')).toBe('AuthFailure.SignatureExpire');
    virtual.emulator.clock.set(Date.now());
    expect(await resultOf(virtual.url, 'DescribeTemplates')).toBe('ok');
  });

  it('that signatures are checked by is either, where some clients live by the one and some by the other', async () => {
    const { emulator, url } = await start({ signatureClock: 'either' });
    const action = 'DescribeTemplates';
    const signed = async (skewS: number) =>
      (await call(url, action, requestFor(action), { skewS })).Error?.Code ?? 'ok';
    emulator.clock.advance(30 * 86_400_000);
    expect(await signed(0)).toBe('ok');
    expect(await signed(30 * 86_400)).toBe('ok');
    for (const skewS of [-310, 310, 15 * 86_400, 30 * 86_400 - 310, 30 * 86_400 + 310]) {
      expect(await signed(skewS)).toBe('AuthFailure.SignatureExpire');
    }
  });

  it('may be moved by another hand, which answers what has run', async () => {
    const changes: unknown[] = [];
    const { url } = await start({
      async moveClock(change) {
        changes.push(change);
        return { ran: { timer: 3 } };
      },
    });
    const body = JSON.stringify({ set: '2030-01-01T00:00:00Z', advanceS: 1.5, speed: 1 });
    const response = await fetch(`${url}/_emulator/clock`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ ran: { timer: 3 }, speed: 1 });
    expect(changes).toEqual([{ setMs: Date.parse('2030-01-01T00:00:00Z'), advanceMs: 1500, speed: 1 }]);
  });

  it('gives codes their end', async () => {
    const { emulator, url } = await start({ speed: 0, startMs: 1e12 });
    const { QrCode } = await createCode(url);
    expect(QrCode.ExpiredTime).toBe(1e9 + 7 * 86_400);
    emulator.clock.set(QrCode.ExpiredTime * 1000);
    expect(emulator.scan(QrCode.QrCodeId)).toMatchObject({ Refused: { reason: 'expired' } });
  });
});

describe('the limit of requests', () => {
  it('can be another one', async () => {
    const { url } = await start({ speed: 0, requestsPerSecond: 2 });
    const results = [];
    for (let index = 0; index < 3; index += 1) results.push(await resultOf(url, 'DescribeTemplates'));
    expect(results).toEqual(['ok', 'ok', 'RequestLimitExceeded']);
  });
});

describe('organisations and templates', () => {
  it('can be added', async () => {
    const { emulator, url } = await start();
    const [seeded] = emulator.organisations.list();
    if (seeded === undefined) throw new Error('The emulator is seeded with organisations');
    emulator.organisations.put({ ...seeded, ProxyOrganizationOpenId: 'mine' });
    emulator.templates.put({
      AppId: seeded.AppId,
      ProxyOrganizationOpenId: 'mine',
      template: {
        TemplateId: 'mine',
        Components: [],
        SignComponents: [],
        Recipients: [{ RecipientId: 'r', RecipientType: 'INDIVIDUAL' }],
      },
    });
    const patch = { Agent: { ProxyOrganizationOpenId: 'mine' }, TemplateId: 'mine' };
    expect(await resultOf(url, 'ChannelCreateMultiFlowSignQRCode', patch)).toBe('ok');
    const owner = { AppId: seeded.AppId, ProxyOrganizationOpenId: 'mine' };
    expect(emulator.templates.list(owner)).toHaveLength(1);
    expect(() => emulator.organisations.setQuota({ ...owner, AppId: 'unknown' }, 1)).toThrow(/NotFound/);
  });
});
