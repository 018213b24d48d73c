import { describeDifference, differencesBetween, toParameters } from './configuration.ts';
import { type CurrentFunction, isChanging, newestRelease } from './current-state.ts';
import { configurationOf, type DesiredFunction } from './desired-state.ts';
import { type CodeMark, readCodeMark } from './marks.ts';
import { publish, switchAlias } from './plan-release.ts';
import { planHttpTriggers, planTimers } from './plan-triggers.ts';
import { call, type Rule } from './rule.ts';
import type { Scope } from './scope.ts';
import type { Step } from './step.ts';

/** What the platform does with asynchronous events by default: two retries, for six hours. */
const defaultRetry = { attempts: 2, maxAgeS: 21_600 } as const;

/**
 * In the order in which they are obeyed. A version is published when all before it is done, and timers start when it
 * serves: they meet no function that is not ready.
 */
const rules: readonly Rule[] = [
  waitForPlatform,
  recreate,
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
  const configuration = configurationOf(it, baseUrls.values, { sha256: code.sha256, size: undefined });
  return call(it, 'CreateFunction', 'is not there yet', {
    Type: 'Event',
    Runtime: service.runtime,
    Handler: service.handler,
    Code: { ZipFile: Buffer.from(code.zip).toString('base64') },
    ...toParameters(configuration, false),
    Tags: Object.entries(service.tags).map(([Key, Value]) => ({ Key, Value })),
  });
}

function waitForPlatform(it: DesiredFunction, { status }: CurrentFunction): Step | undefined {
  if (!isChanging(status)) return undefined;
  return { kind: 'wait', target: it.service.cloudName, part: 'function', reason: `is ${status}` };
}

/** Whether anything but `CreateFailed` may be deleted is decided before the first step, see `obstaclesOf`. */
function recreate(it: DesiredFunction, current: CurrentFunction, { desired }: Scope): Step | undefined {
  const { status, statusReason, runtime, type } = current;
  if (status === 'CreateFailed' || status === 'DeleteFailed') {
    return call(it, 'DeleteFunction', `is ${status}${statusReason && `: ${statusReason}`}`);
  }
  if (!desired.replace) return undefined;
  if (runtime !== it.service.runtime)
    return call(it, 'DeleteFunction', `runs on ${runtime}, not ${it.service.runtime}`);
  return type === 'Event' ? undefined : call(it, 'DeleteFunction', `is a ${type} function`);
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
    remember: { code: { sha256: code.sha256, size: undefined } },
  };
}

function codeReason({ code, service }: DesiredFunction, current: CurrentFunction): string | undefined {
  const { handler, status } = current;
  const mark = current.code;
  if (status === 'UpdateFailed')
    return `the last update failed${current.statusReason && `: ${current.statusReason}`}`;
  if (mark === undefined) return 'the code is not known to be ours';
  if (mark.sha256 !== code.sha256) return 'the code has changed';
  if (mark.size !== undefined && mark.size !== current.codeSize)
    return `the code was changed by hand: its size is ${current.codeSize}, not ${mark.size}`;
  return handler === service.handler ? undefined : `Handler from ${handler} to ${service.handler}`;
}

function updateConfiguration(it: DesiredFunction, current: CurrentFunction, scope: Scope): Step | undefined {
  const mark: CodeMark = { sha256: it.code.sha256, size: current.codeSize };
  const desired = configurationOf(it, knownUrls(current, scope), mark);
  const differences = differencesBetween(current.configuration, desired);
  if (differences.length === 0) return undefined;
  // That the size is not written down yet can wait for the next change, which is due as soon as the URLs are known.
  const written = readCodeMark(current.configuration.description);
  const isSizeOnly =
    differences.every(({ setting }) => setting === 'Description') && written?.sha256 === mark.sha256;
  if (isSizeOnly && written.size === undefined && !scope.baseUrls.areKnown) return undefined;
  const reasons = differences.map((difference) =>
    difference.setting === 'Description' ? descriptionReason(it, current) : describeDifference(difference),
  );
  return call(it, 'UpdateFunctionConfiguration', reasons.join(', '), toParameters(desired, true));
}

/** An address that is not known yet stays as the function has it. */
function knownUrls(
  { configuration }: CurrentFunction,
  { baseUrls }: Scope,
): Record<string, string | undefined> {
  const entries = Object.entries(baseUrls.values);
  return Object.fromEntries(entries.map(([name, url]) => [name, url ?? configuration.environment[name]]));
}

function descriptionReason({ code }: DesiredFunction, { configuration }: CurrentFunction): string {
  const mark = readCodeMark(configuration.description);
  if (mark === undefined || mark.sha256 !== code.sha256 || mark.size === undefined)
    return 'Description remembers the code';
  return 'Description';
}

function updateRetry(it: DesiredFunction, { asyncRetry }: CurrentFunction): Step | undefined {
  const { attempts, maxAgeS } = it.service.asyncRetry ?? defaultRetry;
  const changes = [
    ...(attempts === asyncRetry.attempts ? [] : [`RetryNum from ${asyncRetry.attempts} to ${attempts}`]),
    ...(maxAgeS === asyncRetry.maxAgeS ? [] : [`MsgTTL from ${asyncRetry.maxAgeS} to ${maxAgeS}`]),
  ];
  if (changes.length === 0) return undefined;
  return call(it, 'UpdateFunctionEventInvokeConfig', changes.join(', '), {
    AsyncTriggerConfig: { RetryConfig: [{ RetryNum: attempts }], MsgTTL: maxAgeS },
  });
}

function updateReserved(
  it: DesiredFunction,
  { reservedConcurrencyMb: from }: CurrentFunction,
): Step | undefined {
  const to = it.service.reservedConcurrencyMb ?? 0;
  if (from === to) return undefined;
  const reason = `ReservedConcurrencyMem from ${from} to ${to}`;
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
  const reason = `VersionProvisionedConcurrencyNum of version ${version} from ${held} to ${count}`;
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
  const reason = `version ${idle.version} holds ${idle.count} provisioned instances`;
  return call(it, 'DeleteProvisionedConcurrencyConfig', reason, { Qualifier: idle.version });
}
