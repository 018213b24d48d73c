import { describe, expect, it } from 'vitest';
import { composeNotification } from './compose-notification.ts';
import { contentSignature } from './content-signature.ts';
import { encryptMessage } from './encryption.ts';
import { maxNotificationBytes, openNotification } from './open-notification.ts';
import { cases, key, message, otherKey, post, rejected, secrets, signed, token } from './testing/posted.ts';

describe('a rejection says why', () => {
  it('no header, or one of another form', () => {
    expect(post(message, { key })).toEqual(rejected('NoSignature'));
    const { body } = composeNotification(message, { key });
    for (const header of ['', 'sha256=', `sha256=${'A'.repeat(64)}`, 'sha1=00']) {
      expect(openNotification(body, header, secrets)).toEqual(rejected('MalformedSignature'));
    }
  });

  it.each([
    ['pretty JSON', (text: string) => JSON.stringify(JSON.parse(text), null, 2)],
    ['JSON with four blanks', (text: string) => JSON.stringify(JSON.parse(text), null, 4)],
    ['blanks after colons', (text: string) => text.replace('":', '": ')],
    ['escaped slashes', (text: string) => text.replaceAll('/', '\\/')],
    ['escaped plus signs', (text: string) => text.replaceAll('+', '\\u002b')],
    ['a line feed at its end', (text: string) => `${text}\n`],
    ['a line feed of Windows', (text: string) => `${text}\r\n`],
    ['a JSON string', (text: string) => JSON.stringify(text)],
  ])('the right token, but over the body as %s, in either direction', (_, rewrite) => {
    const original = JSON.stringify({ encrypt: cases[0]?.ciphertext });
    const [sent, other] = [Buffer.from(original), Buffer.from(rewrite(original))];
    expect(sent.equals(other)).toBe(false);
    expect(openNotification(sent, contentSignature(token, other), secrets)).toEqual(
      rejected('ReencodedBody'),
    );
    expect(openNotification(other, contentSignature(token, sent), secrets)).toEqual(
      rejected('ReencodedBody'),
    );
    expect(openNotification(other, contentSignature('stranger', sent), secrets)).toEqual(
      rejected('WrongToken'),
    );
  });

  const whole = JSON.stringify({ encrypt: cases[0]?.ciphertext });
  const bare = encryptMessage(key, Buffer.from(JSON.stringify(message)));

  it.each([
    ['a JSON body without its last byte', whole, whole.slice(0, -1)],
    ['half of a JSON body', whole, whole.slice(0, whole.length / 2)],
    [
      'a JSON body in plain text, cut in the middle of a character',
      '{"a":"字"}',
      Buffer.from('{"a":"字').subarray(0, -1),
    ],
    ['a bare ciphertext without its last byte', bare, bare.slice(0, -1)],
    ['a bare ciphertext without its padding', bare, bare.slice(0, -7)],
    ['a ciphertext that was cut inside of its JSON', whole, `${whole.slice(0, -9)}"}`],
    ['nothing of a body', whole, ''],
  ])('an incomplete body: %s', (_, sent, received) => {
    const header = contentSignature(token, Buffer.from(sent));
    expect(openNotification(Buffer.from(received), header, secrets)).toEqual(rejected('IncompleteBody'));
  });

  it('an incomplete body by its length alone, where nothing else shows it', () => {
    const blocks = encryptMessage(key, Buffer.alloc(96, 'a'));
    const header = contentSignature(token, Buffer.from(blocks));
    // 48 bytes are three whole blocks, and 64 characters without padding.
    const received = Buffer.from(blocks.slice(0, 64));
    const opened = (announced?: number) => openNotification(received, header, secrets, announced);
    expect(opened(blocks.length)).toEqual(rejected('IncompleteBody'));
    expect(opened(received.byteLength)).toEqual(rejected('WrongToken'));
    expect(opened()).toEqual(rejected('WrongToken'));
  });

  it('another token, for a whole body, whatever its length was said to be below that', () => {
    const body = Buffer.from(whole);
    const header = contentSignature('stranger', body);
    for (const announced of [0, body.byteLength])
      expect(openNotification(body, header, secrets, announced)).toEqual(rejected('WrongToken'));
  });

  it.each([
    ['deeply nested', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['large', JSON.stringify({ encrypt: 'A'.repeat(200_000) })],
  ])('the wrong token, for a body that is %s too', (_, text) => {
    const header = contentSignature('stranger', Buffer.from(text));
    expect(openNotification(Buffer.from(text), header, secrets)).toEqual(rejected('WrongToken'));
  });

  it.each([
    ['WrongKey', JSON.stringify({ encrypt: encryptMessage(otherKey, Buffer.from(JSON.stringify(message))) })],
    ['WrongKey', encryptMessage(otherKey, Buffer.from('{}'))],
    ['NotCiphertext', '{"encrypt":"AAAA"}'],
    ['NotCiphertext', '{"encrypt":null}'],
    ['NotCiphertext', '{"encrypt":{}}'],
    ['NotCiphertext', JSON.stringify({ encrypt: `${cases[0]?.ciphertext} ` })],
    ['NotJson', ''],
    ['NotJson', 'no json'],
    ['NotJson', '{"encrypt":'],
    ['NotJson', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['PlaintextRefused', '[]'],
    ['PlaintextRefused', '"text"'],
    ['PlaintextRefused', JSON.stringify(message)],
  ])('%s of a signed body (%#)', (verdict, body) => {
    expect(signed(body)).toEqual(rejected(verdict));
  });

  it('not UTF-8, outside or inside', () => {
    expect(signed(Buffer.from([0x7b, 0xff, 0x7d]))).toEqual(rejected('NotJson'));
    const broken = Buffer.from([...Buffer.from('{"MsgId":"'), 0xff]);
    expect(signed(JSON.stringify({ encrypt: encryptMessage(key, broken) }))).toEqual(rejected('WrongKey'));
  });

  it.each([
    ['no JSON object', [message]],
    ['a bare number', 1],
    ['no MsgId', { MsgType: 'A' }],
    ['an empty MsgId', { MsgId: '', MsgType: 'A' }],
    ['a MsgId that is a number', { MsgId: 1, MsgType: 'A' }],
    ['a MsgId that no database holds', { MsgId: 'a\0b', MsgType: 'A' }],
    ['a MsgId with half a character', { MsgId: 'a\ud800', MsgType: 'A' }],
    ['a MsgId without end', { MsgId: 'a'.repeat(201), MsgType: 'A' }],
    ['no MsgType', { MsgId: 'a', MsgData: {} }],
  ])('no envelope: %s', (_, given) => {
    expect(post(given, { key, token })).toEqual(rejected('NotAnEnvelope'));
  });

  it('too large, by one byte', () => {
    expect(signed(Buffer.alloc(maxNotificationBytes + 1, 'a'))).toEqual(rejected('TooLarge'));
    expect(signed(Buffer.alloc(maxNotificationBytes, 'a'))).not.toEqual(rejected('TooLarge'));
  });
});
