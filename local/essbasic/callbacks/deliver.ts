import type { VirtualClock } from '../state/virtual-clock.ts';
import type { CallbackSettings } from './callback-settings.ts';
import { composePost } from './compose-post.ts';
import { troubleOfPost } from './misbehaviour.ts';
import type { Due, Outbox } from './outbox.ts';
import type { Attempt } from './outbox-message.ts';
import type { PostAnswer, PostNotification } from './post.ts';

export interface DeliverParts {
  outbox: Outbox;
  clock: Pick<VirtualClock, 'nowMs'>;
  settings: () => CallbackSettings;
  post: PostNotification;
  /** Takes each attempt. */
  onAttempt: (due: Due, attempt: Attempt) => void;
}

/** Posts a message that is due once, and writes down what came of it: delivered, posted again later, or given up. */
export async function deliver(due: Due, parts: DeliverParts, signal: AbortSignal): Promise<void> {
  const { clock, outbox, onAttempt } = parts;
  const { misbehaviour, retryPausesS, timeoutMs, ...secrets } = parts.settings();
  const { message, delivery } = due;
  const number = delivery.attempts.length;
  const place = message.deliveries.indexOf(delivery);
  const trouble = troubleOfPost(misbehaviour, message.envelope.MsgId, place, number);
  const { spoiled, slowMs, lost } = trouble;
  const { body, headers } = composePost(message.envelope, secrets, trouble);
  const atMs = clock.nowMs();
  const answer = await answerOf(parts.post, { url: delivery.url, body, headers, slowMs, timeoutMs, signal });
  // Nothing is known of a post that was broken off when the emulator stopped: it is posted again.
  if (signal.aborted) {
    outbox.putBack(due);
    return;
  }

  const success = 'status' in answer && answer.status === 200;
  const attempt: Attempt = {
    atMs,
    ...answer,
    ...(spoiled !== undefined && { spoiled }),
    ...(success && lost && { lost: true as const }),
  };
  const pauseS = retryPausesS[number];
  const nextMs = pauseS === undefined ? undefined : clock.nowMs() + pauseS * 1000;
  outbox.record(due, attempt, success && !lost ? 'delivered' : { nextMs });
  onAttempt(due, attempt);
}

async function answerOf(
  post: PostNotification,
  ...request: Parameters<PostNotification>
): Promise<PostAnswer> {
  try {
    return await post(...request);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
