import { createSigner } from '../sign.ts';
import * as stages from '../stages.ts';

export const secretId = 'AKIDqianmalocal000000000000000000000';
export const secretKey = 'qianmalocalsecretkey000000000000';
/** 2019-02-25 16:44:25 UTC, which is 2019-02-26 in Beijing: the time of the published vectors, two hours on. */
export const timestampS = 1_551_113_065;
export const secretKeyOf = (id: string) => (id === secretId ? secretKey : undefined);

const action = 'DescribeTemplates';

/** A good request that an emulator on this machine receives, as a plain object that a test may spoil. */
export function goodRequest(
  body = '{"Agent":{"AppId":"a/b"},"FlowName":"测试 <合同>"}',
  credentials = { secretId, secretKey },
) {
  const host = '127.0.0.1:9300';
  const contentType = 'application/json';
  const bytes = Buffer.from(body);
  const sign = createSigner(credentials, 'essbasic');
  const headers: Record<string, string | string[] | undefined> = {
    authorization: sign({ host, contentType, action, body: bytes, timestampS }),
    'content-type': contentType,
    host,
    'x-tc-action': action,
    'x-tc-timestamp': String(timestampS),
  };
  return { method: 'POST', headers, body: bytes };
}

/** What a client may do in its own way, and so wrongly, when it signs {@link goodRequest} by hand. */
export interface OwnWay {
  body?: string;
  canonicalHeaders?: string;
  hashedRequestPayload?: string;
  secretKey?: string;
  keyDate?: string;
  scopeDate?: string;
  dateKey?: Uint8Array;
}

/** The good request with the signature of a client that goes its own way. */
export function requestSigned(way: OwnWay) {
  const request = goodRequest();
  const date = stages.credentialDate(timestampS);
  const scopeDate = way.scopeDate ?? date;
  const canonical = stages.canonicalRequest({
    httpRequestMethod: 'POST',
    canonicalUri: '/',
    canonicalQueryString: '',
    canonicalHeaders:
      way.canonicalHeaders ??
      'content-type:application/json\nhost:127.0.0.1:9300\nx-tc-action:describetemplates\n',
    signedHeaders: 'content-type;host;x-tc-action',
    hashedRequestPayload:
      way.hashedRequestPayload ??
      stages.hashedRequestPayload(way.body === undefined ? request.body : Buffer.from(way.body)),
  });
  const scope = stages.credentialScope(scopeDate, 'essbasic');
  const toSign = stages.stringToSign(timestampS, scope, stages.hashedCanonicalRequest(canonical));
  const dateKey = way.dateKey ?? stages.secretDate(way.secretKey ?? secretKey, way.keyDate ?? date);
  const signature = stages.signature(stages.secretSigning(stages.secretService(dateKey, 'essbasic')), toSign);
  request.headers['authorization'] = stages.authorization({
    secretId,
    scope,
    signedHeaders: 'content-type;host;x-tc-action',
    signature,
  });
  return request;
}
