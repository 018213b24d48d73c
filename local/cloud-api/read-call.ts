import type { IncomingHttpHeaders } from 'node:http';
import { readParameters, structured } from './flat-parameters.ts';
import type { GatewayCode } from './gateway-code.ts';
import { parseJson } from './json-body.ts';
import type { Found, Refuse } from './outcome.ts';

/** A request to the API, fully received. */
export interface ApiCall {
  method: string;
  /** What stood behind the `?`, undecoded. */
  query: string;
  /** By lower-case name, each with every value that came. */
  headers: Readonly<NodeJS.Dict<string[]>>;
  /** Undefined where it was too large to be kept. */
  body: Uint8Array | undefined;
}

/** A header's value; empty where it is missing, joined where it came more than once. */
export function header({ headers }: ApiCall, name: keyof IncomingHttpHeaders & string): string {
  const values = headers[name];
  return values?.length === 1 ? `${values[0]}` : (values?.join(', ') ?? '');
}

/** The type of the body without its parameters. */
export const contentTypeOf = (call: ApiCall) =>
  header(call, 'content-type').split(';')[0]?.trim().toLowerCase() ?? '';

export const formType = 'application/x-www-form-urlencoded';

/** What every call says of itself. TC3 has it in headers, `X-TC-Action`, version 1 among the parameters, `Action`. */
export type CommonParameter = 'Action' | 'Version' | 'Region' | 'Language' | 'Token' | 'Timestamp';

/** Those of version 1, which are none of the action's own. */
const commonParameters = new Set<string>([
  'Action',
  'Version',
  'Region',
  'Language',
  'Token',
  'Timestamp',
  'Nonce',
  'SecretId',
  'Signature',
  'SignatureMethod',
  'RequestClient',
]);

/** A call as it is to be understood, signed or not. */
export interface ReadCall extends ApiCall {
  /** TC3-HMAC-SHA256, or the signature of version 1: HmacSHA1 or HmacSHA256. */
  scheme: 'TC3' | 'v1';
  /** Of a query or a form, in the order in which they came: text throughout. Undefined where the request is JSON. */
  parameters: Found<ReadonlyMap<string, string>> | undefined;
  /** What is asked of the action; undefined where the body was too large to be kept. */
  request: Found<unknown> | undefined;
}

/**
 * Reads a call. By GET the request stands in the query; by POST in the body, as a form where it is signed with version 1
 * and as JSON with TC3.
 */
export function readCall(call: ApiCall, refuse: Refuse<GatewayCode>): ReadCall {
  const isGet = call.method === 'GET';
  const isForm = isGet || contentTypeOf(call) === formType;
  const namesTc3 = header(call, 'authorization') !== '' || header(call, 'x-tc-action') !== '';
  const scheme = isForm && !namesTc3 ? 'v1' : 'TC3';
  if (!isForm) {
    return { ...call, scheme, parameters: undefined, request: call.body && parseJson(call.body, refuse) };
  }
  const source = isGet ? Buffer.from(call.query) : call.body;
  const parameters = source && readParameters(source, refuse);
  return { ...call, scheme, parameters, request: parameters && requestOf(parameters, scheme, refuse) };
}

function requestOf(
  parameters: Found<ReadonlyMap<string, string>>,
  scheme: ReadCall['scheme'],
  refuse: Refuse<GatewayCode>,
): Found<unknown> {
  if (!parameters.ok) return parameters;
  const own = [...parameters.value].filter(([name]) => scheme === 'TC3' || !commonParameters.has(name));
  return structured(own, refuse);
}

/** One that is empty is missing. */
export function common(read: ReadCall, name: CommonParameter): string {
  if (read.scheme === 'TC3') return header(read, `x-tc-${name.toLowerCase()}`);
  return read.parameters?.ok ? (read.parameters.value.get(name) ?? '') : '';
}

/** Unix seconds; not a number where it says none. */
export const timestampOf = (read: ReadCall) => Number.parseInt(common(read, 'Timestamp'), 10);

/** How a common parameter is called where it would stand. */
export const nameOfCommon = ({ scheme }: Pick<ReadCall, 'scheme'>, name: string) =>
  scheme === 'TC3' ? `X-TC-${name}` : name;

const namePattern = /^[A-Za-z]\w{0,99}$/;

/** The action as it may be written down: what is no name at all is not repeated. */
export function actionNamed(read: ReadCall): string {
  const action = common(read, 'Action');
  if (action === '') return '';
  return namePattern.test(action) ? action : '(unreadable)';
}
