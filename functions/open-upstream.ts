/** The way to Tencent, for the functions that go it. */
import { UpstreamError } from '../shared/errors.ts';
import type { CreateRequest, CreateResponse } from '../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { errorCodeTitle } from '../shared/essbasic/error-codes.ts';
import type { Config } from '../shared/runtime/config.ts';
import { noteTurn, type RateLimits } from '../shared/runtime/http/rate-limits.ts';
import type { Log } from '../shared/runtime/log/log.ts';
import { createDatabaseLimiter } from '../shared/store/limits/rate-limiter.ts';
import type { Language } from '../shared/text.ts';
import { configuredUpstream } from '../shared/upstream/configured-upstream.ts';
import type { Upstream } from '../shared/upstream/create-upstream.ts';
import type { upstreamVariables } from '../shared/upstream/upstream-variables.ts';
import type { Basis } from './basis.ts';

/** The way to Tencent, within the limit that all functions share: background callers live on what interactive ones leave. */
export function openUpstream(
  config: Config<(typeof upstreamVariables)[number]>,
  { db, thawed }: Pick<Basis, 'db' | 'thawed'>,
  share: 'interactive' | 'background',
): Upstream {
  const requestsPerSecond = config.ESS_REQUESTS_PER_SECOND;
  return configuredUpstream(config, {
    limiter: createDatabaseLimiter(db, { share, requestsPerSecond }),
    thawed,
  });
}

/** `X-TC-Language` for the languages that we answer in. */
const upstreamLanguages = { zh: 'zh-CN', en: 'en-US' } as const;

export type UpstreamLog = Pick<Log, 'info' | 'warn'>;

/** What this instance has told of: the same form comes with every answer. */
const toldOf = new Set<string>();

/**
 * The same way to Tencent, with a word in the log of each QR code that is made: a database that fails over may forget
 * what it has acknowledged, upstream lists nothing, and the log is what can still say what lives there.
 *
 * Also a word when an answer has members in a form that is not documented: their names, once each, and never what they
 * hold. Such a member is left out, and nobody else would notice.
 */
export function noticing(upstream: Upstream, log: UpstreamLog): Upstream {
  return {
    async call(action, request, options) {
      const answer = await upstream.call(action, request, options);
      const made = madeCode(request, answer.response);
      if (made) log.info('a QR code was made', { ...made, upstreamRequestId: answer.requestId });
      const members = [...new Set(answer.unread?.map(withoutIndexes))].filter(
        (member) => !toldOf.has(`${action.name} ${member}`),
      );
      for (const member of members) toldOf.add(`${action.name} ${member}`);
      if (members.length > 0)
        log.warn('an answer has members that cannot be read', { action: action.name, members });
      return answer;
    },
  };
}

/** What the answer to a create has made, and for whom; undefined: it was another call. */
function madeCode(request: unknown, response: unknown) {
  const { QrCode } = response as Partial<CreateResponse>; // the type of an answer does not say which action it is of
  if (QrCode === undefined) return undefined;
  const { Agent } = request as CreateRequest; // what has such an answer has such a request
  return { qrCodeId: QrCode.QrCodeId, organization: Agent.ProxyOrganizationOpenId };
}

/** `Templates.3.TemplateName` is the same member in each template. */
function withoutIndexes(path: string): string {
  return path.replace(/\.\d+(?=\.|$)/g, '[]');
}

/**
 * {@link noticing} for somebody who reads upstream's words: messages come in the language, refusals with their titles, and
 * the answer says what is left of the rate limit.
 */
export function speaking(
  upstream: Upstream,
  { language, log, limits }: { language: Language; log: UpstreamLog; limits: RateLimits },
): Upstream {
  const noticed = noticing(upstream, log);
  return {
    async call(action, request, options) {
      try {
        return await noticed.call(action, request, {
          ...options,
          language: upstreamLanguages[language],
          onTurn: (turn) => noteTurn(limits, turn),
        });
      } catch (error) {
        if (error instanceof UpstreamError) error.title = errorCodeTitle(error.code);
        throw error;
      }
    },
  };
}
