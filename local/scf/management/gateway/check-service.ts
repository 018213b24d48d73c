import { type ApiCall, header } from '../../../essbasic/gateway/api-call.ts';
import type { Refusal } from '../../../essbasic/gateway/outcome.ts';
import { refuse } from './refuse.ts';

/**
 * A signature for another service opens nothing here.
 *
 * The service is `scf`, or what the official SDK makes of the endpoint that it was given: the first label of the
 * host, of which `127.0.0.1:9400` has `127`.
 */
export function refusalOfService(call: ApiCall): Refusal | undefined {
  const [, service = ''] = /Credential=[^/]*\/[^/]*\/([^/]*)\//.exec(header(call, 'authorization')) ?? [];
  const host = header(call, 'host');
  if (service === 'scf' || service === host || service === host.split('.')[0]) return undefined;
  return refuse('AuthFailure.SignatureFailure', {
    zh: '签名所属的服务不是 scf',
    en: 'the credential is for another service than scf',
  });
}
