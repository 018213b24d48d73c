import type { IncomingMessage, Server } from 'node:http';
import { type ApiEntrance, answerApi, createGuardedServer, send } from '../../cloud-api/http-exchange.ts';
import type { HttpAnswer } from '../../cloud-api/reply.ts';
import type { DomainRecord } from './state/account.ts';

export interface ManagementServerParts extends ApiEntrance {
  domainOf: (message: IncomingMessage) => DomainRecord | undefined;
  answerDomain: (domain: DomainRecord, message: IncomingMessage) => Promise<HttpAnswer>;
  onDefect: (error: unknown) => void;
}

/** Custom domains by their `Host`; the API for every other. */
export function createManagementServer(parts: ManagementServerParts): Server {
  return createGuardedServer(async (message, response) => {
    const domain = parts.domainOf(message);
    if (domain !== undefined) return send(message, response, await parts.answerDomain(domain, message));
    const [path = '', query = ''] = (message.url ?? '/').split(/\?(.*)/s);
    if (path === '/') return await answerApi(message, response, query, parts);
    message.resume();
    const body = 'Nothing here: the API is at /, custom domains go by Host\n';
    send(message, response, { status: 404, headers: { 'content-type': 'text/plain' }, body });
  }, parts.onDefect);
}
