import { headerOf, type PastedRequest } from './pasted-request.ts';

/** What the header `Authorization` claims, as far as it can be read: also where it is not as it must be. */
export interface Claims {
  secretId: string;
  date: string;
  service: string;
  signedHeaders: readonly string[];
  /** As it was sent, in whatever case. */
  signature: string;
}

/** Far above any honest header, and below what `shared/tc3/` reads. */
const maxLength = 4000;

/** Undefined where there is none, or nothing in it that can be read. */
export function claimsOf(request: PastedRequest): Claims | undefined {
  const header = headerOf(request, 'authorization') ?? '';
  if (header.length > maxLength) return undefined;
  const part = (form: RegExp) => form.exec(header)?.[1];
  const [secretId = '', date = '', service = ''] = (part(/Credential=([^\s,]*)/i) ?? '').split('/');
  const signedHeaders = (part(/SignedHeaders=([^\s,]*)/i) ?? '').split(';').filter((name) => name !== '');
  const signature = part(/Signature=([0-9a-fA-F]{64})\b/i);
  if (signature === undefined || secretId === '' || service === '') return undefined;
  return { secretId, date, service, signedHeaders, signature };
}

/** The service that a host belongs to; undefined where its name does not tell. */
export function serviceOf(host: string): string | undefined {
  const [, service] =
    /^([a-z0-9]+)\.(?:[a-z0-9-]+\.)?(?:tencentcloudapi\.com|test\.ess\.tencent\.cn)(?::\d+)?$/i.exec(host) ??
    /^([a-z0-9]+)\.test\.ess\.tencent\.cn$/i.exec(host) ??
    [];
  return service?.toLowerCase();
}

/** Headers that have to be signed. */
const compulsory = ['content-type', 'host'];

/** The names that should have been signed: those that were, each once, in lower case and in order. */
export function namesToSign(claims: Claims | undefined): readonly string[] {
  const names = (claims?.signedHeaders ?? []).map((name) => name.toLowerCase());
  return [...new Set([...compulsory, ...names])].sort();
}
