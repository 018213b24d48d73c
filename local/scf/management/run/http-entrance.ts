import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Text } from '../../../../shared/text.ts';
import type { HttpAnswer } from '../../../cloud-api/reply.ts';
import { eventShapes } from '../../function-url-event.ts';
import { refusal, requestTooLarge, toHttpResponse } from '../../function-url-response.ts';
import { readEventBody, toRequest } from '../../http-exchange.ts';
import type { FunctionRecord, HttpTriggerRecord } from '../state/function-record.ts';
import { resolve } from '../state/versions.ts';
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
  ): Promise<HttpAnswer>;
}

export function createHttpEntrance({ runner, settle, fraction }: HttpEntranceParts): HttpEntrance {
  return {
    async answer(fn, trigger, message, url) {
      const refused = refusalOf(trigger, message) ?? preflightOf(trigger, message);
      if (refused !== undefined) {
        message.resume();
        return refused;
      }
      const body = await readEventBody(message);
      if (body === undefined) return requestTooLarge();
      settle(fn);
      const version = resolve(fn, trigger.qualifier, fraction());
      if (version === undefined) return refusal(404, texts.gone, message);
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
function refusalOf({ enabled, desc }: HttpTriggerRecord, message: IncomingMessage): HttpAnswer | undefined {
  if (!desc.NetConfig.EnableExtranet) return refusal(403, texts.notPublic, message);
  if (!enabled) return refusal(403, texts.closed, message);
  return desc.AuthType === 'CAM' ? refusal(401, texts.signed, message) : undefined;
}

const texts = {
  notPublic: { zh: '此 Function URL 未开启公网访问', en: 'the Function URL has no public access' },
  closed: { zh: '此 Function URL 已关闭', en: 'the Function URL is closed' },
  signed: {
    zh: '未模拟 Function URL 的签名调用：一律拒绝',
    en: 'signed calls of Function URLs are not emulated: every call is refused',
  },
  gone: { zh: '该版本或别名已不存在', en: 'there is no such version or alias any more' },
} as const satisfies Record<string, Text>;
