import { isChanging, newestRelease, servedAlias } from './current-state.ts';
import { call, type Rule } from './plan-step.ts';
import { change, named, notThere } from './reason.ts';
import { describeVersion } from './release-marks.ts';
import { isReleased, migration } from './release-state.ts';

/** Publishes what has been prepared: after the base URLs are known, after the database has been brought up to date. */
export const publish: Rule = (it, current, scope) => {
  if (!scope.baseUrls.areKnown) return 'blocked';
  const release = scope.releaseOf(it);
  if (isReleased(current, release)) return waitForVersion(it, current, scope);
  if (it.service.name === migration) {
    if (current.migratedTo !== release) {
      const step = call(it, 'Invoke', migrates, invocation);
      return { ...step, remember: { migratedTo: release } };
    }
  } else if (!scope.isMigrated) {
    return 'blocked';
  }
  const last = newestRelease(current);
  const reason =
    last === undefined
      ? { zh: '尚未发布过', en: 'has no release yet' }
      : { zh: `与版本 ${last.version} 不同`, en: `differs from version ${last.version}` };
  const mark = { release, ...scope.deployment };
  return call(it, 'PublishVersion', reason, { Description: describeVersion(mark) });
};

const migrates = { zh: '升级数据库', en: 'brings the database up to date' };
const invocation = { InvocationType: 'RequestResponse', Qualifier: '$LATEST', ClientContext: '{}' } as const;

const waitForVersion: Rule = ({ service }, current) => {
  const version = newestRelease(current);
  if (version === undefined || !isChanging(version.status)) return undefined;
  const reason = {
    zh: `版本 ${version.version} 状态为 ${version.status}`,
    en: `version ${version.version} is ${version.status}`,
  };
  return { kind: 'wait', target: service.cloudName, part: 'versions', reason };
};

/** Puts the newest release before all callers, with one switch. */
export const switchAlias: Rule = (it, current) => {
  const version = newestRelease(current)?.version;
  const { served } = current;
  if (version === undefined || (served?.version === version && !served.isSplit)) return undefined;
  const parameters = { Name: servedAlias, FunctionVersion: version };
  if (served === undefined) return call(it, 'CreateAlias', named(servedAlias, notThere), parameters);
  const from = { zh: `版本 ${served.version}`, en: `version ${served.version}` };
  if (!served.isSplit) return call(it, 'UpdateAlias', change(servedAlias, from, version), parameters);
  const shared = { zh: `${from.zh} 与另一版本`, en: `${from.en} and another` };
  const reason = change(servedAlias, shared, version);
  return call(it, 'UpdateAlias', reason, { ...parameters, RoutingConfig: { AdditionalVersionWeights: [] } });
};
