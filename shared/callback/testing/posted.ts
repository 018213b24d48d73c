/** Bodies as they are posted, and what is made of them with the secrets of the published vectors. */
import { composeNotification } from '../compose-notification.ts';
import { contentSignature } from '../content-signature.ts';
import { type CallbackSecrets, openNotification } from '../open-notification.ts';
import vectors from '../vectors/callback.json' with { type: 'json' };

export const { key, token, cases } = vectors;
export const secrets: CallbackSecrets = { keys: [key], tokens: [token], plaintext: 'refuse' };
export const otherKey = '0123456789ABCDEF0123456789ABCDEF';
export const message = {
  MsgId: 'yD000001',
  MsgType: 'TemplateAdd',
  MsgVersion: 'ThirdPartyApp',
  MsgData: { a: [1] },
};

export const post = (given: unknown, options: Parameters<typeof composeNotification>[1], own = secrets) => {
  const { body, headers } = composeNotification(given, options);
  return openNotification(body, headers['Content-Signature'], own);
};

/** Any bytes under a right signature. */
export const signed = (body: string | Uint8Array, own = secrets) => {
  const bytes = Buffer.from(body);
  return openNotification(bytes, contentSignature(token, bytes), own);
};

export const rejected = (verdict: string) => ({ kind: 'rejected', verdict });
