/** Whatever arrives, a handler answers, and it is never our fault: 100,000 random events and requests, or a tenth. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { request as createRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { casesOf } from '../../testing/cases.ts';
import { mintApiKey } from './api-keys.ts';
import { httpAction } from './http-action.ts';
import type { MainHandler } from './http-handler.ts';

const { key, hash, keyId } = mintApiKey();
const record = {
  keyId,
  line: keyId,
  hash,
  name: 'fuzz',
  role: 'operator' as const,
  organizations: ['proxy-org-openid'],
  agent: { ProxyOrganizationOpenId: 'proxy-org-openid', ProxyOperatorOpenId: 'proxy-operator-openid' },
  expiresAtS: null,
  revokedAtS: null,
};
const person = { name: '王小明', mobile: '13912345678', idNumber: '11010519491231002X' };

const lines: string[] = [];
const handler: MainHandler = httpAction(
  {
    name: 'ChannelCreateMultiFlowSignQRCode',
    role: 'operator',
    request: createRequest,
    needs: [],
    open: () => ({ apiKeys: { present: async (key) => (key.keyId === keyId ? record : undefined) } }),
    run: async ({ input }) => ({ Echo: input }),
  },
  {
    env: { ESS_APP_ID: 'app', CORS_ORIGINS: 'https://app.example', API_KEY_HASH: mintApiKey().hash },
    write: (line) => lines.push(line),
    // Real timers would cost more than the work between them.
    after: () => () => {},
  },
);

const seed = {
  Agent: {
    AppId: 'app',
    ProxyOrganizationOpenId: 'proxy-org-openid',
    ProxyOperator: { OpenId: 'proxy-operator-openid' },
  },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '劳动合同',
  MaxFlowNum: 10,
  QrEffectiveDay: 7,
  Restrictions: [
    { Name: person.name, Mobile: person.mobile, IdCardType: 'ID_CARD', IdCardNumber: person.idNumber },
  ],
};

const event = {
  httpMethod: 'POST',
  path: '/ChannelCreateMultiFlowSignQRCode',
  headers: {
    'content-type': 'application/json',
    authorization: `Bearer ${key}`,
    'accept-language': 'zh-CN,zh;q=0.9',
    'x-request-id': 'trace-1',
    'idempotency-key': '"k"',
    origin: 'https://app.example',
    'x-scf-remote-addr': '203.0.113.9:4711',
  },
  queryString: { a: '1' },
  body: JSON.stringify(seed),
  isBase64Encoded: false,
  requestContext: {
    requestId: '4ca7089c-1f2e-4d57-8f0b-9b0f3d2c1a7e',
    sourceIp: '203.0.113.9',
    stage: 'release',
  },
};

/** How many requests of each status were answered, so that a generator that always fails early is noticed. */
async function answers(thing: unknown, context: unknown, statuses: Map<number, number>): Promise<void> {
  lines.length = 0;
  const response = await handler(thing, context);
  statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
  // 503 and the like would be our fault: nothing here is misconfigured, out of time or unreachable.
  if (response.statusCode >= 500) throw new Error(`${response.statusCode}: ${response.body}`);
  for (const [name, value] of Object.entries(response.headers)) {
    if (typeof value !== 'string' || /[^\t\x20-\x7e]/.test(value)) throw new Error(`${name}: ${value}`);
  }
  if (response.statusCode !== 204) JSON.parse(response.body);
  if (lines.length !== 1) throw new Error(`${lines.length} lines were logged`);
  if (/王小明|13912345678|11010519491231002X|qm_/.test(lines[0] ?? ''))
    throw new Error(`logged: ${lines[0]}`);
}

const noise = fc.oneof(
  { depthSize: 'small', maxDepth: 3 },
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    'true',
    0,
    -1,
    true,
    [],
    {},
    '\ud800',
    person.mobile,
    [person.name],
    key,
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** One or more places of a JSON value get another value, or go. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  const places = placesOf(value);
  const change = fc.tuple(fc.constantFrom(...places), fc.option(noise, { freq: 4 }), fc.boolean());
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    let whole: unknown = structuredClone(value);
    for (const [path, replacement, rename] of changes)
      whole = changeAt(whole, path, structuredClone(replacement), rename);
    return whole;
  });
}

function placesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...path, name]))];
}

function changeAt(whole: unknown, path: readonly string[], replacement: unknown, rename: boolean): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return replacement;
  if (typeof whole !== 'object' || whole === null) return whole;
  if (rest.length > 0)
    Reflect.set(whole, name, changeAt(Reflect.get(whole, name), rest, replacement, rename));
  else if (rename) Reflect.set(whole, name.toUpperCase(), replacement);
  else Reflect.set(whole, name, replacement);
  return whole;
}

/** A text with bytes changed, doubled or cut. */
function damaged(text: string): fc.Arbitrary<Uint8Array> {
  const bytes = Buffer.from(text);
  const change = fc.tuple(
    fc.nat({ max: bytes.length - 1 }),
    fc.nat({ max: 255 }),
    fc.constantFrom('set', 'cut', 'double', 'insert'),
  );
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<Buffer>((before, [at, byte, kind]) => {
      const [left, right] = [before.subarray(0, at), before.subarray(at)];
      const middle = { set: [byte], cut: [], double: [...right.subarray(0, byte)], insert: [byte] }[kind];
      return Buffer.concat([left, Buffer.from(middle), kind === 'set' ? right.subarray(1) : right]);
    }, bytes),
  );
}

const context = { request_id: 'r-1', getRemainingTimeInMillis: () => 10_000 };

describe('a handler made with httpAction', () => {
  it('answers the request that the others are made of', async () => {
    const statuses = new Map<number, number>();
    await answers(event, context, statuses);
    expect([...statuses]).toEqual([[200, 1]]);
  });

  it('answers events of any shape, in any context', async () => {
    const statuses = new Map<number, number>();
    const odd = fc.record(
      {
        httpMethod: fc.oneof(fc.constantFrom('POST', 'GET', 'OPTIONS', 'post'), noise),
        headers: fc.oneof(
          fc.dictionary(fc.constantFrom(...Object.keys(event.headers), 'Cookie'), noise),
          noise,
        ),
        body: noise,
        isBase64Encoded: noise,
        path: noise,
        queryString: noise,
        requestContext: noise,
        Type: fc.constant('Timer'),
      },
      { requiredKeys: [] },
    );
    // SCF always has time left; a context that says otherwise is answered with 504, and tested elsewhere.
    const contexts = fc.oneof(
      noise.filter((value) => !hasLimit(value)),
      fc.constant(context),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(odd, noise, fc.anything({ maxDepth: 2 })), contexts, (thing, any) =>
        answers(thing, any, statuses),
      ),
      casesOf(20_000),
    );
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([400, 405, 415]));
  });

  it('answers right requests with members changed', async () => {
    const statuses = new Map<number, number>();
    const withBody = mutated(seed).map((body) => ({ ...event, body: JSON.stringify(body) }));
    // Few of all the places of an event decide whether its body is looked at.
    const { httpMethod, headers } = event;
    const withHead = mutated({ httpMethod, headers }).map((head) => Object.assign({ ...event }, head));
    // Of thousands some ten would do what these do, and for some seed none.
    const withMethod = fc
      .constantFrom('PUT', 'GET', 'DELETE')
      .map((method) => ({ ...event, httpMethod: method }));
    const ofOthers = fc.stringMatching(/^another-[a-z]{1,20}$/).map((ProxyOrganizationOpenId) => ({
      ...event,
      body: JSON.stringify({ ...seed, Agent: { ...seed.Agent, ProxyOrganizationOpenId } }),
    }));
    const requests = fc.oneof(
      { arbitrary: fc.oneof(mutated(event), withBody, withHead), weight: 8 },
      { arbitrary: withMethod, weight: 1 },
      { arbitrary: ofOthers, weight: 1 },
    );
    await fc.assert(
      fc.asyncProperty(requests, (thing) => answers(thing, context, statuses)),
      casesOf(40_000),
    );
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 405, 415]));
  });

  it('answers right requests with headers and bytes damaged', async () => {
    const statuses = new Map<number, number>();
    const raw = damaged(event.body).chain((bytes) =>
      fc.constantFrom(
        { ...event, body: Buffer.from(bytes).toString('utf8') },
        { ...event, body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true },
      ),
    );
    const withHeaders = fc
      .tuple(
        fc.constantFrom(...Object.entries(event.headers)),
        fc.string({ unit: 'binary' }),
        fc.nat({ max: 60 }),
      )
      .map(([[name, value], text, at]) => ({
        ...event,
        headers: { ...event.headers, [name]: `${value.slice(0, at)}${text}${value.slice(at)}` },
      }));
    const anyBody = fc.oneof(fc.json(), fc.string({ unit: 'binary' })).map((body) => ({ ...event, body }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(raw, withHeaders, anyBody), (thing) => answers(thing, context, statuses)),
      casesOf(40_000),
    );
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 415]));
  });
});

function hasLimit(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ('time_limit_in_ms' in value || 'getRemainingTimeInMillis' in value)
  );
}
