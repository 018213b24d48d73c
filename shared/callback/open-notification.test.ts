import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../testing/cases.ts';
import { composeNotification } from './compose-notification.ts';
import { contentSignature } from './content-signature.ts';
import { type CallbackSecrets, type Opened, openNotification } from './open-notification.ts';
import { opensslEncrypt, opensslMissing, opensslSignature } from './testing/openssl.ts';
import { cases, key, message, otherKey, post, rejected, secrets, signed, token } from './testing/posted.ts';

const accepting: CallbackSecrets = { ...secrets, plaintext: 'accept' };

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

  it('opens a bare ciphertext with a line break or blanks around it', () => {
    const { body } = composeNotification(message, { key, token, form: 'bare' });
    for (const given of [`${body}\n`, ` ${body}\r\n`])
      expect(signed(given)).toMatchObject({ kind: 'message', message });
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
    `{${' '.repeat(99)}}`,
  ])('is none: %s', (body) => {
    expect(openNotification(Buffer.from(body), undefined, secrets)).toMatchObject({ kind: 'rejected' });
  });
});

describe('probes', () => {
  const probe: Opened = { kind: 'probe' };
  const dummy = '{"encrypt":"62KE4r5Wz0yHzEpMOwVRbM1KV0"}';

  it.each([
    '{}',
    ' {} ',
    '{ }\n',
    `{${' '.repeat(98)}}`,
    dummy,
    `${dummy}\r\n`,
    '{"encrypt": "62KE4r5Wz0yHzEpMOwVRbM1KV0"}',
  ])('are %j, unsigned, signed, and signed by a stranger', (body) => {
    expect(openNotification(Buffer.from(body), undefined, secrets)).toEqual(probe);
    expect(signed(body)).toEqual(probe);
    expect(openNotification(Buffer.from(body), contentSignature('x', Buffer.from(body)), secrets)).toEqual(
      probe,
    );
  });

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
