import { isChanging, newestRelease, servedAlias } from './current-state.ts';
import { describeVersion } from './marks.ts';
import { call, type Rule } from './rule.ts';
import { isReleased, migration } from './scope.ts';

/** Publishes what has been prepared: after the base URLs are known, after the database has been brought up to date. */
export const publish: Rule = (it, current, scope) => {
  if (!scope.baseUrls.areKnown) return 'blocked';
  const release = scope.releaseOf(it);
  if (isReleased(current, release)) return waitForVersion(it, current, scope);
  if (it.service.name === migration) {
    if (current.migratedTo !== release) {
      const step = call(it, 'Invoke', 'brings the database up to date', invocation);
      return { ...step, remember: { migratedTo: release } };
    }
  } else if (!scope.isMigrated) {
    return 'blocked';
  }
  const last = newestRelease(current);
  const reason = last === undefined ? 'has no release yet' : `differs from version ${last.version}`;
  const mark = { release, ...scope.deployment };
  return call(it, 'PublishVersion', reason, { Description: describeVersion(mark) });
};

const invocation = { InvocationType: 'RequestResponse', Qualifier: '$LATEST', ClientContext: '{}' } as const;

const waitForVersion: Rule = ({ service }, current) => {
  const version = newestRelease(current);
  if (version === undefined || !isChanging(version.status)) return undefined;
  const reason = `version ${version.version} is ${version.status}`;
  return { kind: 'wait', target: service.cloudName, part: 'versions', reason };
};

/** Puts the newest release before everybody, with one switch. */
export const switchAlias: Rule = (it, current) => {
  const version = newestRelease(current)?.version;
  const { served } = current;
  if (version === undefined || (served?.version === version && !served.isSplit)) return undefined;
  const parameters = { Name: servedAlias, FunctionVersion: version };
  if (served === undefined) return call(it, 'CreateAlias', `${servedAlias} is not there yet`, parameters);
  if (!served.isSplit)
    return call(it, 'UpdateAlias', `${servedAlias} from version ${served.version} to ${version}`, parameters);
  const reason = `${servedAlias} from version ${served.version} and another to ${version}`;
  return call(it, 'UpdateAlias', reason, { ...parameters, RoutingConfig: { AdditionalVersionWeights: [] } });
};
