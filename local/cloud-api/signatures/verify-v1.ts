import { timingSafeEqual } from 'node:crypto';
import type { Refused } from '../../../shared/tc3/verify.ts';
import type { SignatureExplanation } from './signature-explanation.ts';
import { explainV1Mismatch } from './v1-mistakes.ts';
import { type V1Request, v1MethodOf, v1Signature, v1StringToSign } from './v1-signature.ts';

export interface V1Options {
  /** The key of an id, or undefined where there is none. */
  secretKeyOf: (secretId: string) => string | undefined;
  /** Unix seconds. */
  nowS: number;
  /** The service whose host a client may have signed instead of ours. */
  service: string;
}

/** Largest distance between `Timestamp` and the clock of the server, either way: assumed to be that of TC3. Seconds. */
const toleranceS = 300;

export type V1Verdict =
  | { ok: true; secretId: string }
  | (Omit<Refused, 'explanation'> & { explanation?: SignatureExplanation });

const refused = (code: Refused['code'], message: string): V1Verdict => ({ ok: false, code, message });

/** Forms of the common parameters that the signature needs. Nonces are whole numbers; the SDK for Node.js sends 0 too. */
const forms = {
  Timestamp: { pattern: /^\d{1,10}$/, form: 'Unix time in whole seconds' },
  Nonce: { pattern: /^\d{1,20}$/, form: 'a whole number' },
  SecretId: { pattern: /./, form: 'there' },
  Signature: { pattern: /./, form: 'there' },
} as const;

/**
 * Is the request signed with the key that it names, and now? Never throws, whatever was sent. The checks come in the order
 * of those of TC3: form, then id, then time, then signature.
 */
export function verifyV1(request: V1Request, options: V1Options): V1Verdict {
  const { parameters } = request;
  for (const [name, { pattern, form }] of Object.entries(forms)) {
    const value = parameters.get(name) ?? '';
    if (value === '') return refused('MissingParameter', `The parameter ${name} is missing`);
    if (!pattern.test(value)) return refused('InvalidParameter', `${name} must be ${form}`);
  }
  const secretId = parameters.get('SecretId') ?? '';
  const secretKey = options.secretKeyOf(secretId);
  if (secretKey === undefined) {
    return refused('AuthFailure.SecretIdNotFound', 'There is no such SecretId');
  }
  const distanceS = Number(parameters.get('Timestamp')) - options.nowS;
  if (Math.abs(distanceS) > toleranceS) {
    const side = distanceS < 0 ? 'behind' : 'ahead of';
    const message = `Timestamp is ${Math.abs(distanceS)} s ${side} the clock of the server; ${toleranceS} s are allowed`;
    return refused('AuthFailure.SignatureExpire', message);
  }
  if (isRight(request, secretKey)) return { ok: true, secretId };
  const explanation = explainV1Mismatch(request, { secretKey, service: options.service });
  return {
    ok: false,
    code: 'AuthFailure.SignatureFailure',
    message: 'The signature does not fit the request',
    explanation,
  };
}

function isRight(request: V1Request, secretKey: string): boolean {
  const { parameters } = request;
  const method = v1MethodOf(parameters.get('SignatureMethod'));
  const received = Buffer.from(parameters.get('Signature') ?? '');
  const expected = Buffer.from(v1Signature(method, secretKey, v1StringToSign(request)));
  return expected.length === received.length && timingSafeEqual(expected, received);
}
