import { Failure } from '../shared/errors.ts';
import type { Clock } from './clock.ts';
import type { CloudApi } from './cloud-api.ts';
import { type CurrentFunction, isChanging, newestRelease } from './current-state.ts';
import { readParts } from './read-state.ts';
import type { Part } from './step.ts';

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
      throw new Failure('DeadlineExceeded', { detail: `${unrest} after ${patienceMs / 1000} s` });
    }
    await clock.sleep(pauseMs);
  }
}

function unrestOf({ status, versions, triggers }: Partial<CurrentFunction>): string | undefined {
  if (status !== undefined && isChanging(status)) return `is still ${status}`;
  const version = versions && newestRelease({ versions });
  if (version && isChanging(version.status)) return `version ${version.version} is still ${version.status}`;
  if (triggers?.some(({ type, url }) => type === 'http' && url === '')) return 'has no Function URL';
  return undefined;
}
