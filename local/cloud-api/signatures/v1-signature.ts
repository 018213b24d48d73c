/**
 * The signature of version 1, which the SDKs offer as `HmacSHA1` and `HmacSHA256`: over every parameter, common ones
 * included, sorted by name and not encoded (document 362/4208's predecessor, "签名方法 v1").
 */
import { createHmac } from 'node:crypto';

export type V1Method = 'HmacSHA1' | 'HmacSHA256';

/** Only the name HmacSHA256 means SHA-256; whatever else is said or left out means SHA-1, as documented. */
export const v1MethodOf = (named: string | undefined): V1Method =>
  named === 'HmacSHA256' ? 'HmacSHA256' : 'HmacSHA1';

export interface V1Request {
  /** Of HTTP: `GET` or `POST`. */
  httpMethod: string;
  /** As in the header. */
  host: string;
  /** Decoded, `Signature` or not. */
  parameters: ReadonlyMap<string, string>;
}

/** `GETcvm.tencentcloudapi.com/?Action=DescribeInstances&…` */
export function v1StringToSign({ httpMethod, host, parameters }: V1Request): string {
  const signed = [...parameters.keys()].filter((name) => name !== 'Signature').sort();
  return v1StringOf(
    httpMethod,
    `${host}/`,
    signed.map((name) => `${name}=${parameters.get(name)}`),
  );
}

export const v1StringOf = (httpMethod: string, hostAndPath: string, pairs: readonly string[]) =>
  `${httpMethod}${hostAndPath}?${pairs.join('&')}`;

/** In base64. */
export function v1Signature(method: V1Method, secretKey: string, stringToSign: string): string {
  return createHmac(method === 'HmacSHA256' ? 'sha256' : 'sha1', secretKey)
    .update(stringToSign)
    .digest('base64');
}
