import { verify } from '../../../shared/tc3/verify.ts';
import type { Text } from '../../../shared/text.ts';
import type { Credential } from '../credentials.ts';
import type { GatewayCode } from '../gateway-code.ts';
import { publishedRefusal, type Refusal, type Refuse } from '../outcome.ts';
import { common, header, nameOfCommon, type ReadCall } from '../read-call.ts';
import { explanationShown } from './signature-explanation.ts';
import { type V1Verdict, verifyV1 } from './verify-v1.ts';

export type Authenticated = { ok: true; secretId: string } | Refusal;

/** Texts that are known from upstream's answers. */
const publishedTexts: Readonly<Record<string, Text>> = {
  'AuthFailure.SignatureFailure': {
    zh: '请求签名验证失败，请检查您的签名计算是否正确。',
    en: 'The provided credentials could not be validated. Please check your signature is correct.',
  },
  'AuthFailure.SecretIdNotFound': {
    zh: '密钥不存在，请确认 SecretId 正确。',
    en: 'The SecretId is not found, please ensure that your SecretId is correct.',
  },
};

export interface AuthenticateOptions {
  credentials: readonly Credential[];
  /** The time that the window of 300 s lies around. Unix seconds. */
  nowS: number;
  /** As the scope of a credential names it. */
  service: string;
  refuse: Refuse<GatewayCode>;
}

/** Who calls, proven by the signature. */
export function authenticate(read: ReadCall, options: AuthenticateOptions): Authenticated {
  const verdict = read.scheme === 'TC3' ? verdictOfTc3(read, options) : verdictOfV1(read, options);
  if (verdict.ok) return refusalOfToken(read, verdict.secretId, options) ?? verdict;

  const { code, message, explanation } = verdict;
  const reason = explanation === undefined ? message : `${message}. ${explanation.hint}`;
  const published = publishedTexts[code];
  const refused = published
    ? publishedRefusal(code, published, reason)
    : options.refuse(code, message, { reason });
  return explanation === undefined ? refused : { ...refused, explanation };
}

const keysOf =
  ({ credentials }: AuthenticateOptions) =>
  (id: string) =>
    credentials.find(({ secretId }) => secretId === id)?.secretKey;

function verdictOfV1(read: ReadCall, options: AuthenticateOptions): V1Verdict {
  const { nowS, service } = options;
  const parameters = read.parameters?.ok ? read.parameters.value : new Map<string, string>();
  const request = { httpMethod: read.method, host: header(read, 'host'), parameters };
  return verifyV1(request, { secretKeyOf: keysOf(options), nowS, service });
}

function verdictOfTc3(read: ReadCall, options: AuthenticateOptions): V1Verdict {
  const { method, query, headers, body = new Uint8Array() } = read;
  const verdict = verify(
    { method, path: '/', query, headers, body },
    { secretKeyOf: keysOf(options), nowS: options.nowS },
  );
  if (!verdict.ok) {
    const { explanation, ...refused } = verdict;
    return explanation === undefined ? refused : { ...refused, explanation: explanationShown(explanation) };
  }
  if (isOurs(verdict.service, header(read, 'host'), options.service)) return verdict;
  const message = `The credential is for another service than ${options.service}`;
  return { ok: false, code: 'AuthFailure.SignatureFailure', message };
}

/**
 * A signature for another service opens nothing here. The service is the one of the API, or what the official SDKs make
 * of the endpoint that they were given: its host, or the first label of it, of which `127.0.0.1:9300` has `127`.
 */
const isOurs = (scoped: string, host: string, service: string) =>
  scoped === service || scoped === host || scoped === host.split('.')[0];

/** A permanent key comes without a token, a temporary one with its own. */
function refusalOfToken(
  read: ReadCall,
  secretId: string,
  { credentials, refuse }: AuthenticateOptions,
): Refusal | undefined {
  const expected = credentials.find((credential) => credential.secretId === secretId)?.token ?? '';
  if (common(read, 'Token') === expected) return undefined;
  const name = nameOfCommon(read, 'Token');
  const detail =
    expected === ''
      ? { zh: `永久密钥不应带 ${name}`, en: `a permanent key comes without ${name}` }
      : { zh: `${name} 缺失或不属于该密钥`, en: `${name} is missing or not of this key` };
  return refuse('AuthFailure.TokenFailure', detail);
}
