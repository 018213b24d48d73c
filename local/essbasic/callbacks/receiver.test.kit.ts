import { createDecipheriv, createHmac } from 'node:crypto';
import { createEmulator, type EmulatorOptions } from '../create-emulator.ts';
import type { SignCode } from '../state/entities.ts';
import type { Post, PostAnswer } from './post.ts';

export const startMs = Date.parse('2026-11-24T00:00:00Z');
export const key = 'CC23FB38AE1D47B09D939CFBAE64195F';
export const token = 'test_token_123';
export const applicationUrl = 'http://receiver.test/application';

/** A notification, opened by the published algorithm with Node's own cryptography and nothing of ours. */
export interface Received {
  MsgId: string;
  MsgType: string;
  MsgVersion: string;
  MsgData: Record<string, unknown>;
}

export function decrypted(body: Buffer, usedKey = key): string {
  const text = body.toString();
  const ciphertext = text.startsWith('{') ? (JSON.parse(text) as { encrypt: string }).encrypt : text; // its form
  const cipher = createDecipheriv('aes-256-cbc', Buffer.from(usedKey), Buffer.from(usedKey).subarray(0, 16));
  return Buffer.concat([cipher.update(ciphertext, 'base64'), cipher.final()]).toString('utf8');
}

export const signatureOf = (body: Buffer, usedToken = token) =>
  `sha256=${createHmac('sha256', usedToken).update(body).digest('hex')}`;

export function opened(post: Post, usedKey = key): Received {
  const message = JSON.parse(decrypted(post.body, usedKey)) as Received; // what the emulator sends
  const data: unknown = message.MsgData;
  return typeof data === 'string' ? { ...message, MsgData: JSON.parse(data) } : message;
}

/** An emulator whose notifications come here. Answers 200 unless the test says otherwise. */
export function emulatorWithReceiver(
  options: EmulatorOptions & {
    answer?: (post: Post, number: number) => PostAnswer | Promise<PostAnswer>;
  } = {},
) {
  const posts: Post[] = [];
  const { answer = () => ({ status: 200 }), ...others } = options;
  const emulator = createEmulator({
    seed: 1,
    startMs,
    speed: 0,
    callbackKeys: [key],
    callbackTokens: [token],
    callbackUrls: [applicationUrl],
    post: async (post) => {
      posts.push(post);
      return await answer(post, posts.length);
    },
    ...others,
  });

  /** Puts a code with these traits into the emulator. */
  function giveCode(traits: Partial<SignCode> = {}): string {
    const snapshot = emulator.snapshot();
    const [seeded] = snapshot.codes;
    if (seeded === undefined) throw new Error('The emulator is seeded with codes');
    const QrCodeId = traits.QrCodeId ?? 'mine';
    snapshot.codes.push({ ...seeded, maxFlowNum: 1000, ...traits, QrCodeId });
    emulator.restore(snapshot);
    return QrCodeId;
  }

  return { emulator, posts, giveCode, received: () => posts.map((post) => opened(post)) };
}
