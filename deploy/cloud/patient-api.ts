import type { Clock } from './clock.ts';
import type { CloudApi } from './cloud-api.ts';
import { meaningOf } from './error-meaning.ts';

/** How long a call is repeated that the platform is too busy for. */
const patienceMs = 300_000;
const pauseMs = 1000;
/** What was not sent, and a read, which changes nothing, may be repeated. */
const attempts = 5;
const isRead = (action: string) => /^(Get|List)/.test(action);

/** Repeats what certainly was not done, and reads. Throws what is left: refusals, and writes that may have been done. */
export function createPatientApi(api: CloudApi, clock: Clock): CloudApi {
  return async (action, parameters) => {
    const deadlineMs = clock.nowMs() + patienceMs;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await api(action, parameters);
      } catch (error) {
        const meaning = meaningOf(action, error);
        const mayRepeat =
          meaning === 'busy' ||
          meaning === 'slow-down' ||
          ((meaning === 'unreachable' || (meaning === 'unknown' && isRead(action))) && attempt < attempts);
        if (!mayRepeat || clock.nowMs() >= deadlineMs) throw error;
        await clock.sleep(pauseMs);
      }
    }
  };
}
