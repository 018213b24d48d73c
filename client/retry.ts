import { QianmaProblem, QianmaUnreachable } from './problem.ts';

export interface Retrying {
  /** Tries of one call, the first among them. */
  tries: number;
  /** Resolves after a time. Milliseconds. */
  pause(ms: number): Promise<void>;
  /** Between 0 and 1. */
  random(): number;
}

/** The longest pause that a server may ask for, and that ours grow to. Seconds. */
const longestS = 60;

/**
 * Carries something out until it succeeds, is refused for good, or its tries are over. Between two tries it waits for as
 * long as the answer asks for, else half a second, doubled each time, a quarter longer or shorter by chance.
 */
export async function retried<T>(work: () => Promise<T>, { tries, pause, random }: Retrying): Promise<T> {
  for (let made = 1; ; made += 1) {
    try {
      return await work();
    } catch (error) {
      if (made >= tries || !mayPass(error)) throw error;
      const ownS = Math.min(longestS, 2 ** (made - 2)) * (0.75 + random() / 2);
      const askedS = error instanceof QianmaProblem ? error.retryAfterS : undefined;
      await pause(Math.min(longestS, askedS ?? ownS) * 1000);
    }
  }
}

/** May the same call succeed later? With its `Idempotency-Key` it has its effect once, however often it is sent. */
function mayPass(error: unknown): boolean {
  if (error instanceof QianmaUnreachable) return true;
  if (!(error instanceof QianmaProblem)) return false;
  const { status, retryAfterS, code } = error;
  if (status === 429 || status === 502 || status === 504) return true;
  if (status === 503) return code !== 'Misconfigured';
  return status === 409 && retryAfterS !== undefined;
}
