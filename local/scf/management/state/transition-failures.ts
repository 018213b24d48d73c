import type { ActName, StatusReason } from './life.ts';

/** Lets the next acts of a kind fail, not when they are asked for but at their end: `CreateFailed` and the like. */
interface TransitionFailure {
  act: ActName;
  /** Any function if left out. */
  functionName?: string;
  /** How often; once if left out. */
  count?: number;
  reason?: StatusReason;
}

export interface TransitionFailures {
  add(failure: TransitionFailure): void;
  clear(): void;
}

export interface TakenTransitionFailures extends TransitionFailures {
  /** The reason why this act will fail, if it will. */
  take(act: ActName, functionName: string): StatusReason | undefined;
}

const madeUp: StatusReason = { ErrorCode: 'InternalError.System', ErrorMessage: 'caused by a test' };

export function createTransitionFailures(): TakenTransitionFailures {
  let waiting: { failure: TransitionFailure; left: number }[] = [];
  return {
    add: (failure) => void waiting.push({ failure, left: failure.count ?? 1 }),
    clear() {
      waiting = [];
    },
    take(act, functionName) {
      const hit = waiting.find(
        ({ failure }) =>
          failure.act === act &&
          (failure.functionName === undefined || failure.functionName === functionName),
      );
      if (hit === undefined) return undefined;
      hit.left -= 1;
      if (hit.left === 0) waiting = waiting.filter((one) => one !== hit);
      return hit.failure.reason ?? madeUp;
    },
  };
}
