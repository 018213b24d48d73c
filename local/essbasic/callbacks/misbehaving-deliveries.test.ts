import { describe, expect, it } from 'vitest';
import { openNotification } from '../../../shared/callback/open-notification.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import type { Post, PostAnswer } from './post.ts';
import { emulatorWithReceiver, key, opened, signatureOf, startMs, token } from './receiver.test.kit.ts';

describe('misbehaviour of deliveries', () => {
  async function misbehave(misbehaviour: Misbehaviour, answer?: (post: Post) => PostAnswer) {
    const { emulator, giveCode, posts } = emulatorWithReceiver(answer ? { answer } : {});
    emulator.callbacks.configure({ misbehaviour });
    emulator.crowd(giveCode(), { people: 30, overS: 600, seed: 4 });
    await emulator.callbacks.settle({ untilMs: startMs + 86_400_000 });
    return { emulator, posts };
  }
  const signature = ({ headers }: Post) => headers['Content-Signature'];
  const ids = (posts: readonly Post[]) => posts.map((post) => opened(post).MsgId);

  it('duplicates post the same message again', async () => {
    const { posts, emulator } = await misbehave({ duplicates: 1 });
    expect(posts).toHaveLength(120);
    expect(new Set(ids(posts)).size).toBe(60);
    expect(emulator.callbacks.messages()[0]?.deliveries).toMatchObject([{}, { again: true }]);
  });

  it('reordering lets later messages overtake earlier ones', async () => {
    const times = async (misbehaviour: Misbehaviour) => {
      const { posts } = await misbehave(misbehaviour);
      return posts.flatMap((post) => {
        const { MsgType, MsgData } = opened(post);
        return MsgType === 'MultiFlowSignQrCodeCost' ? [Number(MsgData['OccurTime'])] : [];
      });
    };
    const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b);
    const inOrder = await times({});
    expect(inOrder).toEqual(sorted(inOrder));
    const reordered = await times({ reorder: 0.5, reorderS: 300 });
    expect(reordered).not.toEqual(inOrder);
    expect(sorted(reordered)).toEqual(inOrder);
  });

  it('delays hold messages back', async () => {
    const { emulator } = await misbehave({ delayS: 3600 });
    const delays = emulator.callbacks.messages().map(({ createdAtMs, deliveries }) => {
      return (deliveries[0]?.attempts[0]?.atMs ?? 0) - createdAtMs;
    });
    expect(Math.max(...delays)).toBeGreaterThan(3_000_000);
    expect(Math.max(...delays)).toBeLessThan(3_600_000);
  });

  it('a wrong key encrypts what the right one cannot read, and is signed properly', async () => {
    const { posts, emulator } = await misbehave({ wrongKey: 1 });
    for (const post of posts) {
      expect(() => opened(post)).toThrow();
      expect(signature(post)).toBe(signatureOf(post.body));
    }
    expect(emulator.callbacks.counts()).toMatchObject({ spoiledTaken: 60, delivered: 60 });
  });

  it('a wrong signature has the form of a right one', async () => {
    const { posts } = await misbehave({ wrongSignature: 1 });
    for (const post of posts) {
      expect(signature(post)).toMatch(/^sha256=[0-9a-f]{64}$/);
      expect(signature(post)).not.toBe(signatureOf(post.body));
      opened(post);
    }
  });

  it('a signature is left out', async () => {
    const { posts } = await misbehave({ noSignature: 1 });
    expect(posts.map(signature)).toEqual(Array(60).fill(undefined));
  });

  it('a body is written in another way after it was signed', async () => {
    const { posts } = await misbehave({ reencodedBody: 1 });
    for (const post of posts) {
      const signed = Buffer.from(JSON.stringify(JSON.parse(post.body.toString())));
      expect(signature(post)).toBe(signatureOf(signed));
      expect(signature(post)).not.toBe(signatureOf(post.body));
    }
  });

  it.each(['object', 'bare'] as const)('the end of a body of the form %s is missing', async (form) => {
    const { posts } = await misbehave({ cutBody: 1, form });
    for (const post of posts) {
      expect(
        openNotification(post.body, signature(post), { keys: [key], tokens: [token], plaintext: 'refuse' }),
      ).toEqual({
        kind: 'rejected',
        verdict: 'IncompleteBody',
      });
    }
  });

  it('plain text is signed', async () => {
    const { posts } = await misbehave({ plainText: 1 });
    for (const post of posts) {
      expect(JSON.parse(post.body.toString())).toHaveProperty('MsgType');
      expect(signature(post)).toBe(signatureOf(post.body));
    }
  });

  it('unknown types accompany messages and have ids of their own', async () => {
    const { posts } = await misbehave({ unknownTypes: 1 });
    const unknown = posts.filter((post) => opened(post).MsgType === 'EmulatedUnknownType');
    expect(posts).toHaveLength(120);
    expect(unknown).toHaveLength(60);
    expect(new Set(ids(posts)).size).toBe(120);
  });

  it('the form of the body can be the bare ciphertext, or either', async () => {
    const isBare = ({ body }: Post) => !body.toString().startsWith('{');
    expect((await misbehave({ form: 'bare' })).posts.map(isBare)).toEqual(Array(60).fill(true));
    const either = (await misbehave({ form: 'either' })).posts;
    expect(new Set(either.map(isBare)).size).toBe(2);
    for (const post of either) expect(signature(post)).toBe(signatureOf(post.body));
  });

  it('a slow post is told to be slow', async () => {
    const { posts } = await misbehave({ slow: { share: 1, ms: 3000 } });
    expect(new Set(posts.map(({ slowMs }) => slowMs))).toEqual(new Set([3000]));
  });

  it('a lost answer leads to the same message again', async () => {
    const { posts, emulator } = await misbehave({ lostAnswers: 0.5 });
    expect(new Set(ids(posts)).size).toBe(60);
    expect(posts.length).toBeGreaterThan(90);
    const attempts = emulator.callbacks.messages().flatMap(({ deliveries }) => deliveries[0]?.attempts ?? []);
    expect(attempts.filter(({ lost }) => lost)).toHaveLength(posts.length - 60);
  });

  it('of spoiled posts is retried where the receiver refuses them, until an honest one comes', async () => {
    const proven = (post: Post) => signature(post) === signatureOf(post.body);
    const answer = (post: Post) => ({ status: proven(post) ? 200 : 401 });
    const { emulator, posts } = await misbehave({ wrongSignature: 0.5 }, answer);
    expect(emulator.callbacks.counts()).toMatchObject({ delivered: 60, spoiledTaken: 0 });
    expect(new Set(ids(posts.filter(proven))).size).toBe(60);
  });
});
