import { type Seal, within } from '../../world.ts';
import type { Attempt, Claim, Outcome } from '../delivery.ts';
import type { Endpoint } from '../subscriptions/subscription.ts';
import { openEndpoint } from '../subscriptions/subscription-secrets.ts';
import { composeMessage } from './compose-message.ts';
import { judgeAnswer } from './judge-answer.ts';
import { post } from './post.ts';
import { type ResolveName, resolveTarget } from './resolve-target.ts';
import { readTargetUrl, type TargetRules } from './target-url.ts';

/** Makes one try. It never throws: whatever happens is how the try ended. */
export type Send = (claim: Claim) => Promise<Attempt>;

export interface SenderOptions {
  rules: TargetRules;
  resolve: ResolveName;
  seal: Seal;
  nowMs(): number;
  /** From the name to the end of the answer. */
  timeoutMs?: number;
  /** Certificates to trust instead of the usual ones. */
  ca?: string;
}

/** Published in `docs/events.md`. */
export const sendTimeoutMs = 10_000;

/** A robot's answer has some fifty bytes, and of others nothing is looked at. */
const maxAnswerBytes = 8_192;

export function createSender(options: SenderOptions): Send {
  const { nowMs } = options;
  return async (claim) => {
    const startedAtMs = nowMs();
    const startedTicks = performance.now();
    const outcome = await attempt(claim, options);
    const durationMs = Math.round(performance.now() - startedTicks);
    return { number: claim.attempt, startedAtMs, durationMs, outcome };
  };
}

async function attempt(
  { event, subscription }: Claim,
  { seal, rules, resolve, nowMs, timeoutMs = sendTimeoutMs, ca }: SenderOptions,
): Promise<Outcome> {
  const endsTicks = performance.now() + timeoutMs;
  const endpoint = open(seal, subscription.sealed);
  if (endpoint === undefined) return failed('Unsealable');
  const { kind, languages } = subscription;
  const message = composeMessage(event, { kind, languages, endpoint }, nowMs());
  const target = readTargetUrl(message.url, rules);
  if ('problem' in target) return failed(target.problem === 'NotPublic' ? 'AddressRefused' : 'UrlUnusable');
  const resolved = await within(timeoutMs, resolveTarget(target.url, rules, resolve), () => undefined);
  if (resolved === undefined) return failed('NameNotFound');
  if ('error' in resolved) return failed(resolved.error);
  const result = await post({
    url: target.url,
    addresses: resolved.addresses,
    headers: message.headers,
    body: message.body,
    timeoutMs: Math.max(1, endsTicks - performance.now()),
    maxAnswerBytes,
    ...(ca !== undefined && { ca }),
  });
  return judgeAnswer(kind, result, nowMs());
}

/** One lost key must not end the run for all subscriptions: the delivery fails, and says why. */
function open(seal: Seal, sealed: string): Endpoint | undefined {
  try {
    return openEndpoint(seal, sealed);
  } catch {
    return undefined;
  }
}

function failed(error: Extract<Outcome, { kind: 'failed' }>['error']): Outcome {
  return { kind: 'failed', error, status: null, answerCode: null, retryAfterS: null };
}
