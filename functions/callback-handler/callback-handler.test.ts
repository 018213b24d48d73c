import { describe, expect, it } from 'vitest';
import { composeNotification } from '../../shared/callback/compose-notification.ts';
import { contentSignature } from '../../shared/callback/content-signature.ts';
import { Failure } from '../../shared/errors.ts';
import type { Desk } from './callback-handler.ts';
import { handler, key, message, nowMs, token } from './testing/handler.ts';

const composed = composeNotification(message, { key, token });

describe('a message that is proved', () => {
  it('is stored as it came and answered 200', async () => {
    const { post, received, lines, rejections } = handler();
    const headers = { ...composed.headers, 'x-scf-remote-addr': '203.0.113.9:443' };
    expect(await post(composed.body, headers)).toMatchObject({
      status: 200,
      body: { code: 0, message: 'success' },
    });
    expect(received).toEqual([
      {
        message: { msgId: 'm1', msgType: 'Unheard', msgVersion: 'ThirdPartyApp', data: { a: 1 } },
        raw: { body: composed.body.toString(), contentSignature: composed.headers['Content-Signature'] },
        route: { kind: 'application' },
        sourceIp: '203.0.113.9',
        keyIndex: 1,
        tokenIndex: 0,
        receivedAtMs: nowMs,
      },
    ]);
    expect(rejections).toEqual([]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      message: 'done',
      status: 200,
      outcome: 'kept',
      notificationId: 'n1',
      messageType: 'Unheard',
    });
  });

  it('is taken at the address of a code, which is told', async () => {
    const { post, received } = handler();
    const path = `/callback-handler/${'k'.repeat(22)}.12`;
    expect(await post(composed.body, composed.headers, { path })).toMatchObject({ status: 200 });
    expect(received[0]?.route).toEqual({ kind: 'code', token: 'k'.repeat(22), generation: 12 });
  });

  it('is taken from a platform that passes bodies as base64, byte for byte', async () => {
    const { post, received } = handler();
    const body = composed.body.toString('base64');
    expect(await post(body, composed.headers, { isBase64Encoded: true })).toMatchObject({ status: 200 });
    expect(received[0]?.raw.body).toBe(composed.body.toString());
  });

  it('may take the database less than a second, and never more than the function has', async () => {
    const { post, deadline } = handler();
    await post(composed.body, composed.headers);
    expect(deadline.atMs - nowMs).toBeGreaterThan(0);
    expect(deadline.atMs - nowMs).toBeLessThan(1000);
    const hurried = handler({ timeLimitMs: 1000 });
    await hurried.post(composed.body, composed.headers);
    expect(hurried.deadline.atMs - nowMs).toBe(300);
  });

  it.each([{ fails: 'receive' as const }, { openFails: true }])(
    'is answered 5xx where it could not be stored, so that it comes again (%#)',
    async (failing) => {
      const { post } = handler(failing);
      const { status, body, headers } = await post(composed.body, composed.headers);
      expect([status, body.code, headers['Retry-After']]).toEqual([503, 'DatabaseUnavailable', '2']);
      expect(JSON.stringify(body)).not.toContain('secret detail');
    },
  );

  it('in clear is taken only where that is configured', async () => {
    const plain = composeNotification(message, { token });
    const refusing = handler();
    expect(await refusing.post(plain.body, plain.headers)).toMatchObject({ status: 400 });
    expect(refusing.received).toEqual([]);
    const accepting = handler({ env: { ESS_CALLBACK_PLAINTEXT: 'accept', ESS_CALLBACK_KEYS: '' } });
    expect(await accepting.post(plain.body, plain.headers)).toMatchObject({ status: 200 });
    expect(accepting.received[0]?.keyIndex).toBeNull();
  });
});

describe('a message that makes its code due', () => {
  it('renews it once it is stored, and is answered then', async () => {
    const steps: string[] = [];
    const { post, received, lines } = handler({
      madeDue: 'c1',
      async renew(codeId, _deadlines, { facts }) {
        steps.push(`${codeId} after ${received.length}`);
        facts.renewal = 'renewed';
      },
    });
    expect(await post(composed.body, composed.headers)).toMatchObject({ status: 200 });
    expect(steps).toEqual(['c1 after 1']);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ message: 'done', status: 200, renewal: 'renewed' }),
    ]);
  });

  it('gives the call four seconds from its arrival, and the whole eight, or what the function has', async () => {
    const given: unknown[] = [];
    const renew: Desk['renew'] = async (_codeId, deadlines) => void given.push(deadlines);
    for (const timeLimitMs of [10_000, 5_000]) {
      await handler({ madeDue: 'c1', renew, timeLimitMs }).post(composed.body, composed.headers);
    }
    expect(given).toEqual([
      { callMs: nowMs + 4_000, endMs: nowMs + 8_000 },
      { callMs: nowMs + 2_300, endMs: nowMs + 4_300 },
    ]);
  });

  it('is answered 200 where the renewal fails, which the log has', async () => {
    const { post, lines } = handler({
      madeDue: 'c1',
      async renew() {
        throw new Failure('DatabaseUnavailable', { detail: 'secret detail' });
      },
    });
    expect(await post(composed.body, composed.headers)).toMatchObject({ status: 200, body: { code: 0 } });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'warn', message: 'a successor was not begun', codeId: 'c1' }),
      expect.objectContaining({ message: 'done', status: 200 }),
    ]);
  });

  it('is answered 200 where the renewal never ends', async () => {
    const { post, lines } = handler({
      madeDue: 'c1',
      renew: () => new Promise(() => undefined),
      // The event has a millisecond beyond the margin of the platform.
      timeLimitMs: 701,
    });
    expect(await post(composed.body, composed.headers)).toMatchObject({ status: 200 });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'done', renewal: 'cut-off' });
  });
});

describe('a probe', () => {
  it.each(['{}', '{"encrypt":"62KE4r5Wz0yHzEpMOwVRbM1KV0"}'])(
    '%s is answered 200 and stored nowhere',
    async (body) => {
      const { post, received, rejections } = handler({ openFails: true });
      expect(await post(body)).toMatchObject({ status: 200, body: { code: 0 } });
      const signed = { 'Content-Signature': contentSignature(token, Buffer.from(body)) };
      expect(await post(body, signed)).toMatchObject({ status: 200 });
      expect([received, rejections]).toEqual([[], []]);
    },
  );
});

describe('what is no message', () => {
  const wrongKey = composeNotification(message, { key: 'X'.repeat(32), token });
  const noEnvelope = composeNotification({ a: 1 }, { key, token });
  const body = composed.body.toString();
  const rewritten = JSON.stringify(JSON.parse(body), null, 2);

  it.each<[string, number, string, string, Record<string, string>]>([
    ['NoSignature', 401, 'NotificationUnproven', body, {}],
    ['MalformedSignature', 401, 'NotificationUnproven', body, { 'Content-Signature': 'sha256=00' }],
    [
      'WrongToken',
      401,
      'NotificationUnproven',
      body,
      { 'Content-Signature': contentSignature('x', composed.body) },
    ],
    ['ReencodedBody', 401, 'NotificationUnproven', rewritten, composed.headers],
    ['IncompleteBody', 401, 'NotificationUnproven', body.slice(0, -1), composed.headers],
    [
      'IncompleteBody',
      401,
      'NotificationUnproven',
      body,
      {
        'Content-Signature': contentSignature(token, Buffer.from(`${body}rest`)),
        'Content-Length': String(body.length + 4),
      },
    ],
    [
      'WrongToken',
      401,
      'NotificationUnproven',
      body,
      {
        'Content-Signature': contentSignature('x', composed.body),
        'Content-Length': String(body.length + 4),
        'Content-Encoding': 'gzip',
      },
    ],
    ['WrongKey', 400, 'NotificationUnreadable', wrongKey.body.toString(), wrongKey.headers],
    ['NotAnEnvelope', 400, 'NotificationUnreadable', noEnvelope.body.toString(), noEnvelope.headers],
    ['TooLarge', 413, 'BodyTooLarge', 'x'.repeat(1_048_577), {}],
  ])(
    'for %s is answered %i %s, and only the log and the register learn why',
    async (verdict, status, code, sent, headers) => {
      const { post, received, rejections, lines } = handler();
      const answer = await post(sent, headers);
      expect([answer.status, answer.body.code, answer.headers['Content-Type']]).toEqual([
        status,
        code,
        'application/problem+json; charset=utf-8',
      ]);
      expect(JSON.stringify(answer)).not.toMatch(new RegExp(`"${verdict}"|ESS_CALLBACK|[Kk]ey`));
      expect(received).toEqual([]);
      expect(rejections).toEqual([
        {
          verdict,
          route: { kind: 'application' },
          sourceIp: null,
          bytes: sent.length,
          receivedAtMs: nowMs,
          count: 1,
        },
      ]);
      expect(lines.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ level: 'warn', verdict, why: expect.any(String) }),
        expect.objectContaining({ level: 'warn', verdict, status, code }),
      ]);
    },
  );

  it.each([{ fails: 'reject' as const }, { openFails: true }])(
    'is answered the same where that cannot be noted (%#)',
    async (failing) => {
      const { post } = handler(failing);
      expect(await post(body)).toMatchObject({ status: 401, body: { code: 'NotificationUnproven' } });
    },
  );

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('by the method %s is answered 405', async (httpMethod) => {
    const { post, received, rejections } = handler();
    const answer = await post(body, composed.headers, { httpMethod });
    expect([answer.status, answer.headers['Allow']]).toEqual([405, 'POST']);
    expect([received, rejections]).toEqual([[], []]);
  });

  it('never names a secret in the log', async () => {
    const { post, lines } = handler();
    for (const sent of [body, rewritten, wrongKey.body]) await post(sent, composed.headers);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('\n')).not.toMatch(new RegExp(`${key}|${token}`));
  });
});

describe('without its secrets', () => {
  it.each([
    [{ ESS_CALLBACK_TOKENS: '' }, 'ESS_CALLBACK_TOKENS'],
    [{ ESS_CALLBACK_TOKENS: '', ESS_CALLBACK_PLAINTEXT: 'accept' }, 'ESS_CALLBACK_TOKENS'],
    [{ ESS_CALLBACK_KEYS: '' }, 'ESS_CALLBACK_KEYS'],
    [{ ESS_CALLBACK_KEYS: 'short' }, 'ESS_CALLBACK_KEYS'],
  ])('it takes nothing and says which is missing (%#)', async (missing, name) => {
    const { post, received } = handler({ env: missing });
    for (const body of [composed.body, Buffer.from('{}')]) {
      const answer = await post(body, composed.headers);
      expect([answer.status, answer.body.code]).toEqual([503, 'Misconfigured']);
      expect(answer.body.errors).toEqual([expect.objectContaining({ path: name })]);
    }
    expect(received).toEqual([]);
  });
});
