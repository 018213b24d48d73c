import type { Text } from '../../shared/text.ts';
import { describeDifference, differencesBetween, toParameters } from './configuration.ts';
import { type CurrentFunction, isChanging, newestRelease, statusText } from './current-state.ts';
import { configurationOf, type DesiredFunction } from './desired-state.ts';
import { publish, switchAlias } from './plan-release.ts';
import { call, type Rule, type Step } from './plan-step.ts';
import { planHttpTriggers, planTimers } from './plan-triggers.ts';
import { change, notThere, together } from './reason.ts';
import { type CodeMark, readCodeMark, uploaded } from './release-marks.ts';
import type { Scope } from './release-state.ts';
import type { BaseUrls } from './wired-variables.ts';

/** What the platform does with asynchronous events by default: two retries, for six hours. */
const defaultRetry = { attempts: 2, maxAgeS: 21_600 } as const;

/**
 * In the order in which they are obeyed. A version is published when all before it is done, and timers start when it
 * serves: they meet no function that is not ready.
 */
const rules: readonly Rule[] = [
  waitForPlatform,
  recreate,
  announceUpload,
  updateCode,
  updateConfiguration,
  updateRetry,
  updateReserved,
  planHttpTriggers,
  publish,
  provision,
  switchAlias,
  unprovision,
  planTimers,
];

/** The next step for a function, or undefined when it is as described or has to wait for another one. */
export function planFunction(
  it: DesiredFunction,
  current: CurrentFunction | undefined,
  scope: Scope,
): Step | undefined {
  if (current === undefined) return create(it, scope);
  for (const rule of rules) {
    const step = rule(it, current, scope);
    if (step !== undefined) return step === 'blocked' ? undefined : step;
  }
  return undefined;
}

function create(it: DesiredFunction, { baseUrls }: Scope): Step {
  const { service, code } = it;
  const configuration = configurationOf(it, baseUrls.values, uploaded(code.sha256));
  return call(it, 'CreateFunction', notThere, {
    Type: 'Event',
    Runtime: service.runtime,
    Handler: service.handler,
    Code: { ZipFile: Buffer.from(code.zip).toString('base64') },
    ...toParameters(configuration, false),
    Tags: Object.entries(service.tags).map(([Key, Value]) => ({ Key, Value })),
  });
}

function waitForPlatform(it: DesiredFunction, current: CurrentFunction): Step | undefined {
  if (!isChanging(current.status)) return undefined;
  return { kind: 'wait', target: it.service.cloudName, part: 'function', reason: statusText(current) };
}

/** Whether anything but `CreateFailed` may be deleted is decided before the first step, see `obstaclesOf`. */
function recreate(it: DesiredFunction, current: CurrentFunction, { desired }: Scope): Step | undefined {
  const { status, runtime, type } = current;
  if (status === 'CreateFailed' || status === 'DeleteFailed')
    return call(it, 'DeleteFunction', statusText(current));
  if (!desired.replace) return undefined;
  const wanted = it.service.runtime;
  if (runtime !== wanted) {
    const reason = { zh: `运行环境为 ${runtime} 而不是 ${wanted}`, en: `runs on ${runtime}, not ${wanted}` };
    return call(it, 'DeleteFunction', reason);
  }
  if (type === 'Event') return undefined;
  return call(it, 'DeleteFunction', { zh: `函数类型为 ${type}`, en: `is a ${type} function` });
}

/**
 * Writes down what is going to be uploaded. A run that ends after the upload and before its mark would otherwise leave
 * the mark of the code before, and a run that goes back to that code would find it there.
 */
function announceUpload(it: DesiredFunction, current: CurrentFunction, scope: Scope): Step | undefined {
  const { sha256 } = it.code;
  const mark = current.code;
  if (mark === undefined || mark.isUploading || mark.sha256 === sha256) return undefined;
  return configure(it, current, scope, { sha256, size: undefined, isUploading: true });
}

function updateCode(it: DesiredFunction, current: CurrentFunction): Step | undefined {
  const reason = codeReason(it, current);
  if (reason === undefined) return undefined;
  const { code, service } = it;
  return {
    ...call(it, 'UpdateFunctionCode', reason, {
      Handler: service.handler,
      ZipFile: Buffer.from(code.zip).toString('base64'),
    }),
    remember: { code: uploaded(code.sha256) },
  };
}

function codeReason({ code, service }: DesiredFunction, current: CurrentFunction): Text | undefined {
  const { handler, status, statusReason } = current;
  const mark = current.code;
  if (status === 'UpdateFailed') {
    const why = statusReason && `: ${statusReason}`;
    return { zh: `上一次更新失败${why}`, en: `the last update failed${why}` };
  }
  if (mark === undefined) return { zh: '代码来历不明', en: 'the code is not known to be ours' };
  if (mark.isUploading || mark.sha256 !== code.sha256) return { zh: '代码有变', en: 'the code has changed' };
  if (mark.size !== undefined && mark.size !== current.codeSize) {
    return {
      zh: `代码被手工改过：大小为 ${current.codeSize} 而不是 ${mark.size}`,
      en: `the code was changed by hand: its size is ${current.codeSize}, not ${mark.size}`,
    };
  }
  return handler === service.handler ? undefined : change('Handler', handler, service.handler);
}

function updateConfiguration(it: DesiredFunction, current: CurrentFunction, scope: Scope): Step | undefined {
  return configure(it, current, scope, uploaded(it.code.sha256, current.codeSize));
}

function configure(
  it: DesiredFunction,
  current: CurrentFunction,
  scope: Scope,
  mark: CodeMark,
): Step | undefined {
  const desired = configurationOf(it, knownUrls(current, scope), mark);
  const differences = differencesBetween(current.configuration, desired);
  if (differences.length === 0) return undefined;
  // That the size is not written down yet can wait for the next change, which is due as soon as the URLs are known.
  const written = readCodeMark(current.configuration.description);
  const isOnlySize =
    differences.every(({ setting }) => setting === 'Description') &&
    written?.sha256 === mark.sha256 &&
    written.isUploading === mark.isUploading;
  if (isOnlySize && written.size === undefined && !scope.baseUrls.areKnown) return undefined;
  const reasons = differences.map((difference) =>
    difference.setting === 'Description' ? descriptionReason(written, mark) : describeDifference(difference),
  );
  return call(it, 'UpdateFunctionConfiguration', together(reasons), toParameters(desired, true));
}

/** Until all addresses are known they stay as the function has them: one change tells it of all. */
function knownUrls({ configuration }: CurrentFunction, { baseUrls }: Scope): BaseUrls['values'] {
  if (baseUrls.areKnown) return baseUrls.values;
  const names = Object.keys(baseUrls.values);
  return Object.fromEntries(names.map((name) => [name, configuration.environment[name]]));
}

function descriptionReason(written: CodeMark | undefined, mark: CodeMark): Text {
  if (mark.isUploading) return { zh: 'Description 预告新代码', en: 'Description announces new code' };
  const isSame = written?.sha256 === mark.sha256 && written.size !== undefined;
  return isSame
    ? { zh: 'Description 有变', en: 'Description' }
    : { zh: 'Description 记录代码', en: 'Description remembers the code' };
}

function updateRetry(it: DesiredFunction, { asyncRetry }: CurrentFunction): Step | undefined {
  const { attempts, maxAgeS } = it.service.asyncRetry ?? defaultRetry;
  const changes = [
    ...(attempts === asyncRetry.attempts
      ? []
      : [change('RetryNum', `${asyncRetry.attempts}`, `${attempts}`)]),
    ...(maxAgeS === asyncRetry.maxAgeS ? [] : [change('MsgTTL', `${asyncRetry.maxAgeS}`, `${maxAgeS}`)]),
  ];
  if (changes.length === 0) return undefined;
  return call(it, 'UpdateFunctionEventInvokeConfig', together(changes), {
    AsyncTriggerConfig: { RetryConfig: [{ RetryNum: attempts }], MsgTTL: maxAgeS },
  });
}

function updateReserved(
  it: DesiredFunction,
  { reservedConcurrencyMb: from }: CurrentFunction,
): Step | undefined {
  const to = it.service.reservedConcurrencyMb ?? 0;
  if (from === to) return undefined;
  const reason = change('ReservedConcurrencyMem', `${from}`, `${to}`);
  return to === 0
    ? call(it, 'DeleteReservedConcurrencyConfig', reason)
    : call(it, 'PutReservedConcurrencyConfig', reason, { ReservedConcurrencyMem: to });
}

/** Instances are kept warm for the new version before it serves. */
function provision(it: DesiredFunction, current: CurrentFunction): Step | undefined {
  const version = newestRelease(current)?.version;
  const count = it.service.provisionedConcurrency ?? 0;
  const held = current.provisioned.find((entry) => entry.version === version)?.count ?? 0;
  if (version === undefined || count === 0 || held === count) return undefined;
  const reason = change(`VersionProvisionedConcurrencyNum (${version})`, `${held}`, `${count}`);
  return call(it, 'PutProvisionedConcurrencyConfig', reason, {
    Qualifier: version,
    VersionProvisionedConcurrencyNum: count,
  });
}

/** What an older version had is given back. */
function unprovision(it: DesiredFunction, current: CurrentFunction): Step | undefined {
  const kept = it.service.provisionedConcurrency === undefined ? undefined : newestRelease(current)?.version;
  const idle = current.provisioned.find(({ version, count }) => count > 0 && version !== kept);
  if (idle === undefined) return undefined;
  const reason = {
    zh: `版本 ${idle.version} 占有 ${idle.count} 个预置实例`,
    en: `version ${idle.version} holds ${idle.count} provisioned instances`,
  };
  return call(it, 'DeleteProvisionedConcurrencyConfig', reason, { Qualifier: idle.version });
}
