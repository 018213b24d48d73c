import { composeNotification } from '../../../shared/callback/compose-notification.ts';
import type { CallbackSettings } from './callback-settings.ts';
import type { PostTrouble } from './misbehaviour.ts';

/** A key that is configured nowhere. */
const strangeKey = 'EMULATOR-KEY-THAT-NOBODY-HAS-000';

/** Of a body that is cut: no whole blocks of its ciphertext. */
const missingBytes = 10;

/** The request for a message, with what is to be wrong with it. Text is sent as it is, anything else as JSON. */
export function composePost(
  message: unknown,
  { keys: [key], tokens: [token] }: Pick<CallbackSettings, 'keys' | 'tokens'>,
  { spoiled, form }: Pick<PostTrouble, 'spoiled' | 'form'>,
): { body: Buffer; headers: Record<string, string> } {
  const usedKey = spoiled === 'wrongKey' ? strangeKey : spoiled === 'plainText' ? undefined : key;
  const usedToken =
    spoiled === 'noSignature'
      ? undefined
      : spoiled === 'wrongSignature'
        ? `not-${token ?? 'a-token'}`
        : token;
  const composed = composeNotification(message, {
    form,
    ...(usedKey !== undefined && { key: usedKey }),
    ...(usedToken !== undefined && { token: usedToken }),
  });
  if (spoiled === 'reencodedBody') return { ...composed, body: reencoded(composed.body) };
  if (spoiled === 'cutBody') return { ...composed, body: composed.body.subarray(0, -missingBytes) };
  return composed;
}

/** The same JSON with other spaces, as a proxy might write it; a bare text gets a line end. */
function reencoded(body: Buffer): Buffer {
  const text = body.toString();
  return Buffer.from(text.startsWith('{') ? JSON.stringify(JSON.parse(text), null, 1) : `${text}\n`);
}
