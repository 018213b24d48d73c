import type { Event } from '../../shared/runtime/event.ts';
import type { Answer, Download } from '../../shared/runtime/http/http-handler.ts';
import { type Strangers, tellLeftOut } from '../../shared/runtime/http/strangers.ts';
import type { HttpRequest } from '../../shared/runtime/read-event.ts';

interface Asking extends Pick<Event, 'facts' | 'log' | 'now'> {
  readonly request: Pick<HttpRequest, 'sourceIp'>;
}

/**
 * A link that does not exist was mistyped once, or is tried by somebody who looks for those that do. To the latter the
 * answer becomes 429; a link that exists leads on whatever else came from its address, since many share one.
 */
export function turnAway<Given extends Answer | Download>(
  answer: Given,
  { request, facts, log, now }: Asking,
  strangers: Strangers,
): Given {
  if (answer.status !== 404) return answer;
  const stranger = strangers.turnAway(request.sourceIp, now());
  if (stranger.leftOut) facts.leftOut = true;
  tellLeftOut(log, stranger);
  const { retryAfterS } = stranger;
  if (retryAfterS === undefined) return answer;
  return { ...answer, status: 429, headers: { ...answer.headers, 'Retry-After': String(retryAfterS) } };
}
