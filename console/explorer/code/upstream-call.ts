/** A call of the upstream API that is to be written as code. */
export interface UpstreamCall {
  action: string;
  /** The text of a JSON object. */
  body: string;
  /** `essbasic.tencentcloudapi.com`; with `http://` in front of it, as `http://127.0.0.1:9300`, without TLS. */
  host: string;
  /** essbasic has one region and asks for none. */
  region?: string;
  /** Of the API, `2021-05-26`. */
  version: string;
}

/** What the SDKs are told of a host: it apart from the protocol. */
export function endpointOf(host: string): { endpoint: string; isPlain: boolean } {
  return { endpoint: host.replace(/^https?:\/\//, ''), isPlain: host.startsWith('http://') };
}

/** The version as the SDKs write it in the names of packages: `20210526`. */
export const digitsOf = (version: string) => version.replaceAll('-', '');
