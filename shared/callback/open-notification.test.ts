import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../testing/cases.ts';
import { composeNotification } from './compose-notification.ts';
import { contentSignature } from './content-signature.ts';
import { encryptMessage } from './encryption.ts';
import {
  type CallbackSecrets,
  maxNotificationBytes,
  type Opened,
  openNotification,
} from './open-notification.ts';
import { opensslEncrypt, opensslMissing, opensslSignature } from './testing/openssl.ts';
import vectors from './vectors/callback.json' with { type: 'json' };

const { key, token, cases } = vectors;
const secrets: CallbackSecrets = { keys: [key], tokens: [token], plaintext: 'refuse' };
const accepting: CallbackSecrets = { ...secrets, plaintext: 'accept' };
const otherKey = '0123456789ABCDEF0123456789ABCDEF';
const message = {
  MsgId: 'yD000001',
  MsgType: 'TemplateAdd',
  MsgVersion: 'ThirdPartyApp',
  MsgData: { a: [1] },
};

const post = (given: unknown, options: Parameters<typeof composeNotification>[1], own = secrets) => {
  const { body, headers } = composeNotification(given, options);
  return openNotification(body, headers['Content-Signature'], own);
};
/** Any bytes under a right signature. */
const signed = (body: string | Uint8Array, own = secrets) => {
  const bytes = Buffer.from(body);
  return openNotification(bytes, contentSignature(token, bytes), own);
};
const rejected = (verdict: string) => ({ kind: 'rejected', verdict });

describe('openNotification', () => {
  it('opens the published message', () => {
    const [published] = cases;
    expect(openNotification(Buffer.from(published?.body ?? ''), published?.signature, secrets)).toEqual({
      kind: 'message',
      message: JSON.parse(published?.plaintext ?? ''),
      keyIndex: 0,
      tokenIndex: 0,
    });
  });

  it.each(cases.slice(1))('opens the vector "$name", which is no JSON', ({ body, signature }) => {
    expect(openNotification(Buffer.from(body), signature, secrets)).toEqual(rejected('NotJson'));
  });

  it('opens whatever was composed, in either form, with any JSON in it', async () => {
    await fc.assert(
      fc.property(
        fc.jsonValue().filter((data) => typeof data !== 'string' && !Object.is(data, -0)),
        fc.constantFrom<'object' | 'bare'>('object', 'bare'),
        (data, form) => {
          expect(post({ ...message, MsgData: data }, { key, token, form })).toEqual({
            kind: 'message',
            message: { ...message, MsgData: JSON.parse(JSON.stringify(data)) },
            keyIndex: 0,
            tokenIndex: 0,
          });
        },
      ),
    );
  });

  it.skipIf(opensslMissing)('opens what the OpenSSL command line has encrypted and signed', () => {
    const text = JSON.stringify({ ...message, MsgData: { FlowName: '测试合同 & more' } });
    const body = Buffer.from(JSON.stringify({ encrypt: opensslEncrypt(key, text) }));
    expect(openNotification(body, opensslSignature(token, body), secrets)).toMatchObject({
      kind: 'message',
      message: { MsgData: { FlowName: '测试合同 & more' } },
    });
  });

  it('accepts nothing in which one byte was changed after it was signed', () => {
    const { body, headers } = composeNotification(message, { key, token });
    const wrongs = [...body].flatMap((byte, index) =>
      [1, 0x20, 0x80].map((bit) => {
        const changed = Buffer.from(body);
        changed[index] = byte ^ bit;
        return openNotification(changed, headers['Content-Signature'], secrets).kind;
      }),
    );
    expect(new Set(wrongs)).toEqual(new Set(['rejected']));
  });

  it('accepts nothing that only the signature proves, whatever the bytes', async () => {
    await fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(signed(bytes).kind).not.toBe('message');
      }),
    );
  });

  it('never throws, whatever was posted', async () => {
    const header = fc.option(fc.oneof(fc.string(), fc.stringMatching(/^sha256=[\da-f]{64}$/)), {
      nil: undefined,
    });
    const posted = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.property(posted, header, (bytes, given) => {
        expect(openNotification(bytes, given, secrets).kind).not.toBe('message');
        expect(['probe', 'rejected', 'message']).toContain(signed(bytes, accepting).kind);
      }),
      casesOf(2000),
    );
  });
});

describe('several keys and tokens', () => {
  const rotating: CallbackSecrets = {
    keys: [otherKey, key],
    tokens: ['new-token', token],
    plaintext: 'refuse',
  };

  it.each([
    [otherKey, 'new-token', 0, 0],
    [otherKey, token, 0, 1],
    [key, 'new-token', 1, 0],
    [key, token, 1, 1],
  ])('are alive at once, and it is told which fitted (%#)', (ofKey, ofToken, keyIndex, tokenIndex) => {
    for (let number = 0; number < 300; number++) {
      // Three hundred messages: a wrong key leaves the right padding in one of 256.
      const numbered = { ...message, MsgId: `id-${number}` };
      expect(post(numbered, { key: ofKey, token: ofToken }, rotating)).toEqual({
        kind: 'message',
        message: numbered,
        keyIndex,
        tokenIndex,
      });
    }
  });

  it('are refused once they are taken out', () => {
    expect(post(message, { key, token }, { ...rotating, keys: [otherKey] })).toEqual(rejected('WrongKey'));
    expect(post(message, { key, token }, { ...rotating, tokens: ['new-token'] })).toEqual(
      rejected('WrongToken'),
    );
  });
});

describe('without secrets', () => {
  it('nothing is a message: it fails closed', () => {
    const none: CallbackSecrets = { keys: [], tokens: [], plaintext: 'accept' };
    expect(post(message, { key, token }, none)).toEqual(rejected('WrongToken'));
    expect(post(message, { token: '' }, none)).toEqual(rejected('WrongToken'));
    expect(post(message, {}, none)).toEqual(rejected('NoSignature'));
    expect(post(message, { key, token }, { ...secrets, keys: [] })).toEqual(rejected('WrongKey'));
  });
});

describe('plain text', () => {
  it('is taken only where it is accepted, and only signed', () => {
    expect(post(message, { token })).toEqual(rejected('PlaintextRefused'));
    expect(post(message, { token }, accepting)).toEqual({
      kind: 'message',
      message,
      keyIndex: null,
      tokenIndex: 0,
    });
    expect(post(message, {}, accepting)).toEqual(rejected('NoSignature'));
    expect(post(message, { token: 'wrong' }, accepting)).toEqual(rejected('WrongToken'));
  });

  it('leaves encrypted messages as welcome as before', () => {
    expect(post(message, { key, token }, accepting)).toMatchObject({ kind: 'message', keyIndex: 0 });
  });
});

describe('what is much like a probe', () => {
  it.each([
    '{"other":"62KE4r5Wz0yHzEpMOwVRbM1KV0"}',
    '{"encrypt":"62KE4r5Wz0yHzEpMOwVRbM1KV1"}',
    '{"encrypt":"62KE4r5Wz0yHzEpMOwVRbM1KV0","other":1}',
    `{${' '.repeat(100)}}`,
  ])('is none: %s', (body) => {
    expect(openNotification(Buffer.from(body), undefined, secrets)).toMatchObject({ kind: 'rejected' });
  });
});

describe('probes', () => {
  const probe: Opened = { kind: 'probe' };
  const dummy = '{"encrypt":"62KE4r5Wz0yHzEpMOwVRbM1KV0"}';

  it.each(['{}', ' {} ', '{ }\n', dummy, `${dummy}\r\n`, '{"encrypt": "62KE4r5Wz0yHzEpMOwVRbM1KV0"}'])(
    'are %j, unsigned, signed, and signed by a stranger',
    (body) => {
      expect(openNotification(Buffer.from(body), undefined, secrets)).toEqual(probe);
      expect(signed(body)).toEqual(probe);
      expect(openNotification(Buffer.from(body), contentSignature('x', Buffer.from(body)), secrets)).toEqual(
        probe,
      );
    },
  );

  it('may be encrypted', () => {
    expect(post({}, { key, token })).toEqual(probe);
    expect(post({}, { key })).toEqual(rejected('NoSignature'));
  });

  it.each(['', '[]', 'null', '{"encrypt":""}', '{"encrypt":"62KE4r5Wz0yHzEpMOwVRbM1KV1"}', '{"a":1}'])(
    'are not %j',
    (body) => {
      expect(openNotification(Buffer.from(body), undefined, secrets)).toEqual(rejected('NoSignature'));
    },
  );
});

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

describe('the envelope', () => {
  const opened = (given: object) => post(given, { key, token });

  it('may leave out version and data, and have members that nobody knows', () => {
    expect(opened({ MsgId: 'a', MsgType: 'NewType', Extra: 1 })).toMatchObject({
      message: { MsgId: 'a', MsgType: 'NewType', MsgVersion: null, MsgData: null },
    });
    expect(opened({ ...message, MsgVersion: 7 })).toMatchObject({ message: { MsgVersion: null } });
  });

  it('may carry its data as a JSON string', () => {
    expect(opened({ ...message, MsgData: '{"FlowId":"x"}' })).toMatchObject({
      message: { MsgData: { FlowId: 'x' } },
    });
    expect(opened({ ...message, MsgData: 'no json' })).toMatchObject({ message: { MsgData: 'no json' } });
  });
});
