import { parseInput } from '../parse-input.ts';
import { latestMs } from '../state/virtual-clock.ts';
import type { World } from '../state/world.ts';
import type { Announcements } from './announcements.ts';
import { type CallbackChange, CallbackSettings } from './callback-settings.ts';
import { composePost } from './compose-post.ts';
import type { DeliverParts } from './deliver.ts';
import type { DeliveryRuns } from './delivery-runs.ts';
import type { OutboxCounts } from './outbox.ts';
import type { HandMade, OutboxMessage } from './outbox-message.ts';
import type { PostAnswer } from './post.ts';

/** What an address is tried with: the empty object, or the ciphertext of the vendor's page that no key decrypts. */
export const probes = { empty: '{}', dummy: '{"encrypt":"62KE4r5Wz0yHzEpMOwVRbM1KV0"}' } as const;
type Probe = keyof typeof probes;

interface SettleOptions {
  /** Stops there, and leaves the clock there. Epoch milliseconds of the virtual clock. */
  untilMs?: number;
  /** Moves the clock by no less, so that what is due in between is done together. Milliseconds. */
  stepMs?: number;
  /** Is awaited after each step; what else lives by this clock does its work here. */
  onStep?: (nowMs: number) => Promise<void> | void;
}

/** The notifications, as a test holds them in its hand. */
export interface Callbacks {
  settings(): CallbackSettings;
  /**
   * Changes what is given; `misbehaviour` is replaced as a whole.
   * @throws {Failure} `InvalidRequest` with every problem; nothing is changed then.
   */
  configure(change: CallbackChange): CallbackSettings;
  /** Messages that wait, and the newest thousand of the others. Oldest first. */
  messages(): OutboxMessage[];
  counts(): OutboxCounts;
  /** Puts a message made by hand into the outbox. @returns its id; undefined where no address is known. */
  send(message: HandMade): string | undefined;
  /** Tries the application's addresses, once and at once. */
  probe(probe: Probe): Promise<({ url: string } & PostAnswer)[]>;
  /** Lets happen what is due by the virtual clock, and posts what is due. @returns how many posts there were. */
  deliverDue(): Promise<number>;
  /** When the next thing happens or is posted. Epoch milliseconds of the virtual clock; undefined where nothing is planned. */
  nextDueMs(): number | undefined;
  /** Moves the virtual clock from one thing that is due to the next, until nothing is left to happen or to post. */
  settle(options?: SettleOptions): Promise<number>;
}

export interface CallbacksParts extends Pick<DeliverParts, 'post'> {
  world: World;
  clock: { nowMs(): number; set(nowMs: number): void };
  announce: Announcements;
  runs: DeliveryRuns;
  /** Resolves when those have arrived who are on their way to a code. */
  visits: () => Promise<void> | undefined;
  settings: { current: CallbackSettings };
  /** When the next thing happens or is posted. Epoch milliseconds of the virtual clock. */
  nextDueMs: () => number | undefined;
  onChange: () => void;
}

export function createCallbacks(parts: CallbacksParts): Callbacks {
  const { world, clock, announce, runs, settings, nextDueMs, post, onChange, visits } = parts;

  async function deliverDue(): Promise<number> {
    let posts = await runs.deliverDue();
    for (let arriving = visits(); arriving !== undefined; arriving = visits()) {
      await arriving;
      posts += await runs.deliverDue();
    }
    return posts;
  }

  return {
    settings: () => structuredClone(settings.current),
    configure(change) {
      settings.current = parseInput(CallbackSettings(), { ...settings.current, ...change });
      onChange();
      return structuredClone(settings.current);
    },
    messages: () => structuredClone(world.outbox.list()),
    counts: world.outbox.counts,
    send(message) {
      const MsgId = announce.handMade(message);
      onChange();
      return MsgId;
    },
    async probe(probe) {
      const { urls, tokens, timeoutMs } = settings.current;
      const trouble = { spoiled: undefined, form: 'object' as const };
      const request = composePost(probes[probe], { keys: [], tokens }, trouble);
      const { signal } = new AbortController();
      const answers = urls.map(async (url) => ({
        url,
        ...(await post({ url, ...request, slowMs: 0, timeoutMs, signal })),
      }));
      return await Promise.all(answers);
    },
    deliverDue,
    nextDueMs,
    async settle({ untilMs, stepMs = 0, onStep } = {}) {
      const endMs = untilMs ?? latestMs;
      let posts = 0;
      for (;;) {
        posts += await deliverDue();
        await onStep?.(clock.nowMs());
        const [dueMs, nowMs] = [nextDueMs(), clock.nowMs()];
        if (dueMs === undefined || dueMs > endMs) break;
        if (dueMs > nowMs) clock.set(Math.min(endMs, Math.max(dueMs, nowMs + stepMs)));
      }
      if (untilMs !== undefined && untilMs > clock.nowMs()) clock.set(untilMs);
      return posts;
    },
  };
}
