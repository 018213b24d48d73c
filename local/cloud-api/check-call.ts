import type { ApiAction, CloudService } from './cloud-service.ts';
import type { GatewayCode } from './gateway-code.ts';
import type { Refusal, Refuse } from './outcome.ts';
import {
  type CommonParameter,
  common,
  contentTypeOf,
  formType,
  nameOfCommon,
  type ReadCall,
} from './read-call.ts';

export type CheckedCall<A> = { ok: true; action: A } | Refusal;

/** Largest requests by GET, and by POST where they are signed with version 1, as documented. Bytes. */
const maxQueryBytes = 32 * 1024;
const maxFormBytes = 1024 * 1024;

/** What can be said of a call before its signature is looked at. The order is not documented. */
export async function checkCall<A extends ApiAction>(
  read: ReadCall,
  service: CloudService<A>,
): Promise<CheckedCall<A>> {
  const refused = refusalOfProtocol(read, service) ?? refusalOfSize(read, service);
  if (refused) return refused;
  // Without them it is not known what is asked for, nor who asks.
  if (read.scheme === 'v1' && read.parameters?.ok === false) return read.parameters;
  const misnamed = refusalOfVersion(read, service);
  if (misnamed) return misnamed;
  const name = common(read, 'Action');
  const action = await service.action(name);
  if (action === undefined) return service.refuse('InvalidAction', unknownAction(name, service));
  return service.check?.(read) ?? { ok: true, action };
}

/** By GET, or by POST with JSON for TC3 and with a form for version 1. */
function refusalOfProtocol<A extends ApiAction>(
  read: ReadCall,
  { refuse }: CloudService<A>,
): Refusal | undefined {
  const { method, scheme } = read;
  if (method !== 'POST' && method !== 'GET') {
    const detail = { zh: '只接受 POST 与 GET', en: 'only POST and GET are taken' };
    return refuse('UnsupportedProtocol', detail);
  }
  // A browser sends no type with a query, and with version 1 there is nothing that it could change.
  const expected = method === 'POST' && scheme === 'TC3' ? 'application/json' : formType;
  if (contentTypeOf(read) === expected || (method === 'GET' && scheme === 'v1')) return undefined;
  const what = `${method} ${scheme === 'TC3' ? 'TC3-HMAC-SHA256' : 'HmacSHA1/HmacSHA256'}`;
  return refuse('InvalidParameter', {
    zh: `${what} 请求的 Content-Type 须为 ${expected}`,
    en: `the Content-Type of ${what} must be ${expected}`,
  });
}

function refusalOfSize<A extends ApiAction>(
  { method, scheme, query, body }: ReadCall,
  { maxBodyBytes, refuse }: CloudService<A>,
): Refusal | undefined {
  const maxBytes = method === 'GET' ? maxQueryBytes : scheme === 'v1' ? maxFormBytes : maxBodyBytes;
  const bytes = method === 'GET' ? Buffer.byteLength(query) : (body?.byteLength ?? Number.POSITIVE_INFINITY);
  if (bytes <= maxBytes) return undefined;
  const size = maxBytes < 2 ** 20 ? `${maxBytes / 2 ** 10} KB` : `${maxBytes / 2 ** 20} MB`;
  return refuse('RequestSizeLimitExceeded', {
    zh: `请求超过 ${size}`,
    en: `the request is larger than ${size}`,
  });
}

/** Of a call that does not say which action it wants, in the one version that there is. */
function refusalOfVersion<A extends ApiAction>(
  read: ReadCall,
  { version, refuse }: CloudService<A>,
): Refusal | undefined {
  const missing = refusalOfMissing(read, 'Action', refuse) ?? refusalOfMissing(read, 'Version', refuse);
  if (missing || common(read, 'Version') === version) return missing;
  const name = nameOfCommon(read, 'Version');
  return refuse('NoSuchVersion', { zh: `${name} 须为 ${version}`, en: `${name} must be ${version}` });
}

export function refusalOfMissing(
  read: ReadCall,
  parameter: CommonParameter,
  refuse: Refuse<GatewayCode>,
): Refusal | undefined {
  if (common(read, parameter) !== '') return undefined;
  const name = nameOfCommon(read, parameter);
  return refuse(
    'MissingParameter',
    read.scheme === 'TC3'
      ? { zh: `请求头 ${name} 缺失`, en: `the header ${name} is missing` }
      : { zh: `参数 ${name} 缺失`, en: `the parameter ${name} is missing` },
  );
}

function unknownAction<A extends ApiAction>(called: string, { name, upstreamActions }: CloudService<A>) {
  return upstreamActions.includes(called)
    ? { zh: `${called} 未被模拟`, en: `${called} exists upstream, but is not emulated` }
    : { zh: `${name} 没有此接口`, en: `${name} has no such action` };
}
