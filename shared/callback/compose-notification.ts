import { contentSignature } from './content-signature.ts';
import { encryptMessage } from './encryption.ts';

export interface ComposeOptions {
  /** 32 characters; without one the message goes in plain text. */
  key?: string;
  /** Without one it goes unsigned. */
  token?: string;
  /** How the ciphertext is wrapped: `{"encrypt":"…"}`, or as it is, as older pages of the vendor say. */
  form?: 'object' | 'bare';
}

/**
 * What Tencent posts: the opposite of {@link openNotification}, for the emulator and for tests.
 *
 * @param message text is sent as it is, any other value as its JSON
 * @throws RangeError for a key that is not 32 bytes
 */
export function composeNotification(
  message: unknown,
  { key, token, form = 'object' }: ComposeOptions,
): { body: Buffer; headers: Record<string, string> } {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  const body = Buffer.from(key === undefined ? text : wrapped(encryptMessage(key, Buffer.from(text)), form));
  return {
    body,
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { 'Content-Signature': contentSignature(token, body) }),
    },
  };
}

function wrapped(ciphertext: string, form: 'object' | 'bare'): string {
  return form === 'bare' ? ciphertext : JSON.stringify({ encrypt: ciphertext });
}
