import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createUpstream } from './create-upstream.ts';
import { createRedactor, networkCause } from './redact.ts';
import {
  cancel,
  create,
  deadEndpoint,
  hangUp,
  type Received,
  refused,
  say,
  serve,
  stayQuiet,
} from './testing/loopback.ts';
import { cancelRequest, createRequest, credentials } from './testing/requests.ts';
import { selfSigned } from './testing/self-signed.ts';

const token = 'temporary-token/with+signs==';

describe('createRedactor', () => {
  const redact = createRedactor(['key', undefined, '', token]);

  it('takes out every secret, wherever it stands', () => {
    expect(redact(`key, ${token} and key`)).toBe('***, *** and ***');
  });

  it('takes out signatures', () => {
    expect(
      redact(`got "TC3-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=${'0f'.repeat(32)}"`),
    ).toBe('got "***"');
    expect(redact(`Signature=${'0f'.repeat(32)}!`)).toBe('***!');
  });

  it('leaves other texts alone, but for their length', () => {
    expect(redact('模板不满足条件')).toBe('模板不满足条件');
    expect(redact('x'.repeat(5000))).toHaveLength(1000);
  });
});

describe('networkCause', () => {
  it('keeps code and message of an error and drops what hangs on it', () => {
    const error = Object.assign(new Error('Parse Error of key'), {
      code: 'HPE_INVALID',
      rawPacket: Buffer.from('x'),
    });
    expect(networkCause(error, createRedactor(['key']))).toEqual({
      code: 'HPE_INVALID',
      message: 'Parse Error of ***',
    });
    expect(networkCause(new TypeError('x'), (text) => text)).toEqual({ code: 'TypeError', message: 'x' });
    expect(networkCause('text', (text) => text)).toEqual({ code: 'UNKNOWN', message: 'text' });
  });
});

describe('an error of a call', () => {
  /** A server that quotes all that it got, as a debugging gateway may. */
  const quote = ({ headers, body }: Received) => `${JSON.stringify(headers)} ${body}`;

  it.each([
    ['refuses', say(refused('InvalidParameter'))],
    [
      'quotes the request in its refusal',
      (response, received) => say(refused('AuthFailure', quote(received)))(response, received),
    ],
    [
      'quotes the request instead of answering',
      (response, received) => say(quote(received))(response, received),
    ],
    [
      'quotes the request with an HTTP status',
      (response, received) => say(quote(received), 500)(response, received),
    ],
    [
      'quotes the request in its code',
      (response, received) => say(refused(quote(received)))(response, received),
    ],
    [
      'does not speak HTTP',
      (_, { socket, headers }) => socket.end(`${headers.authorization} ${headers['x-tc-token']}\r\n\r\n`),
    ],
    ['hangs up', hangUp],
    ['stays quiet', stayQuiet],
  ] as const satisfies readonly (readonly [string, Parameters<typeof serve>[0][number]])[])(
    'holds no secret when upstream %s',
    async (_, answer) => {
      const { endpoint, received } = await serve([answer]);
      const told = await toldBy(endpoint);
      const signature = /Signature=(\w+)/.exec(received[0]?.headers.authorization ?? '')?.[1];
      expect(signature).toHaveLength(64);
      expect(told).not.toContain(signature);
    },
  );

  it('holds no secret when nobody listens or nobody vouches for the certificate', async () => {
    await toldBy(await deadEndpoint());
    const { endpoint } = await serve([say({})], selfSigned());
    await toldBy(endpoint);
  });

  /** Everything that the errors of a create and of a cancel show when they are printed. */
  async function toldBy(endpoint: string): Promise<string> {
    const upstream = createUpstream({
      credentials: { ...credentials, token },
      endpoint,
      responseTimeoutMs: 30,
      maxAttempts: 1,
    });
    const deadlineMs = Date.now() + 5000;
    const calls = [
      upstream.call(create, createRequest, { deadlineMs }),
      upstream.call(cancel, cancelRequest, { deadlineMs }),
    ];
    const outcomes = await Promise.allSettled(calls);
    const errors = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : undefined));
    expect(errors.every((error) => error instanceof Error)).toBe(true);
    const depth = { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null } as const;
    const told = `${inspect(errors, depth)} ${JSON.stringify(errors)}`;
    for (const secret of [credentials.secretKey, token, 'TC3-HMAC-SHA256'])
      expect(told).not.toContain(secret);
    return told;
  }
});
