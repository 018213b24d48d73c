import {
  type CurrentFunction,
  type CurrentState,
  type CurrentVersion,
  servedAlias,
} from './current-state.ts';
import type { DesiredState } from './desired-state.ts';
import { type CallStep, call } from './plan-step.ts';

/**
 * The way back to what was served before the last deployment: of each function that it changed, the version before.
 * The database stays as it is: migrations only add, so that the code before still works with it.
 */
export function rollbackSteps(desired: DesiredState, current: CurrentState): CallStep[] {
  const serving = desired.functions.flatMap((it) => {
    const existing = current.functions[it.service.cloudName];
    const version = existing?.versions.find((entry) => entry.version === existing.served?.version);
    const before = existing && version && previous(existing, version);
    return version?.mark && before
      ? [{ it, from: version, to: before, deployment: version.mark.deployment }]
      : [];
  });
  const last = Math.max(0, ...serving.map(({ deployment }) => deployment));
  return serving
    .filter(({ deployment }) => deployment === last)
    .map(({ it, from, to }) => {
      const reason = {
        zh: `${servedAlias} 由版本 ${from.version} 退回 ${to.version}`,
        en: `${servedAlias} from version ${from.version} back to ${to.version}`,
      };
      return call(it, 'UpdateAlias', reason, { Name: servedAlias, FunctionVersion: to.version });
    });
}

const numberOf = ({ version }: CurrentVersion) => Number(version) || 0;

function previous({ versions }: CurrentFunction, version: CurrentVersion): CurrentVersion | undefined {
  return versions
    .filter(
      (it) => it.mark !== undefined && it.status !== 'PublishFailed' && numberOf(it) < numberOf(version),
    )
    .sort((one, other) => numberOf(other) - numberOf(one))[0];
}
