import { verify } from '../../../shared/tc3/verify.ts';
import type { Credential } from '../seeds/credentials.ts';
import { type ApiCall, header } from './api-call.ts';
import { publishedRefusal, type Refusal, refusal } from './outcome.ts';

export type Authenticated = { ok: true; secretId: string } | Refusal;

/** Texts that are known from upstream's answers. */
const publishedTexts: Readonly<Record<string, { zh: string; en: string }>> = {
  'AuthFailure.SignatureFailure': {
    zh: '请求签名验证失败，请检查您的签名计算是否正确。',
    en: 'The provided credentials could not be validated. Please check your signature is correct.',
  },
  'AuthFailure.SecretIdNotFound': {
    zh: '密钥不存在，请确认 SecretId 正确。',
    en: 'The SecretId is not found, please ensure that your SecretId is correct.',
  },
};

/** Who calls, proven by the signature. `signatureNowS` is the time that the window of 300 s lies around. */
export function authenticate(
  call: ApiCall,
  body: Uint8Array,
  credentials: readonly Credential[],
  signatureNowS: number,
): Authenticated {
  const { method, query, headers } = call;
  const verdict = verify(
    { method, path: '/', query, headers, body },
    {
      secretKeyOf: (id) => credentials.find(({ secretId }) => secretId === id)?.secretKey,
      nowS: signatureNowS,
    },
  );
  if (verdict.ok) return refusalOfToken(call, verdict.secretId, credentials) ?? verdict;

  const { code, message, explanation } = verdict;
  const reason = explanation === undefined ? message : `${message}. ${explanation.hint}`;
  const published = publishedTexts[code];
  const refused = published
    ? publishedRefusal(code, published, reason)
    : refusal(code, { zh: message, en: message }, { reason });
  return explanation === undefined ? refused : { ...refused, explanation };
}

/** A permanent key comes without a token, a temporary one with its own. */
function refusalOfToken(
  call: ApiCall,
  secretId: string,
  credentials: readonly Credential[],
): Refusal | undefined {
  const expected = credentials.find((credential) => credential.secretId === secretId)?.token ?? '';
  if (header(call, 'x-tc-token') === expected) return undefined;
  const detail =
    expected === ''
      ? { zh: '永久密钥不应带 X-TC-Token', en: 'a permanent key comes without X-TC-Token' }
      : { zh: 'X-TC-Token 缺失或不属于该密钥', en: 'X-TC-Token is missing or not of this key' };
  return refusal('AuthFailure.TokenFailure', detail);
}
