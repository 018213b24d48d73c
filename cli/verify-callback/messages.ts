import { randomUUID } from 'node:crypto';
import { composeNotification } from '../../shared/callback/compose-notification.ts';
import { contentSignature } from '../../shared/callback/content-signature.ts';
import { encryptMessage } from '../../shared/callback/encryption.ts';
import type { CallbackPost, ReceiverSecrets } from './callback-case.ts';

/**
 * Of a type that Tencent does not know, so that no receiver does anything with it: it has to be taken all the same, as
 * Tencent adds types from time to time.
 */
export const harmlessType = 'VerifyCallback';

/** A message that changes nothing anywhere. */
export const message = (members: object = {}) => ({
  MsgId: `verify-${randomUUID()}`,
  MsgType: harmlessType,
  MsgVersion: 'ThirdPartyApp',
  MsgData: { Note: '验证回调 😀' },
  ...members,
});

/** As Tencent posts it: encrypted, wrapped and signed. */
export function genuine({ key, token }: ReceiverSecrets, content: unknown = message()): CallbackPost {
  return composeNotification(content, { key, token });
}

/** A body as it is, with the signature that belongs to it. */
export function signed({ token }: Pick<ReceiverSecrets, 'token'>, body: string | Uint8Array): CallbackPost {
  const bytes = Buffer.from(body);
  return {
    body: bytes,
    headers: { 'Content-Type': 'application/json', 'Content-Signature': contentSignature(token, bytes) },
  };
}

/** Any text as a message: encrypted, wrapped and signed, whatever it is. */
export function encrypted(secrets: ReceiverSecrets, text: string): CallbackPost {
  return signed(secrets, JSON.stringify({ encrypt: encryptMessage(secrets.key, Buffer.from(text)) }));
}

/** The post with another body under the signature of the first. */
export function withBody(post: CallbackPost, change: (text: string) => string): CallbackPost {
  return { ...post, body: Buffer.from(change(Buffer.from(post.body).toString())) };
}

export function withHeaders(
  { headers, ...post }: CallbackPost,
  changes: Record<string, string>,
): CallbackPost {
  return { ...post, headers: { ...headers, ...changes } };
}
