/** What Tencent sends, or may send: a receiver has to take it. */
import { composeNotification } from '../../shared/callback/compose-notification.ts';
import type { CallbackCase } from './callback-case.ts';
import { genuine, message, signed, withHeaders } from './messages.ts';

/** Larger than a page of memory, smaller than any documented limit. Characters. */
const largeLength = 200_000;

export const genuineCases: readonly CallbackCase[] = [
  {
    id: 'probe',
    text: { zh: '探测：空对象，未签名', en: 'the probe: an empty object, unsigned' },
    expected: 'accept',
    posts: () => [{ body: Buffer.from('{}'), headers: { 'Content-Type': 'application/json' } }],
  },
  {
    id: 'encrypted',
    text: { zh: '加密并签名，类型未知', en: 'encrypted and signed, of an unknown type' },
    expected: 'accept',
    posts: (secrets) => [genuine(secrets)],
  },
  {
    id: 'bare',
    text: { zh: '密文不在 JSON 中，如旧文档所述', en: 'the ciphertext by itself, as older pages have it' },
    expected: 'either',
    posts: (secrets) => [composeNotification(message(), { ...secrets, form: 'bare' })],
  },
  {
    id: 'plain',
    text: { zh: '未加密，已签名', en: 'not encrypted, but signed' },
    expected: 'either',
    posts: (secrets) => [signed(secrets, JSON.stringify(message()))],
  },
  {
    id: 'duplicate',
    text: { zh: '同样的字节再来一次', en: 'the same bytes once more' },
    expected: 'accept',
    posts(secrets) {
      const post = genuine(secrets);
      return [post, post];
    },
  },
  {
    id: 'sent-again',
    text: { zh: '同一条消息重新加密后再来', en: 'the same message, encrypted anew' },
    expected: 'accept',
    posts(secrets) {
      const content = message();
      return [genuine(secrets, content), genuine(secrets, content)];
    },
  },
  {
    id: 'reordered',
    text: { zh: '较早的消息晚到', en: 'an older message after a newer one' },
    expected: 'accept',
    posts: (secrets) =>
      [1_790_000_060, 1_790_000_000].map((OccurTime) =>
        genuine(secrets, message({ MsgData: { OccurTime } })),
      ),
  },
  {
    id: 'new-members',
    text: { zh: '含未知字段', en: 'with members that nobody knows' },
    expected: 'accept',
    posts: (secrets) => [genuine(secrets, message({ New: { Deep: [1, null, { a: true }] }, MsgData: null }))],
  },
  {
    id: 'without-version',
    text: { zh: '没有 MsgVersion', en: 'without MsgVersion' },
    expected: 'either',
    posts: (secrets) => [genuine(secrets, { ...message(), MsgVersion: undefined })],
  },
  {
    id: 'large',
    text: { zh: '20 万字符', en: 'of 200,000 characters' },
    expected: 'accept',
    posts: (secrets) => [genuine(secrets, message({ MsgData: { Note: '长'.repeat(largeLength) } }))],
  },
  {
    id: 'slow',
    text: { zh: '请求体分两次、间隔一秒到达', en: 'in two halves, a second apart' },
    expected: 'accept',
    posts: (secrets) => [{ ...genuine(secrets), pauseMs: 1000 }],
  },
  {
    id: 'charset',
    text: { zh: 'Content-Type 带 charset', en: 'with a charset in Content-Type' },
    expected: 'accept',
    posts: (secrets) => [
      withHeaders(genuine(secrets), { 'Content-Type': 'application/json; charset=UTF-8' }),
    ],
  },
  {
    id: 'lower-case-header',
    text: { zh: '头名为小写', en: 'the header in lower case' },
    expected: 'accept',
    posts(secrets) {
      const { body, headers } = genuine(secrets);
      const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
      return [{ body, headers: Object.fromEntries(names) }];
    },
  },
  {
    id: 'after-all',
    text: { zh: '在以上各种之后仍然正常', en: 'after all of that, as at first' },
    expected: 'accept',
    posts: (secrets) => [genuine(secrets)],
  },
];
