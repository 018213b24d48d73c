import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { eventShapes } from '../../function-url-event.ts';
import { type HttpResponse, json, requestTooLarge, toHttpResponse } from '../../function-url-response.ts';
import { readBody, toRequest } from '../../http-exchange.ts';
import { resolve } from '../state/find.ts';
import type { FunctionRecord, HttpTriggerRecord } from '../state/function-record.ts';
import { corsHeaders, preflight } from './cors.ts';
import type { Runner } from './runner.ts';

export interface HttpEntranceParts {
  runner: Runner;
  /** Lets time do its work first: what is due runs already. */
  settle(fn: FunctionRecord): void;
  fraction(): number;
}

/** Leads HTTP requests to functions, by Function URL or by a path of a custom domain. */
export interface HttpEntrance {
  /** `url` is path and query as the function is to see them. */
  answer(
    fn: FunctionRecord,
    trigger: HttpTriggerRecord,
    message: IncomingMessage,
    url: string,
  ): Promise<HttpResponse>;
}

export function createHttpEntrance({ runner, settle, fraction }: HttpEntranceParts): HttpEntrance {
  return {
    async answer(fn, trigger, message, url) {
      const refused = refusalOf(trigger) ?? preflightOf(trigger, message);
      if (refused !== undefined) {
        message.resume();
        return refused;
      }
      const body = await readBody(message);
      if (body === undefined) return requestTooLarge();
      settle(fn);
      const version = resolve(fn, trigger.qualifier, fraction());
      if (version === undefined) return gone();
      const requestId = randomUUID();
      const shape = trigger.desc.ApiGwCompatible === true ? 'gateway-compatible' : 'function-url';
      const event = eventShapes[shape](toRequest(message, url, body, requestId));
      const { invocation } = await runner.run(fn, version, event, 'synchronous', requestId);
      const response = toHttpResponse(invocation);
      return {
        ...response,
        headers: { ...response.headers, ...corsHeaders(trigger.desc.CorsConfig, message.headers) },
      };
    },
  };
}

const preflightOf = ({ desc }: HttpTriggerRecord, { method = 'GET', headers }: IncomingMessage) =>
  preflight(desc.CorsConfig, method, headers);

/** What is answered without the function is not documented, and is a guess in each case. */
function refusalOf({ enabled, desc }: HttpTriggerRecord): HttpResponse | undefined {
  if (!desc.NetConfig.EnableExtranet) return json(403, { error: 'the Function URL has no public access' });
  if (!enabled) return json(403, { error: 'the Function URL is closed' });
  if (desc.AuthType === 'CAM') {
    return json(401, { error: 'signed calls of Function URLs are not emulated: every call is refused' });
  }
  return undefined;
}

const gone = () => json(404, { error: 'there is no such version or alias any more' });
