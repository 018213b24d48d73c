/**
 * The status of a function and of each of its versions (product document 583/115197).
 *
 * Pure: time and observations come in, the next state goes out.
 */

export type Status =
  | 'Creating'
  | 'CreateFailed'
  | 'Active'
  | 'Updating'
  | 'UpdateFailed'
  | 'Publishing'
  | 'PublishFailed'
  | 'Deleting'
  | 'DeleteFailed'
  /** Deleted. No call shows it. */
  | 'Gone';

interface Act {
  /** The states that it can be begun in; `nothing` is before the beginning. */
  from: readonly (Status | 'nothing')[];
  via: Status;
  done: Status;
  failed: Status;
}

/** That a failed update can be followed by another, and that whatever rests can be deleted, is assumed. */
export const acts = {
  create: { from: ['nothing'], via: 'Creating', done: 'Active', failed: 'CreateFailed' },
  publish: { from: ['nothing'], via: 'Publishing', done: 'Active', failed: 'PublishFailed' },
  update: { from: ['Active', 'UpdateFailed'], via: 'Updating', done: 'Active', failed: 'UpdateFailed' },
  delete: {
    from: ['Active', 'CreateFailed', 'UpdateFailed', 'PublishFailed', 'DeleteFailed'],
    via: 'Deleting',
    done: 'Gone',
    failed: 'DeleteFailed',
  },
} as const satisfies Record<string, Act>;

export type ActName = keyof typeof acts;

/**
 * How long an act takes: so many observations that still find it under way, or so much time. An observation is a
 * call that reads the status, or one that is rejected because of it; so both ways to wait get ahead.
 */
export type Settling = { polls: number } | { ms: number };

export interface StatusReason {
  ErrorCode: string;
  ErrorMessage: string;
}

export interface Life {
  status: Status;
  /** Why it failed, where it did. */
  reasons: readonly StatusReason[];
  pending?: Pending;
}

interface Pending {
  act: ActName;
  failure: StatusReason | undefined;
  pollsLeft: number;
  dueMs: number;
}

/** May an act begin now? */
export function canBegin(life: Life | undefined, act: ActName): boolean {
  const from: readonly string[] = acts[act].from;
  return life?.pending === undefined && from.includes(life?.status ?? 'nothing');
}

/**
 * Begins an act; with a `failure` it will end so. Throws `TypeError` where it cannot begin: `canBegin` is to be asked.
 */
export function begin(
  life: Life | undefined,
  act: ActName,
  settling: Settling,
  nowMs: number,
  failure?: StatusReason,
): Life {
  if (!canBegin(life, act)) throw new TypeError(`${act} cannot begin in ${life?.status ?? 'nothing'}`);
  const timed = 'ms' in settling;
  const pending = {
    act,
    failure,
    pollsLeft: timed ? 0 : settling.polls,
    dueMs: timed ? nowMs + settling.ms : Number.NEGATIVE_INFINITY,
  };
  return { status: acts[act].via, reasons: [], pending };
}

/** The state after an observation. One that does not count, as the clock makes, moves nothing but time. */
export function observed(life: Life, nowMs: number, counts: boolean): Life {
  const { pending } = life;
  if (pending === undefined) return life;
  if (pending.pollsLeft > 0) {
    return counts ? { ...life, pending: { ...pending, pollsLeft: pending.pollsLeft - 1 } } : life;
  }
  if (nowMs < pending.dueMs) return life;
  const { act, failure } = pending;
  return failure === undefined
    ? { status: acts[act].done, reasons: [] }
    : { status: acts[act].failed, reasons: [failure] };
}
