/** Keeps time from jumping while something is done that must not see it jump. */
export interface TimeGate {
  /** Does work in which time must not jump. Any number at once. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Does work in which time jumps: as soon as nothing else is being done; what comes meanwhile waits. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Work that waits to be alone lets more in meanwhile: a function may call another, and would wait for itself. So under
 * a load without a pause it waits until there is one.
 */
export function createTimeGate(): TimeGate {
  let passing = 0;
  let jump: Promise<unknown> | undefined;
  let idle: (() => void)[] = [];

  return {
    async pass(work) {
      while (jump !== undefined) await jump;
      passing += 1;
      try {
        return await work();
      } finally {
        passing -= 1;
        if (passing === 0) {
          const waiting = idle;
          idle = [];
          for (const wake of waiting) wake();
        }
      }
    },
    async alone(work) {
      while (jump !== undefined || passing > 0) {
        await (jump ?? new Promise<void>((resolve) => idle.push(resolve)));
      }
      const done = work();
      jump = done.catch(() => undefined);
      try {
        return await done;
      } finally {
        jump = undefined;
      }
    },
  };
}
