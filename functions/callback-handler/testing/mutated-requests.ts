import { createCipheriv, createHmac } from 'node:crypto';
import type { Choices } from './choices.ts';

/** A request as the platform passes it, and what of it counts. */
export interface MutatedRequest {
  event: unknown;
  method: string;
  /** Undefined: the event holds no readable body. */
  body: Buffer | undefined;
  header: string | undefined;
}

export interface Sender {
  keys: readonly string[];
  tokens: readonly string[];
}

const strangerKey = 'STRANGER000000000000000000000000';
const strangerToken = 'stranger-token';

/** One request that was good before one to three things went wrong with it; a few are left good. */
export function mutatedRequest(random: Choices, sender: Sender): MutatedRequest {
  const message = random.chance(0.3) ? mutatedText(random, envelope(random)) : envelope(random);
  let body = Buffer.from(
    wrapped(random, random.chance(0.1) ? message : encrypted(random, message, sender), message),
  );
  const before = body;
  if (random.chance(0.3)) body = mutatedBytes(random, body);
  if (random.chance(0.002)) body = huge(random);
  const header = signature(random, random.chance(0.5) ? body : before, sender);
  return posted(random, body, header);
}

function envelope(random: Choices): string {
  const id = () => `yD${random.below(1e9).toString(36)}`;
  const odd: readonly unknown[] = [
    null,
    0,
    '',
    [],
    {},
    'x'.repeat(201),
    'a\0b',
    '\ud800',
    { __proto__: null },
    '中文',
    true,
  ];
  const one = (usual: unknown) => (random.chance(0.05) ? random.pick(odd) : usual);
  const data = random.pick<unknown>([
    {
      FlowId: id(),
      FlowName: '测试合同',
      FlowCallbackStatus: random.below(22),
      Approvers: [{ ApproverName: '张三' }],
    },
    { QrCodeId: id(), Reason: 'quota' },
    JSON.stringify({ QrCodeId: id() }),
    [id()],
    null,
    'no json',
    nested(random.below(60)),
  ]);
  return JSON.stringify({
    MsgId: one(id()),
    MsgType: one(
      random.pick(['MultiFlowSignQrCodeCost', 'CreateFlowByQrCode', 'FlowStatusChange', 'Unheard']),
    ),
    MsgVersion: one('ThirdPartyApp'),
    MsgData: data,
  });
}

const nested = (depth: number): unknown => (depth === 0 ? 'x' : [nested(depth - 1)]);

function encrypted(random: Choices, message: string, { keys }: Sender): string {
  const key = random.chance(0.05) ? strangerKey : random.pick(keys);
  const cipher = createCipheriv('aes-256-cbc', key, key.slice(0, 16));
  cipher.setAutoPadding(false);
  const padded = Buffer.concat([Buffer.from(message), padding(random, Buffer.byteLength(message))]);
  const text = Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
  if (random.chance(0.9)) return text;
  return random.pick<() => string>([
    () => text.replaceAll('+', '-').replaceAll('/', '_'),
    () => text.replace(/=+$/, ''),
    () => `${text}=`,
    () => text.slice(0, -random.below(40) - 1),
    () => text.replace(/(.{64})/g, '$1\n'),
    () => Buffer.from(text, 'base64').toString('hex'),
    () => ` ${text}`,
    () => text.repeat(2),
    () => '',
  ])();
}

/** PKCS#7, or one of the ways to get it wrong that still fill whole blocks. */
function padding(random: Choices, length: number): Buffer {
  const size = 16 - (length % 16);
  if (random.chance(0.85)) return Buffer.alloc(size, size);
  return random.pick<() => Buffer<ArrayBuffer>>([
    () => Buffer.alloc(size, 0),
    () => Buffer.concat([Buffer.alloc(size - 1, 0), Buffer.from([size])]),
    () => Buffer.alloc(size, size + 1),
    () => Buffer.alloc(size + 16, size + 16),
    () => Buffer.concat([Buffer.alloc(size - 1, random.below(256)), Buffer.from([random.below(256)])]),
  ])();
}

function wrapped(random: Choices, ciphertext: string, message: string): string {
  if (ciphertext === message) return message;
  if (random.chance(0.6)) return JSON.stringify({ encrypt: ciphertext });
  return random.pick<() => string>([
    () => ciphertext,
    () => `${ciphertext}\n`,
    () => JSON.stringify({ encrypt: ciphertext }, null, 2),
    () => JSON.stringify({ encrypt: ciphertext, more: { a: 1 } }),
    () => JSON.stringify({ Encrypt: ciphertext }),
    () => JSON.stringify({ encrypt: [ciphertext] }),
    () => JSON.stringify([{ encrypt: ciphertext }]),
    () => JSON.stringify(ciphertext),
    () => `{"encrypt":"x","encrypt":${JSON.stringify(ciphertext)}}`,
    () => `{"__proto__":{"encrypt":${JSON.stringify(ciphertext)}}}`,
    () => `\ufeff${JSON.stringify({ encrypt: ciphertext })}`,
    () => JSON.stringify({ encrypt: ciphertext }).replaceAll('/', '\\/'),
    () => random.pick(['', '{}', '[]', 'null', '1', '{"encrypt":null}', '{"encrypt":1e999}', '{"encrypt":']),
  ])();
}

function mutatedText(random: Choices, text: string): string {
  const at = random.below(text.length);
  return random.pick<() => string>([
    () => text.slice(0, at),
    () => text.slice(0, at) + text.slice(at + 1),
    () =>
      text.slice(0, at) + random.pick(['"', '{', '[', ',', '\\', '\0', '\u{1f600}', '1']) + text.slice(at),
    () => `${text}${text}`,
    () => `${text},`,
    () => text.replace('"MsgId"', '"msgid"'),
    () => text.replace('"MsgType"', '"MsgId"'),
    () => `[${text}]`,
    () => JSON.stringify(text),
    () => '[',
    () => '',
  ])();
}

function mutatedBytes(random: Choices, body: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const at = random.below(body.length + 1);
  const tail = body.subarray(at);
  return random.pick<() => Buffer<ArrayBuffer>>([
    () => {
      const changed = Buffer.from(body);
      if (at < body.length) changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
      return changed;
    },
    () => body.subarray(0, at),
    () => Buffer.concat([body.subarray(0, at), tail.subarray(1)]),
    () => Buffer.concat([body.subarray(0, at), Buffer.from([random.below(256)]), tail]),
    () => Buffer.concat([body, Buffer.from(random.pick(['\n', ' ', '\0', '}', '==']))]),
    () => Buffer.concat([body.subarray(0, at), body.subarray(0, at), tail]),
  ])();
}

/** Near and beyond the limit, and JSON that nests as deep as it is long. */
function huge(random: Choices): Buffer<ArrayBuffer> {
  const limit = 1_048_576;
  return random.pick<() => Buffer<ArrayBuffer>>([
    () => Buffer.alloc(limit, 'A'),
    () => Buffer.alloc(limit + 1, 'A'),
    () => Buffer.from(JSON.stringify({ encrypt: 'A'.repeat(1_000_000) })),
    () => Buffer.from('['.repeat(limit / 2) + ']'.repeat(limit / 2)),
    () =>
      Buffer.from(`{"MsgId":"deep","MsgType":"x","MsgData":${'['.repeat(300_000)}${']'.repeat(300_000)}}`),
    () => Buffer.from(`{"MsgId":"wide","MsgType":"x","MsgData":[${'"ab",'.repeat(150_000)}1]}`),
    () => Buffer.from(Array.from({ length: 4096 }, () => random.below(256))),
  ])();
}

function signature(random: Choices, body: Buffer, { tokens }: Sender): string | undefined {
  const hmac = (token: string) => createHmac('sha256', token).update(body).digest('hex');
  const right = `sha256=${hmac(random.pick(tokens))}`;
  if (random.chance(0.75)) return right;
  return random.pick<() => string | undefined>([
    () => undefined,
    () => '',
    () => `sha256=${hmac(strangerToken)}`,
    () => `sha256=${hmac('')}`,
    () => right.toUpperCase(),
    () => right.slice(7),
    () => right.slice(0, -1),
    () => `${right}0`,
    () => `${right}, ${right}`,
    () => right.replace('sha256', 'sha1'),
    () => `sha256=${'0'.repeat(64)}`,
    () => 'sha256='.repeat(2000),
    () => `sha256=${right.slice(8)}é`,
  ])();
}

function posted(random: Choices, body: Buffer, header: string | undefined): MutatedRequest {
  const method = random.chance(0.03)
    ? random.pick(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'POST\n', ''])
    : 'POST';
  const headers: Record<string, unknown> = {
    'content-type': random.pick(['application/json', 'text/plain', 'x/y; charset=gbk']),
    ...(header !== undefined && { [random.pick(['content-signature', 'Content-Signature'])]: header }),
    ...(random.chance(0.1) && { 'x-request-id': random.pick(['a'.repeat(5000), '\0', '../..', 'ok-id']) }),
    ...(random.chance(0.1) && { 'accept-language': random.pick(['zh', 'en;q=x', '*', 'a,'.repeat(2000)]) }),
    ...(random.chance(0.1) && {
      'x-scf-remote-addr': random.pick(['203.0.113.9:1', '[::1]:2', 'x'.repeat(999), '0.']),
    }),
  };
  const path = random.pick([
    '/',
    '/callback-handler',
    `/${'A'.repeat(22)}.1`,
    `/${'%00'.repeat(300)}`,
    '//..//',
  ]);
  const event = { httpMethod: method, path, headers, queryString: {}, ...bodyMembers(random, body) };
  if (random.chance(0.02)) return { event: brokenEvent(random, event), method, body: undefined, header };
  // A body that is no UTF-8 only survives as base64, which is how it is passed then.
  return { event, method, body, header };
}

function bodyMembers(random: Choices, body: Buffer): object {
  const text = body.toString('utf8');
  const survives = Buffer.from(text).equals(body);
  if (!survives || random.chance(0.2)) return { body: body.toString('base64'), isBase64Encoded: true };
  return { body: text, ...(random.chance(0.2) && { isBase64Encoded: false }) };
}

function brokenEvent(random: Choices, event: { headers: object }): unknown {
  return random.pick<() => unknown>([
    () => null,
    () => 'event',
    () => [event],
    () => ({ ...event, body: null }),
    () => ({ ...event, body: 1 }),
    () => ({ ...event, body: { a: 1 } }),
    () => ({ ...event, body: '\ud800' }),
    () => ({ ...event, body: '***', isBase64Encoded: true }),
    () => ({ ...event, headers: [event.headers] }),
    () => ({ ...event, headers: null }),
    () => ({ Type: 'Timer' }),
    () => ({}),
  ])();
}
