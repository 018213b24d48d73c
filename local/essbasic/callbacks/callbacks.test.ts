import { describe, expect, it } from 'vitest';
import type { PostAnswer } from './post.ts';
import {
  applicationUrl,
  decrypted,
  emulatorWithReceiver,
  key,
  opened,
  signatureOf,
  startMs,
  token,
} from './receiver.test.kit.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const codeUrl = 'https://receiver.test/code/token.1';

describe('a notification', () => {
  it('is encrypted and signed as published, with the headers that are', async () => {
    const { emulator, giveCode, posts } = emulatorWithReceiver();
    emulator.scan(giveCode());
    expect(await emulator.callbacks.deliverDue()).toBe(2);
    for (const { body, headers } of posts) {
      expect(JSON.parse(body.toString())).toEqual({ encrypt: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) });
      expect(headers).toEqual({ 'Content-Type': 'application/json', 'Content-Signature': signatureOf(body) });
    }
    expect(posts.map((post) => opened(post).MsgType)).toEqual([
      'MultiFlowSignQrCodeCost',
      'FlowStatusChange',
    ]);
  });

  it('uses the newest key and token, also for what it has posted before', async () => {
    const { emulator, giveCode, posts } = emulatorWithReceiver({
      answer: (_, number) => ({ status: number > 2 ? 200 : 500 }),
    });
    emulator.scan(giveCode());
    await emulator.callbacks.deliverDue();
    const newKey = 'K'.repeat(32);
    emulator.callbacks.configure({ keys: [newKey, key], tokens: ['new', token] });
    await emulator.callbacks.settle({ untilMs: startMs + 60_000 });
    expect(posts).toHaveLength(4);
    const again = posts.slice(2).map(({ body, headers }) => {
      expect(headers['Content-Signature']).toBe(signatureOf(body, 'new'));
      return decrypted(body, newKey);
    });
    expect(again).toEqual(posts.slice(0, 2).map(({ body }) => decrypted(body)));
  });

  it('goes in plain text and unsigned where neither key nor token is configured', async () => {
    const { emulator, giveCode, posts } = emulatorWithReceiver({ callbackKeys: [], callbackTokens: [] });
    emulator.scan(giveCode());
    await emulator.callbacks.deliverDue();
    expect(JSON.parse(posts[0]?.body.toString() ?? '')).toMatchObject({ MsgType: 'MultiFlowSignQrCodeCost' });
    expect(posts[0]?.headers).toEqual({ 'Content-Type': 'application/json' });
  });

  it.each([
    ['code-first', codeUrl, [codeUrl]],
    ['code-first', undefined, [applicationUrl]],
    ['code-first', 'test', [applicationUrl]],
    ['code-first', 'ftp://receiver.test/', [applicationUrl]],
    ['both', codeUrl, [codeUrl, applicationUrl]],
    ['both', applicationUrl, [applicationUrl]],
    ['application', codeUrl, [applicationUrl]],
  ] as const)('with targets %s and CallbackUrl %s goes to %j', async (targets, callbackUrl, urls) => {
    const { emulator, giveCode, posts } = emulatorWithReceiver();
    emulator.callbacks.configure({ targets });
    emulator.scan(giveCode(callbackUrl === undefined ? {} : { callbackUrl }));
    await emulator.callbacks.deliverDue();
    expect([...new Set(posts.map(({ url }) => url))]).toEqual(urls);
    expect(posts).toHaveLength(2 * urls.length);
  });

  it('without any address is not written', async () => {
    const { emulator, giveCode } = emulatorWithReceiver({ callbackUrls: [] });
    emulator.scan(giveCode());
    expect(emulator.callbacks.messages()).toEqual([]);
    expect(emulator.callbacks.send({ MsgType: 'TemplateAdd' })).toBeUndefined();
  });

  it('of a scan that fails is sent for lack of quota alone, once for each person', async () => {
    const { emulator, giveCode, received } = emulatorWithReceiver();
    const { AppId = '', ProxyOrganizationOpenId = '' } = emulator.codes.list()[0] ?? {};
    emulator.organisations.setQuota({ AppId, ProxyOrganizationOpenId }, 0);
    emulator.scan(giveCode(), { count: 3 });
    emulator.scan(giveCode({ QrCodeId: 'used', maxFlowNum: 0 }), { count: 3 });
    await emulator.callbacks.deliverDue();
    expect(received().map(({ MsgType }) => MsgType)).toEqual(Array(3).fill('CreateFlowByQrCode'));
    expect(new Set(received().map(({ MsgId }) => MsgId)).size).toBe(3);
  });

  it('is sent of templates that change, and of an organisation that closes', async () => {
    const { emulator, received } = emulatorWithReceiver();
    const [seeded] = emulator.templates.list();
    const [organisation] = emulator.organisations.list();
    if (seeded === undefined || organisation === undefined) throw new Error('The emulator is seeded');
    const put = (changes: object) =>
      emulator.templates.put({ ...seeded, template: { ...seeded.template, TemplateId: 'mine', ...changes } });
    put({});
    put({ TemplateName: '新名称' });
    put({ TemplateName: '新名称', Available: 2 });
    emulator.templates.remove('mine');
    emulator.templates.remove('mine');
    emulator.organisations.put({ ...organisation, closing: true });
    emulator.organisations.put({ ...organisation, closing: true });
    await emulator.callbacks.deliverDue();
    expect(received().map(({ MsgType, MsgData }) => [MsgType, MsgData['TemplateId']])).toEqual([
      ['TemplateAdd', 'mine'],
      ['TemplateUpdate', 'mine'],
      ['TemplateAvailable', 'mine'],
      ['TemplateDelete', 'mine'],
      ['CloseOrganization', undefined],
    ]);
  });
});

describe('a delivery', () => {
  const one = { MsgType: 'TemplateAdd', MsgData: { TemplateId: 'x' } };

  it.each<[string, PostAnswer | 'throws']>([
    ['500', { status: 500 }],
    ['201', { status: 201 }],
    ['302', { status: 302 }],
    ['no connection', { error: 'ECONNREFUSED' }],
    ['a defect', 'throws'],
  ])('that gets %s is tried again with growing pauses and given up in the end', async (_, answer) => {
    const { emulator, posts } = emulatorWithReceiver({
      answer: () => {
        if (answer === 'throws') throw new Error('the receiver is broken');
        return answer;
      },
    });
    emulator.callbacks.send(one);
    await emulator.callbacks.settle();
    const [message] = emulator.callbacks.messages();
    const [delivery] = message?.deliveries ?? [];
    expect(delivery?.state).toBe('given-up');
    const times = delivery?.attempts.map(({ atMs }) => (atMs - startMs) / 1000) ?? [];
    expect(times.slice(0, 6)).toEqual([0, 15, 45, 105, 405, 1305]);
    expect(times).toHaveLength(13);
    expect(times.at(-1)).toBe(143_505);
    expect(new Set(posts.map((post) => opened(post).MsgId)).size).toBe(1);
    expect(emulator.callbacks.counts()).toMatchObject({ waiting: 0, givenUp: 1, delivered: 0, attempts: 13 });
  });

  it('ends with the first 200', async () => {
    const { emulator } = emulatorWithReceiver({
      answer: (_, number) => ({ status: number < 3 ? 503 : 200 }),
    });
    emulator.callbacks.send(one);
    await emulator.callbacks.settle();
    expect(emulator.callbacks.messages()[0]?.deliveries).toMatchObject([
      { state: 'delivered', attempts: [{ status: 503 }, { status: 503 }, { status: 200 }] },
    ]);
  });

  it('waits while its time has not come', async () => {
    const { emulator, posts } = emulatorWithReceiver({ answer: () => ({ status: 500 }) });
    emulator.callbacks.send(one);
    await emulator.callbacks.deliverDue();
    expect(await emulator.callbacks.deliverDue()).toBe(0);
    emulator.clock.advance(14_999);
    expect(await emulator.callbacks.deliverDue()).toBe(0);
    emulator.clock.advance(1);
    expect(await emulator.callbacks.deliverDue()).toBe(1);
    expect(posts).toHaveLength(2);
  });

  it('outlives a restart, with what was under way', async () => {
    const { emulator } = emulatorWithReceiver({ answer: () => ({ status: 500 }) });
    emulator.callbacks.send(one);
    await emulator.callbacks.deliverDue();
    const kept: unknown = JSON.parse(JSON.stringify(emulator.snapshot()));
    const next = emulatorWithReceiver();
    next.emulator.restore(kept);
    await next.emulator.callbacks.settle();
    expect(next.posts).toHaveLength(1);
    expect(next.emulator.callbacks.messages()[0]?.deliveries).toMatchObject([
      { state: 'delivered', attempts: [{ status: 500 }, { atMs: startMs + 15_000, status: 200 }] },
    ]);
  });

  it('that comes back after a reset changes nothing', async () => {
    let answer = (_: PostAnswer) => {};
    const { emulator } = emulatorWithReceiver({
      answer: () =>
        new Promise<PostAnswer>((resolve) => {
          answer = resolve;
        }),
    });
    emulator.callbacks.send(one);
    const delivered = emulator.callbacks.deliverDue();
    emulator.reset();
    answer({ status: 500 });
    await delivered;
    expect(emulator.callbacks.counts()).toMatchObject({ messages: 0, waiting: 0, attempts: 0 });
    expect(await emulator.callbacks.settle()).toBe(0);
  });

  it('does not hold up others, where several are posted at once', async () => {
    const { emulator, posts } = emulatorWithReceiver({
      callbackConcurrency: 2,
      callbackUrls: ['http://slow.test/', 'http://fast.test/'],
      answer: async ({ url }) => {
        if (url.includes('slow'))
          await new Promise((resolve) => {
            release = resolve;
          });
        return { status: 200 };
      },
    });
    let release: (value: unknown) => void = () => {};
    emulator.callbacks.send(one);
    const delivered = emulator.callbacks.deliverDue();
    while (posts.length < 2) await nextTurn();
    emulator.callbacks.send(one);
    release(undefined);
    while (posts.length < 4) await nextTurn();
    release(undefined);
    await delivered;
    expect(emulator.callbacks.counts()).toMatchObject({ delivered: 4, waiting: 0 });
  });
});
