import { describe, expect, it } from 'vitest';
import { composeNotification } from './compose-notification.ts';
import { contentSignature } from './content-signature.ts';
import { encryptMessage } from './encryption.ts';

const key = '0123456789ABCDEF0123456789ABCDEF';
const message = { MsgId: 'a' };
const ciphertext = encryptMessage(key, Buffer.from('{"MsgId":"a"}'));
const composed = (...given: Parameters<typeof composeNotification>) => {
  const { body, headers } = composeNotification(...given);
  return [body.toString(), headers];
};
const json = { 'Content-Type': 'application/json' };

describe('composeNotification', () => {
  it('sends a value as its JSON and text as it is, in clear and unsigned where it has no secrets', () => {
    expect(composed(message, {})).toEqual(['{"MsgId":"a"}', json]);
    expect(composed('no json', {})).toEqual(['no json', json]);
  });

  it('wraps the ciphertext, or sends it bare', () => {
    expect(composed(message, { key })).toEqual([`{"encrypt":"${ciphertext}"}`, json]);
    expect(composed(message, { key, form: 'object' })).toEqual([`{"encrypt":"${ciphertext}"}`, json]);
    expect(composed(message, { key, form: 'bare' })).toEqual([ciphertext, json]);
  });

  it('signs the bytes that it sends', () => {
    const signature = contentSignature('token', Buffer.from(ciphertext));
    const headers = { ...json, 'Content-Signature': signature };
    expect(composed(message, { key, token: 'token', form: 'bare' })).toEqual([ciphertext, headers]);
  });
});
