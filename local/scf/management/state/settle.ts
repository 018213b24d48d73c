import type { Services } from '../services.ts';
import { type FunctionRecord, latestVersion, type Version } from './function-record.ts';
import { type ActName, begin, observed } from './life.ts';

/** Begins an act on a version; it ends as the rule says, or fails where a test has said so. */
export function beginAct(services: Services, fn: FunctionRecord, version: Version, act: ActName): void {
  const nowMs = services.nowMs();
  version.life = begin(version.life, act, services.settling, nowMs, services.failures.take(act, fn.name));
  version.changedMs = nowMs;
  if (version === fn.latest) fn.changedMs = nowMs;
}

/**
 * Observes a version, and carries out what has come to its end by that. `counts` where a call asked for the status and
 * shows it after this very observation.
 */
export function settle(services: Services, fn: FunctionRecord, version: Version, counts: boolean): void {
  const before = version.life;
  version.life = observed(before, services.nowMs(), counts);
  if (before.pending === undefined || version.life.pending !== undefined) return;
  if (version.life.status === 'Gone') remove(services, fn, version);
  const { next } = version;
  if (next === undefined) return;
  delete version.next;
  if (version.life.status !== 'Active') return;
  version.content = next.content;
  if (next.publish) publish(services, fn, '');
}

/** Lets time do its work on everything that a function has. */
export function settleAll(services: Services, fn: FunctionRecord): void {
  for (const version of [fn.latest, ...fn.published.values()]) settle(services, fn, version, false);
}

/** Publishes what `$LATEST` is now. */
export function publish(services: Services, fn: FunctionRecord, description: string): Version {
  const nowMs = services.nowMs();
  fn.publishedCount += 1;
  const version: Version = {
    name: String(fn.publishedCount),
    description,
    addedMs: nowMs,
    changedMs: nowMs,
    life: begin(undefined, 'publish', services.settling, nowMs, services.failures.take('publish', fn.name)),
    content: fn.latest.content,
  };
  fn.published.set(version.name, version);
  return version;
}

function remove(services: Services, fn: FunctionRecord, version: Version): void {
  if (version.name !== latestVersion) {
    fn.published.delete(version.name);
    services.runner.forget(version);
    return;
  }
  services.account.functions.delete(fn.name);
  for (const trigger of fn.triggers.splice(0)) services.triggers.stop(trigger);
  for (const each of [fn.latest, ...fn.published.values()]) {
    // Events that wait for another attempt find nothing to run.
    each.life = { status: 'Gone', reasons: [] };
    services.runner.forget(each);
  }
}
