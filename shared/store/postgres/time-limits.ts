/** How long the server lets a session wait, in ms; 0: for ever. */
export interface TimeLimits {
  /** For a statement. */
  statementMs: number;
  /** For a lock. */
  lockMs: number;
  /** Amid a transaction, for the next statement. */
  idleInTransactionMs: number;
}

/** An instance that is frozen amid a transaction must not keep its locks for longer. */
const longestIdleMs = 5_000;

/** The share of the time left that is kept for hearing what became of the statement. */
const marginShare = 0.1;

/** Limits go down in steps of this ratio: the server gets a new one only when a step is taken. */
const step = 0.8;

/**
 * The limits for a statement that is sent `leftMs` before the time of its event is over. The server gives up before we
 * stop listening, so that the fate of the statement is known.
 *
 * @param most the longest wanted, for a statement and for a lock; 0: for ever, whatever is left
 */
export function timeLimits(
  most: { statementTimeoutMs: number; lockTimeoutMs: number },
  leftMs: number,
): TimeLimits {
  const { statementTimeoutMs, lockTimeoutMs } = most;
  if (statementTimeoutMs === 0) return { statementMs: 0, lockMs: lockTimeoutMs, idleInTransactionMs: 0 };
  const statementMs = stepBelow(leftMs * (1 - marginShare), statementTimeoutMs);
  return {
    statementMs,
    lockMs: lockTimeoutMs === 0 ? 0 : Math.min(lockTimeoutMs, statementMs),
    idleInTransactionMs: Math.min(longestIdleMs, statementTimeoutMs),
  };
}

/** `most`, or the step below it that `ms` reaches; at least a millisecond, since none would be for ever. */
function stepBelow(ms: number, most: number): number {
  if (ms >= most) return most;
  const steps = Math.ceil(Math.log(ms / most) / Math.log(step));
  return Math.max(1, Math.floor(most * step ** steps));
}
