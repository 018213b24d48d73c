/** What Tencent has not sent, or what was changed on its way: a receiver may not take it. */
import { contentSignature } from '../../shared/callback/content-signature.ts';
import type { CallbackCase } from './callback-case.ts';
import { encrypted, genuine, message, signed, withBody, withHeaders } from './messages.ts';

/** As long as a key, and nobody's. */
const strangeKey = 'VERIFY-CALLBACK-KEY-OF-NOBODY-00';

export const forgedCases: readonly CallbackCase[] = [
  {
    id: 'no-signature',
    text: { zh: '没有签名', en: 'without a signature' },
    expected: 'reject',
    posts(secrets) {
      const { body } = genuine(secrets);
      return [{ body, headers: { 'Content-Type': 'application/json' } }];
    },
  },
  {
    id: 'empty-signature',
    text: { zh: '签名为空', en: 'with an empty signature' },
    expected: 'reject',
    posts: (secrets) => [withHeaders(genuine(secrets), { 'Content-Signature': '' })],
  },
  {
    id: 'other-token',
    text: { zh: '以其他 Token 签名', en: 'signed with another token' },
    expected: 'reject',
    posts: (secrets) => [genuine({ ...secrets, token: `not-${secrets.token}` })],
  },
  {
    id: 'other-body',
    text: { zh: '签名属于另一条消息', en: 'with the signature of another message' },
    expected: 'reject',
    posts(secrets) {
      const { headers } = genuine(secrets);
      return [{ ...genuine(secrets), headers }];
    },
  },
  {
    id: 'signature-without-scheme',
    text: { zh: '签名没有 sha256= 前缀', en: 'its signature without sha256=' },
    expected: 'reject',
    posts(secrets) {
      const post = genuine(secrets);
      return [
        withHeaders(post, { 'Content-Signature': contentSignature(secrets.token, post.body).slice(7) }),
      ];
    },
  },
  {
    id: 'cut-signature',
    text: { zh: '签名缺末位', en: 'its signature without the last digit' },
    expected: 'reject',
    posts(secrets) {
      const post = genuine(secrets);
      const signature = contentSignature(secrets.token, post.body).slice(0, -1);
      return [withHeaders(post, { 'Content-Signature': signature })];
    },
  },
  {
    id: 'cut-body',
    text: { zh: '请求体缺末尾', en: 'its body cut short' },
    expected: 'reject',
    posts: (secrets) => [withBody(genuine(secrets), (text) => text.slice(0, -10))],
  },
  {
    id: 'longer-body',
    text: { zh: '请求体末尾多一个换行', en: 'its body with a line end' },
    expected: 'reject',
    posts: (secrets) => [withBody(genuine(secrets), (text) => `${text}\n`)],
  },
  {
    id: 're-encoded',
    text: { zh: '请求体的 JSON 被重新书写', en: 'its JSON written in another way' },
    expected: 'reject',
    posts: (secrets) => [withBody(genuine(secrets), (text) => JSON.stringify(JSON.parse(text), null, 1))],
  },
  {
    id: 'other-key',
    text: { zh: '以其他密钥加密', en: 'encrypted with another key' },
    expected: 'reject',
    posts: (secrets) => [genuine({ ...secrets, key: strangeKey })],
  },
  {
    id: 'no-ciphertext',
    text: { zh: '密文不是 base64', en: 'its ciphertext no base64' },
    expected: 'reject',
    posts: (secrets) => [signed(secrets, '{"encrypt":"没有密文"}')],
  },
  {
    id: 'half-a-block',
    text: { zh: '密文长度不足整块', en: 'its ciphertext of no whole blocks' },
    expected: 'reject',
    posts: (secrets) => [
      signed(secrets, JSON.stringify({ encrypt: Buffer.alloc(40, 7).toString('base64') })),
    ],
  },
  {
    id: 'not-json',
    text: { zh: '解密后不是 JSON', en: 'no JSON inside' },
    expected: 'reject',
    posts: (secrets) => [encrypted(secrets, 'MsgId=1&MsgType=x')],
  },
  {
    id: 'not-an-object',
    text: { zh: '解密后是数组', en: 'an array inside' },
    expected: 'reject',
    posts: (secrets) => [encrypted(secrets, JSON.stringify([message()]))],
  },
  {
    id: 'without-type',
    text: { zh: '没有 MsgType', en: 'without MsgType' },
    expected: 'reject',
    posts: (secrets) => [genuine(secrets, { ...message(), MsgType: undefined })],
  },
];
