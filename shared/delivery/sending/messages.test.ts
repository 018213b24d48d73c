/** What is sent: signatures, the messages of robots, and their texts. */
import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { alarmTypes, eventTypes } from '../event-types.ts';
import type { Endpoint, SubscriptionKind } from '../subscriptions/subscription.ts';
import { rotated } from '../subscriptions/subscription-secrets.ts';
import { alarmLines, alarmTexts } from './alarm-texts.ts';
import { composeMessage } from './compose-message.ts';
import { judgeAnswer } from './judge-answer.ts';
import { aliveSecrets, mintSecret, signature } from './standard-webhooks.ts';

const nowMs = 1_674_087_231_000;
const event = {
  eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  type: 'quota.exhausted',
  codeId: null,
  appId: 'app',
  organization: 'org-a',
  data: {},
  occurredAtMs: nowMs,
};
const url = 'https://robot.example/send?access_token=abc';

function compose(kind: SubscriptionKind, endpoint: Partial<Endpoint> = {}, changes: object = {}) {
  const receiver = { kind, languages: ['zh', 'en'] as const, endpoint: { url, secrets: [], ...endpoint } };
  return composeMessage({ ...event, ...changes }, receiver, nowMs);
}
const withSecret = (secret: string) => ({ secrets: [{ secret, untilMs: null }] });

describe('a signature', () => {
  it('equals the published example', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(signature(secret, event.eventId, 1_614_265_330, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('equals that of the standardwebhooks package, whatever is signed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.stringMatching(/^\w{1,40}$/),
        fc.nat(),
        (body, id, timestampS) => {
          const secret = mintSecret(randomBytes);
          const theirs = new Webhook(secret).sign(id, new Date(timestampS * 1000), body);
          expect(signature(secret, id, timestampS, body)).toBe(theirs);
        },
      ),
    );
  });

  it('is made with each secret that is alive, the newest first', () => {
    const first = mintSecret(randomBytes);
    const second = mintSecret(randomBytes);
    const secrets = rotated([{ secret: first, untilMs: null }], second, { nowMs, graceS: 60 });
    const { headers, body } = compose('standard-webhooks', { secrets });
    const signed = [second, first].map((secret) => signature(secret, event.eventId, nowMs / 1000, body));
    expect(headers['webhook-signature']).toBe(signed.join(' '));
    expect(aliveSecrets(secrets, nowMs + 60_000)).toEqual([second]);
  });

  it('of a replaced secret ends with its grace, which a second rotation does not prolong', () => {
    const once = rotated([{ secret: 'a', untilMs: null }], 'b', { nowMs, graceS: 60 });
    const twice = rotated(once, 'c', { nowMs: nowMs + 30_000, graceS: 600 });
    expect(twice).toEqual([
      { secret: 'c', untilMs: null },
      { secret: 'b', untilMs: nowMs + 630_000 },
      { secret: 'a', untilMs: nowMs + 60_000 },
    ]);
    expect(rotated(twice, 'd', { nowMs: nowMs + 1000_000, graceS: 0 })).toEqual([
      { secret: 'd', untilMs: null },
    ]);
  });
});

describe('the message of', () => {
  const bodyOf = (message: { body: string }): unknown => JSON.parse(message.body);
  const text = alarmLines(event, ['zh', 'en']).join('\n');

  it('WeCom is a text', () => {
    const message = compose('wecom');
    expect(message.url).toBe(url);
    expect(bodyOf(message)).toEqual({ msgtype: 'text', text: { content: text } });
  });

  it('Feishu is a text, signed in the body where there is a secret', () => {
    expect(bodyOf(compose('feishu'))).toEqual({ msg_type: 'text', content: { text } });
    const sign = createHmac('sha256', `${nowMs / 1000}\nsecret`).digest('base64');
    expect(bodyOf(compose('feishu', withSecret('secret')))).toEqual({
      timestamp: '1674087231',
      sign,
      msg_type: 'text',
      content: { text },
    });
  });

  it('DingTalk is a text, signed in the address where there is a secret', () => {
    expect(compose('dingtalk').url).toBe(url);
    const signed = new URL(compose('dingtalk', withSecret('SECret')).url);
    const sign = createHmac('sha256', 'SECret').update(`${nowMs}\nSECret`).digest('base64');
    expect(Object.fromEntries(signed.searchParams)).toEqual({
      access_token: 'abc',
      timestamp: `${nowMs}`,
      sign,
    });
    expect(signed.href).toContain(`sign=${encodeURIComponent(sign)}`);
  });

  it('a plain webhook is the type and the text', () => {
    const message = compose('webhook');
    expect(bodyOf(message)).toEqual({ type: 'quota.exhausted', text });
    expect(message.headers).toMatchObject({ 'webhook-id': event.eventId });
    expect(message.headers).not.toHaveProperty('webhook-signature');
  });
});

describe("a robot's answer with status 200", () => {
  const judge = (kind: SubscriptionKind, body: object) => {
    const answered = { kind: 'answered', status: 200, retryAfter: undefined, isWhole: true } as const;
    return judgeAnswer(kind, { ...answered, body: JSON.stringify(body) }, nowMs);
  };

  it.each([
    ['wecom', { errcode: 0, errmsg: 'ok' }],
    ['feishu', { code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success' }],
    ['dingtalk', { errcode: 0, errmsg: 'ok' }],
  ] as const)('of %s is a success with code 0', (kind, body) => {
    expect(judge(kind, body)).toEqual({ kind: 'delivered', status: 200 });
  });

  it.each([
    ['wecom', { errcode: 93000, errmsg: 'invalid webhook url' }, 93000],
    ['feishu', { code: 19021, msg: 'sign match fail or timestamp is not within one hour' }, 19021],
    ['feishu', { code: 9499, msg: 'Bad Request', data: {} }, 9499],
    ['dingtalk', { errcode: 310000, errmsg: 'sign not match' }, 310000],
  ] as const)('of %s is a failure with %j', (kind, body, answerCode) => {
    expect(judge(kind, body)).toMatchObject({ error: 'RobotRefused', status: 200, answerCode });
  });

  it.each([
    ['wecom', { errcode: 45009 }, 60],
    ['feishu', { code: 11232 }, 60],
    ['dingtalk', { errcode: 130101 }, 600],
  ] as const)('of %s that says "too many" in %j waits', (kind, body, retryAfterS) => {
    expect(judge(kind, body)).toMatchObject({ error: 'RobotRateLimited', retryAfterS });
  });
});

describe('the text of', () => {
  it.each(alarmTypes)('%s names what it is about, in both languages, on one line', (type) => {
    const data = {
      Percent: 80,
      Used: 8,
      MaxFlowNum: 10,
      Reason: 'RefusedForGood',
      ExpiredTime: 1_767_225_600,
    };
    const codeId = type.startsWith('code.') ? 'code-1' : null;
    for (const language of ['zh', 'en'] as const) {
      const [line = ''] = alarmLines({ type, codeId, organization: 'org-a', data }, [language]);
      expect(line).toContain('org-a');
      if (codeId !== null) expect(line).toContain(codeId);
      expect(line).not.toMatch(/[\n{}?]/);
      expect(Buffer.byteLength(line)).toBeLessThan(1024); // WeCom takes 2048 bytes, of both languages
      expect(/[一-龥]/.test(line)).toBe(language === 'zh');
    }
  });

  it('exists for exactly the alarms and the test', () => {
    expect(Object.keys(alarmTexts).sort()).toEqual([...alarmTypes, 'test'].sort());
    expect(eventTypes).toEqual(expect.arrayContaining([...alarmTypes]));
  });

  it('a time is that of the platform', () => {
    const told = {
      type: 'code.expiring',
      codeId: 'c',
      organization: 'o',
      data: { ExpiredTime: 1_767_225_600 },
    };
    expect(alarmLines(told, ['en'])[0]).toContain('2026-01-01 08:00 (UTC+8)');
  });

  it('values cannot add lines or call people', () => {
    const told = {
      type: 'quota.exhausted',
      codeId: null,
      organization: 'a\n@all <at user_id="all">',
      data: {},
    };
    expect(alarmLines(told, ['en'])[0]).not.toMatch(/[\n@<>]/);
  });

  it('an event without a text of its own is its type', () => {
    expect(alarmLines({ ...event, type: 'code.new' }, ['zh'])).toEqual(['[qianma] code.new']);
  });

  it.each([
    ['the words on its poster', { QrCodeName: '东门', ExternalId: 'gate-7' }, '东门 (code-1)'],
    ['the id in the users\u2019 own system', { QrCodeName: null, ExternalId: 'gate-7' }, 'gate-7 (code-1)'],
    ['its id alone', { QrCodeName: ' ', ExternalId: null }, 'Code code-1 of'],
    ['a name that is cut', { QrCodeName: '门'.repeat(200) }, `${'门'.repeat(60)} (code-1)`],
    ['a name that mentions nobody', { QrCodeName: '<@all>\n门' }, ' all 门 (code-1)'],
  ])('names a code by %s', (_, data, name) => {
    const about = { codeId: 'code-1', organization: 'org-a', data };
    expect(alarmLines({ type: 'code.exhausted', ...about }, ['en'])[0]).toContain(name);
  });
});
