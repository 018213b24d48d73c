import { Failure } from '../../shared/errors.ts';
import type { Text } from '../../shared/text.ts';
import { type CurrentFunction, isChanging, newestRelease } from '../plan/current-state.ts';
import type { Part } from '../plan/plan-step.ts';
import type { Clock } from './clock.ts';
import type { CloudApi } from './cloud-api.ts';
import { readParts } from './read-state.ts';

/** Of a creation in a VPC, the slowest thing there is. */
const patienceMs = 600_000;
/** Most changes take a second or two; a creation in a VPC may take a minute. */
const pausesMs = { first: 100, longest: 2000 } as const;

/**
 * Reads parts of a function until the platform is done with it: no change under way, no version being published, no
 * Function URL without its address. Undefined: the function is not there (any more).
 */
export async function settle(
  { api, clock, namespace }: { api: CloudApi; clock: Clock; namespace: string },
  target: string,
  parts: readonly Part[],
): Promise<Partial<CurrentFunction> | undefined> {
  const deadlineMs = clock.nowMs() + patienceMs;
  for (let pauseMs: number = pausesMs.first; ; pauseMs = Math.min(2 * pauseMs, pausesMs.longest)) {
    const read = await readParts(api, target, namespace, parts);
    const unrest = read && unrestOf(read);
    if (unrest === undefined) return read;
    if (clock.nowMs() >= deadlineMs) {
      const seconds = patienceMs / 1000;
      const detail = { zh: `${seconds} 秒后${unrest.zh}`, en: `${unrest.en} after ${seconds} s` };
      throw new Failure('DeadlineExceeded', { detail });
    }
    await clock.sleep(pauseMs);
  }
}

function unrestOf({ status, versions, triggers }: Partial<CurrentFunction>): Text | undefined {
  if (status !== undefined && isChanging(status)) return { zh: `仍为 ${status}`, en: `is still ${status}` };
  const version = versions && newestRelease({ versions });
  if (version && isChanging(version.status)) {
    return {
      zh: `版本 ${version.version} 仍为 ${version.status}`,
      en: `version ${version.version} is still ${version.status}`,
    };
  }
  if (triggers?.some(({ type, url }) => type === 'http' && url === ''))
    return { zh: '没有 Function URL', en: 'has no Function URL' };
  return undefined;
}
