import type { IncomingMessage } from 'node:http';
import type { HttpAnswer } from '../../../cloud-api/reply.ts';
import { splitUrl } from '../../function-url-event.ts';
import { refusal } from '../../function-url-response.ts';
import type { Services } from '../services.ts';
import type { DomainRecord } from '../state/account.ts';
import { urlTriggerOf } from '../state/domain-rules.ts';
import { findFunction } from '../state/find.ts';
import type { HttpEntrance } from './http-entrance.ts';
import { endpointFor, rewritten } from './path-rules.ts';

/** The custom domain that a request is for, by its `Host`, whatever the port. */
export function domainOf(services: Services, message: IncomingMessage): DomainRecord | undefined {
  const [host = ''] = (message.headers.host ?? '').toLowerCase().split(':');
  return services.account.domains.get(host);
}

/** Leads a request to the function of the path rule that covers it. */
export async function answerDomain(
  services: Services,
  entrance: HttpEntrance,
  domain: DomainRecord,
  message: IncomingMessage,
): Promise<HttpAnswer> {
  const url = message.url ?? '/';
  const { path } = splitUrl(url);
  const endpoint = endpointFor(domain, path);
  const fn = endpoint && findFunction(services, endpoint);
  const trigger = fn?.ok ? urlTriggerOf(fn.value.triggers, endpoint?.Qualifier ?? '') : undefined;
  if (endpoint === undefined || !fn?.ok || trigger === undefined) {
    message.resume();
    const why = {
      zh: `${domain.domain} 没有路径规则覆盖 ${path}`,
      en: `no path rule of ${domain.domain} covers ${path}`,
    };
    return refusal(404, why, message);
  }
  const seen = rewritten(path, endpoint.PathRewrite ?? []) + url.slice(path.length);
  return entrance.answer(fn.value, trigger, message, seen);
}
