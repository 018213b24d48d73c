import { createHash } from 'node:crypto';
import { type CurrentFunction, type CurrentState, newestRelease } from './current-state.ts';
import { configurationOf, type DesiredFunction, type DesiredState, releaseOf } from './desired-state.ts';
import { type ReleaseMark, uploaded } from './release-marks.ts';
import { type BaseUrls, baseUrlsOf } from './wired-variables.ts';

/** The one-shot function that brings the database up to date. */
export const migration = 'migrate-database';

/** What the plan of one function has to know of all others. */
export interface Scope {
  desired: DesiredState;
  current: CurrentState;
  baseUrls: BaseUrls;
  /** What the versions of this deployment are marked with. */
  deployment: Pick<ReleaseMark, 'deployment' | 'deploymentHash'>;
  /** Whether the database is as the new code needs it. */
  isMigrated: boolean;
  releaseOf(it: DesiredFunction): string;
}

export function createScope(desired: DesiredState, current: CurrentState): Scope {
  const baseUrls = baseUrlsOf(desired, current);
  const releaseIn = (it: DesiredFunction) =>
    releaseOf(it.service, it.code, configurationOf(it, baseUrls.values, uploaded('')));
  const releases = desired.functions.map((it) => [it.service.cloudName, releaseIn(it)]);
  const migrating = desired.functions.find(({ service }) => service.name === migration);
  return {
    desired,
    current,
    baseUrls,
    deployment: deploymentOf(current, releases),
    isMigrated:
      migrating === undefined ||
      isReleased(current.functions[migrating.service.cloudName], releaseIn(migrating)),
    releaseOf: releaseIn,
  };
}

/** Whether the newest published version is this release. It is published after the migration, so it proves that too. */
export const isReleased = (it: CurrentFunction | undefined, release: string): boolean =>
  it !== undefined && newestRelease(it)?.mark?.release === release;

/** Goes on with the last deployment where that is the same and was interrupted; otherwise it is the next one. */
function deploymentOf(current: CurrentState, releases: readonly unknown[]): Scope['deployment'] {
  const deploymentHash = createHash('sha256').update(JSON.stringify(releases)).digest('hex').slice(0, 32);
  const marks = Object.values(current.functions).flatMap(({ versions }) =>
    versions.flatMap(({ mark }) => mark ?? []),
  );
  const last = marks.reduce((highest, mark) => Math.max(highest, mark.deployment), 0);
  const isSame = marks.some((mark) => mark.deployment === last && mark.deploymentHash === deploymentHash);
  return { deployment: isSame ? last : last + 1, deploymentHash };
}
