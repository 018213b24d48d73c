import { api } from '../../shared/essbasic/api.ts';
import { createSigner } from '../../shared/tc3/sign.ts';
import { type ApiAnswer, type RawAnswer, send } from '../cloud-api/call.test.kit.ts';
import { credentials } from '../cloud-api/credentials.ts';
import { mergePatch } from '../cloud-api/merge-patch.ts';
import { type EmulatedName, goodRequests } from './good-requests.ts';
import type { Provocation, Twist } from './provocations.ts';

/** Headers of a signed call, as an honest client makes them. */
export function signedHeaders(
  url: string,
  action: string,
  body: Uint8Array,
  twist: Twist = {},
): Record<string, string> {
  const { secretId = credentials[0].secretId, secretKey = credentials[0].secretKey, skewS = 0 } = twist;
  const timestampS = Math.floor(Date.now() / 1000) + skewS;
  const { host } = new URL(url);
  const contentType = 'application/json';
  const headers = {
    'X-TC-Action': action,
    'X-TC-Version': api.version,
    'X-TC-Language': 'en-US',
    ...twist.headers,
  };
  const sign = createSigner({ secretId, secretKey }, api.service);
  const authorization = sign({ host, contentType, body, timestampS });
  return {
    ...headers,
    Host: host,
    'Content-Type': contentType,
    'Content-Length': String(body.byteLength),
    'X-TC-Timestamp': String(timestampS),
    Authorization: twist.authorization ?? authorization,
  };
}

/** Calls an action, signed with the seeded key. */
export async function callRaw(
  url: string,
  action: string,
  value: unknown,
  twist: Twist = {},
): Promise<RawAnswer> {
  const text = JSON.stringify(value);
  // Spaces after a JSON text are still the same JSON.
  const body = Buffer.from(text.padEnd(twist.bodyBytes ?? 0));
  const method = twist.method ?? 'POST';
  return await send(url, { method, headers: signedHeaders(url, action, body, twist), body });
}

export async function call(
  url: string,
  action: string,
  value: unknown,
  twist: Twist = {},
): Promise<ApiAnswer> {
  const { text } = await callRaw(url, action, value, twist);
  return (JSON.parse(text) as { Response: ApiAnswer }).Response; // the shape of every answer
}

/** The good request of an action, changed by a JSON Merge Patch. */
export const requestFor = (action: EmulatedName, patch: Provocation['patch'] = {}) =>
  mergePatch(goodRequests[action], patch);

export async function createCode(url: string, patch: Provocation['patch'] = {}): Promise<CreatedCode> {
  const action = 'ChannelCreateMultiFlowSignQRCode';
  const answer = await call(url, action, requestFor(action, patch));
  if (answer.Error) throw new Error(`${answer.Error.Code}: ${answer.Error.Message}`);
  return answer as unknown as CreatedCode; // the contract of a create, which its own test checks
}

export interface CreatedCode {
  RequestId: string;
  QrCode: { QrCodeId: string; QrCodeUrl: string; ExpiredTime: number; WeixinQrCodeUrl: string };
  SignUrls: { AppSignUrl: string; EffectiveTime: string; HttpSignUrl: string };
}

/** The code that an action answers, or `ok`. */
export async function resultOf(
  url: string,
  action: EmulatedName,
  patch: Provocation['patch'] = {},
): Promise<string> {
  const answer = await call(url, action, requestFor(action, patch));
  return answer.Error?.Code ?? 'ok';
}

/** Calls the control plane. */
export async function control(
  url: string,
  method: string,
  path: string,
  value?: unknown,
): Promise<{ status: number; body: unknown }> {
  const body = Buffer.from(value === undefined ? '' : JSON.stringify(value));
  const { status, text } = await send(`${url}/_emulator/${path}`, {
    method,
    headers: { 'Content-Length': String(body.byteLength) },
    body,
  });
  return { status, body: JSON.parse(text) };
}
