import { describe, expect, it } from 'vitest';
import { happeningsIn } from './happenings.ts';

const line = (source: string, fields: object) =>
  `${source} | ${JSON.stringify({ time: '2026-11-29T10:02:51.989Z', level: 'info', message: 'done', function: source, requestId: 'r1', ...fields })}`;
const told = (text: string) =>
  happeningsIn(text).map(({ tone, text: { en }, count, codeId }) => [
    ...[tone, en, count],
    ...(codeId === undefined ? [] : [codeId]),
  ]);

const idleRenewals = {
  ...{ renewed: 0, failed: 0, retrying: 0, unknown: 0, held: 0, paced: 0, idle: 0, lost: 0, orphaned: 0 },
  ...{ broken: 0, tenantsSetAside: 0, ended: 'done', warned: 0, expired: 0, settled: 0, released: 0 },
  ...{ cancelled: 0, cancelsFailed: 0, retried: 0, retriesFailed: 0 },
};
const idleDeliveries = { delivered: 0, retrying: 0, dead: 0, lost: 0, spread: 0, buried: 0, ended: 'done' };

describe('happeningsIn', () => {
  it.each([
    ['the renewal timer', line('renew-expired-codes', { result: idleRenewals })],
    ['the delivery timer', line('deliver-events', { result: idleDeliveries })],
    ['the pruning timer', line('prune-records', { result: { deleted: { events: 3 }, complete: true } })],
    ['a call that looks', line('DescribeMultiFlowSignQRCodes', { method: 'POST', status: 200 })],
    ['a probe of the address', line('callback-handler', { outcome: 'probe', status: 200 })],
    [
      'a copy of a message',
      line('callback-handler', { outcome: 'duplicate', messageType: 'MultiFlowSignQrCodeCost' }),
    ],
    [
      'a call that upstream took',
      'emulator | POST ChannelCreateMultiFlowSignQRCode ok [s1795946572560694885]',
    ],
    ['a message that nobody needs to see', 'emulator | notification TemplateAdd 200 [yDU9Iw25pV9CW3p5]'],
    ['a copy of a message', 'emulator | notification MultiFlowSignQrCodeCost 200 (sent again) [yD qr-1]'],
    ['a message that comes again', 'emulator | notification MultiFlowSignQrCodeCost 200 (lost) [yD qr-1]'],
    ['what the host adds to a failure', 'SendTestEvent | 430 user code exception caught: Failure (r1)'],
  ])('is silent about %s that is idle or over', (_, text) => {
    expect(told(text)).toEqual([]);
  });

  it.each([
    ['ChannelCreateMultiFlowSignQRCode', 'a code was made'],
    ['ChannelCancelMultiFlowSignQRCode', 'a code was cancelled'],
    ['ModifyMultiFlowSignQRCode', 'a code was changed'],
    ['CreateEventSubscription', 'a subscription to events was made'],
    ['SendTestEvent', 'a test event was sent'],
  ])('tells that %s was done', (source, text) => {
    expect(told(line(source, { method: 'POST', keyId: 'k', status: 200 }))).toEqual([['good', text, 1]]);
  });

  it('tells each number of a timer that is not zero', () => {
    expect(told(line('renew-expired-codes', { result: { ...idleRenewals, renewed: 3, held: 1 } }))).toEqual([
      ['good', 'a code was renewed: its link leads to the successor', 3],
      ['warning', 'a code waits: its organisation has no contracts left', 1],
    ]);
    expect(
      told(line('deliver-events', { result: { ...idleDeliveries, delivered: 2, retrying: 1, dead: 1 } })),
    ).toEqual([
      ['good', 'an event was delivered', 2],
      ['warning', 'a delivery failed and is tried again', 1],
      ['bad', 'a delivery was given up: ReplayEvent sends it again', 1],
    ]);
  });

  it.each([
    [{ messageType: 'MultiFlowSignQrCodeCost', reason: 'CostCounted' }, []],
    [
      { messageType: 'MultiFlowSignQrCodeCost', reason: 'CostRestoredQuota' },
      [['good', 'the organisation has contracts again', 1]],
    ],
    [
      { messageType: 'MultiFlowSignQrCodeCost', codeId: 'code-1', renewal: 'renewed' },
      [['good', 'a code was renewed: its link leads to the successor', 1, 'code-1']],
    ],
    [
      { messageType: 'FlowStatusChange', outcome: 'pending', reason: 'EffectFailed' },
      [['warning', "a notification of Tencent's is stored, and its effect is tried again", 1]],
    ],
  ])('tells what %o did', (fields, happenings) => {
    expect(told(line('callback-handler', { status: 200, outcome: 'applied', ...fields }))).toEqual(
      happenings,
    );
  });

  it.each([
    ['sign', [['plain', 'a party signed', 1]]],
    ['finish', [['good', 'a contract is signed by everybody', 1]]],
    ['reject', [['plain', 'a signer rejected the contract', 1]]],
    ['deadline', [['plain', 'a contract ran out of time', 1]]],
    ['constructor', []],
  ])('tells a contract that was the object of %s', (operation, happenings) => {
    expect(told(`emulator | notification FlowStatusChange ${operation} 200 [yDU9]`)).toEqual(happenings);
  });

  it('tells whose QR code was scanned, in vain or not', () => {
    expect(told('emulator | notification MultiFlowSignQrCodeCost 200 [yD qr-1]')).toEqual([
      ['good', 'a person scanned: a contract was charged for', 1, 'qr-1'],
    ]);
    expect(told('emulator | notification CreateFlowByQrCode 200 [yD qr-1]')).toEqual([
      ['bad', 'a person scanned in vain: the organisation has no contracts left', 1, 'qr-1'],
    ]);
    expect(told('emulator | notification FlowStatusChange sign 200 [yD qr-1]')).toEqual([
      ['plain', 'a party signed', 1, 'qr-1'],
    ]);
  });

  it('tells the renewal that a person has asked for, and names the code', () => {
    const fields = { status: 200, codeId: 'code-1', renewal: 'renewed' };
    expect(told(line('ModifyMultiFlowSignQRCode', fields))).toEqual([
      ['good', 'a code was changed', 1, 'code-1'],
      ['good', 'a code was renewed: its link leads to the successor', 1, 'code-1'],
    ]);
  });

  it('names the codes of a run, as far as the run does', () => {
    const result = {
      ...idleRenewals,
      renewed: 3,
      codes: { renewed: ['code-1', 'code-2'], idle: ['code-9'] },
    };
    const renewed = ['good', 'a code was renewed: its link leads to the successor', 1];
    expect(told(line('renew-expired-codes', { result }))).toEqual([
      [...renewed, 'code-1'],
      [...renewed, 'code-2'],
      renewed,
    ]);
  });

  it('tells of the successor that a scan has made, and of none that it has not', () => {
    const opened = ['plain', 'a stable link was opened', 1];
    const renewed = ['good', 'a code was renewed: its link leads to the successor', 1];
    expect(told(line('stable-link', { status: 302, renewal: 'renewed' }))).toEqual([renewed, opened]);
    expect(told(line('stable-link', { status: 302, renewal: 'retrying' }))).toEqual([opened]);
  });

  it('does not tell that a page which waits has asked, but for the successor that this has made', () => {
    const renewed = ['good', 'a code was renewed: its link leads to the successor', 1];
    const asked = (facts: object) => told(line('stable-link', { method: 'HEAD', ...facts }));
    expect(asked({ status: 503 })).toEqual([]);
    expect(asked({ status: 302, renewal: 'renewed' })).toEqual([renewed]);
    expect(told(line('stable-link', { method: 'GET', status: 200 }))).toEqual([]);
  });

  it('tells that time has passed', () => {
    expect(told('clock | 2026-12-07T12:42:45.643Z, after deliver-events ×10')).toEqual([
      ['plain', 'the clock was moved: it is 2026-12-07T12:42:45Z', 1],
    ]);
    expect(told('clock | Error: no')).toEqual([]);
  });

  it.each([
    [
      'emulator | notification FlowStatusChange sign 503 [yD]',
      "a notification of Tencent's was not taken (503): it comes again",
    ],
    [
      'emulator | notification MultiFlowSignQrCodeCost ECONNREFUSED (lost) [yD]',
      "a notification of Tencent's was not taken (ECONNREFUSED): it comes again",
    ],
    [
      'emulator | notification FlowStatusChange finish timeout [yD qr-1]',
      "a notification of Tencent's was not taken (timeout): it comes again",
    ],
    [
      'emulator | notification CreateFlowByQrCode timeout [yD qr-1]',
      "a notification of Tencent's was not taken (timeout): it comes again",
    ],
    [
      'emulator | POST DescribeTemplates AuthFailure.SecretIdNotFound: The SecretId is unknown [r]',
      'upstream refused DescribeTemplates AuthFailure.SecretIdNotFound: The SecretId is unknown',
    ],
    [
      line('SendTestEvent', { level: 'warn', message: 'failed', status: 404, code: 'NotFound' }),
      'SendTestEvent refused a call: There is no such thing (NotFound)',
    ],
    [
      line('ChannelCreateMultiFlowSignQRCode', {
        level: 'warn',
        message: 'failed',
        status: 400,
        code: 'InvalidParameter.Mobile',
      }),
      'ChannelCreateMultiFlowSignQRCode refused a call: InvalidParameter.Mobile',
    ],
    [line('stable-link', { status: 410 }), 'a stable link was opened that leads nowhere'],
    [
      line('stable-link', { status: 503 }),
      'a stable link was opened, and there is nothing to sign at the moment',
    ],
    [
      line('stable-link', {
        level: 'warn',
        message: 'a successor was not made',
        codeId: 'c',
        error: { type: 'Failure', code: 'UpstreamTimeout' },
      }),
      'stable-link: a successor was not made (UpstreamTimeout)',
    ],
  ])('warns of %s', (text, expected) => {
    expect(told(text).map((one) => one.slice(0, 3))).toEqual([['warning', expected, 1]]);
  });

  it.each([
    [
      line('callback-handler', {
        level: 'error',
        message: 'failed',
        status: 503,
        code: 'DatabaseUnavailable',
      }),
      'callback-handler failed: The database cannot be reached (DatabaseUnavailable)',
    ],
    [
      'renew-expired-codes | 433 Invoking task timed out after 60 seconds (r1)',
      'renew-expired-codes: 433 Invoking task timed out after 60 seconds (r1)',
    ],
    ['database | has failed: out of memory', 'database: has failed: out of memory'],
    ['no source at all', 'no source at all'],
  ])('reports %s', (text, expected) => {
    expect(told(text)).toEqual([['bad', expected, 1]]);
  });

  it('tells a notification that was turned away once, with the reason', () => {
    const verdict = 'NoSignature';
    const noticed = line('callback-handler', {
      level: 'warn',
      message: 'a notification was rejected',
      verdict,
    });
    expect(told(noticed)).toEqual([
      ['warning', expect.stringMatching(/^a notification was turned away: The header Content-Signature/), 1],
    ]);
    const failed = line('callback-handler', {
      level: 'warn',
      message: 'failed',
      verdict,
      status: 401,
      code: 'NotificationUnproven',
    });
    expect(told(failed)).toEqual([]);
  });

  it('repeats nothing of a record but codes, and is never of one language alone', () => {
    const personal = { name: '张三', mobile: '13812345678', keyId: 'secret-id', requestId: 'secret-request' };
    for (const [source, fields] of [
      ['ChannelCreateMultiFlowSignQRCode', { status: 200 }],
      ['callback-handler', { outcome: 'applied', messageType: 'x', reason: 'CostRestoredQuota' }],
      [
        'SendTestEvent',
        {
          level: 'error',
          message: 'failed',
          status: 500,
          code: 'InternalFailure',
          error: { detail: '张三', code: 'X' },
        },
      ],
    ] as const) {
      const texts = happeningsIn(line(source, { ...personal, ...fields })).map(({ text }) => text);
      expect(texts).toHaveLength(1);
      expect(JSON.stringify(texts)).not.toMatch(/张三|138|secret/);
      expect(texts[0]?.zh).not.toBe(texts[0]?.en);
    }
  });
});
