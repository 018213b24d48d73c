import { Failure } from '../../shared/errors.ts';
import { readFunctionPart } from '../cloud/read-function.ts';
import type { CurrentFunction, CurrentState, CurrentTrigger } from './current-state.ts';
import type { Planner } from './plan.ts';
import type { CallStep, Step } from './plan-step.ts';
import { readReleaseMark } from './release-marks.ts';
import { readDescription } from './trigger-description.ts';

/** More than any deployment takes. */
const roundLimit = 200;

/**
 * Every step on the way to what is described, as far as it can be foreseen: all calls succeed.
 *
 * @throws Failure `InternalFailure` for a plan that does not end: a fault of ours, whose steps would not be true
 */
export function foresee(planner: Planner, current: CurrentState): Step[] {
  const foreseen: Step[] = [];
  let state = current;
  for (let round = 0; round < roundLimit; round += 1) {
    const steps = planner(state);
    if (steps.length === 0) return foreseen;
    foreseen.push(...steps);
    state = steps.reduce(imagine, state);
  }
  const again = foreseen.at(-1);
  throw new Failure('InternalFailure', {
    detail: `The plan does not end: ${again?.target} ${again?.reason.en}`,
  });
}

/** The state after a step. What only the platform knows is made up. */
function imagine(state: CurrentState, step: Step): CurrentState {
  const { target } = step;
  if (step.kind === 'call' && step.action.endsWith('CustomDomain')) return imagineDomain(state, step);
  const { [target]: existing, ...others } = state.functions;
  const after = step.kind === 'wait' ? existing && rested(existing) : imagineFunction(existing, step);
  return { ...state, functions: after === undefined ? others : { ...others, [target]: after } };
}

const rested = (it: CurrentFunction): CurrentFunction => ({
  ...it,
  status: 'Active',
  triggers: it.triggers.map(withUrl),
  versions: it.versions.map((version) => ({ ...version, status: 'Active' })),
});

const withUrl = (trigger: CurrentTrigger): CurrentTrigger =>
  trigger.type === 'http' && trigger.url === ''
    ? { ...trigger, url: 'https://function-url.invalid' }
    : trigger;

function imagineFunction(existing: CurrentFunction | undefined, step: CallStep): CurrentFunction | undefined {
  const { action, parameters } = step;
  if (action === 'DeleteFunction') return undefined;
  if (action === 'CreateFunction') return created(parameters);
  return existing && { ...existing, ...changesOf(existing, step), ...step.remember };
}

const created = (parameters: CallStep['parameters']): CurrentFunction => ({
  ...readFunctionPart({ ...parameters, Status: 'Active' }),
  triggers: [],
  versions: [],
  served: { version: '$LATEST', isSplit: false },
  asyncRetry: { attempts: 2, maxAgeS: 21_600 },
  reservedConcurrencyMb: 0,
  provisioned: [],
  migratedTo: undefined,
});

function changesOf(it: CurrentFunction, { action, parameters }: CallStep): Partial<CurrentFunction> {
  const text = (name: string) => String(parameters[name] ?? '');
  switch (action) {
    case 'UpdateFunctionCode':
      return { status: 'Active', handler: text('Handler') };
    case 'UpdateFunctionConfiguration': {
      const { configuration, code } = readFunctionPart(parameters);
      const log = 'ClsTopicId' in parameters ? configuration.log : it.configuration.log;
      return { configuration: { ...configuration, log }, code };
    }
    case 'UpdateFunctionEventInvokeConfig': {
      const { RetryConfig, MsgTTL } = parameters['AsyncTriggerConfig'] as RetryParameters; // our own planner made it
      return { asyncRetry: { attempts: RetryConfig[0]?.RetryNum ?? 0, maxAgeS: MsgTTL } };
    }
    case 'PutReservedConcurrencyConfig':
    case 'DeleteReservedConcurrencyConfig':
      return { reservedConcurrencyMb: Number(parameters['ReservedConcurrencyMem'] ?? 0) };
    case 'PutProvisionedConcurrencyConfig':
    case 'DeleteProvisionedConcurrencyConfig': {
      const others = it.provisioned.filter(({ version }) => version !== text('Qualifier'));
      const count = Number(parameters['VersionProvisionedConcurrencyNum'] ?? 0);
      return { provisioned: count === 0 ? others : [...others, { version: text('Qualifier'), count }] };
    }
    case 'CreateTrigger':
    case 'UpdateTrigger':
    case 'DeleteTrigger': {
      const others = it.triggers.filter(
        ({ name, type }) => name !== text('TriggerName') || type !== text('Type'),
      );
      return { triggers: action === 'DeleteTrigger' ? others : [...others, triggerOf(parameters, it)] };
    }
    case 'PublishVersion': {
      const highest = Math.max(0, ...it.versions.map(({ version }) => Number(version) || 0));
      const mark = readReleaseMark(text('Description'));
      return { versions: [...it.versions, { version: String(highest + 1), status: 'Active', mark }] };
    }
    case 'CreateAlias':
    case 'UpdateAlias':
      return { served: { version: text('FunctionVersion'), isSplit: false } };
    default:
      return {};
  }
}

interface RetryParameters {
  RetryConfig: { RetryNum: number }[];
  MsgTTL: number;
}

/** A Function URL keeps its address for as long as it exists. */
function triggerOf(parameters: CallStep['parameters'], it: CurrentFunction): CurrentTrigger {
  const text = (name: string) => String(parameters[name] ?? '');
  const existing = it.triggers.find(
    ({ name, type }) => name === text('TriggerName') && type === text('Type'),
  );
  return withUrl({
    type: text('Type'),
    name: text('TriggerName'),
    qualifier: text('Qualifier'),
    isEnabled: true,
    argument: text('CustomArgument'),
    ...readDescription(text('Type'), text('TriggerDesc')),
    url: existing?.url ?? '',
  });
}

function imagineDomain(state: CurrentState, { target, action, parameters }: CallStep): CurrentState {
  const { [target]: existing, ...others } = state.domains;
  if (action === 'DeleteCustomDomain') return { ...state, domains: others };
  const routes = parameters['EndpointsConfig'] as EndpointParameters[]; // our own planner made it
  const certificate = parameters['CertConfig'] as { CertificateId: string } | undefined; // our own planner made it
  const domain = {
    protocol: String(parameters['Protocol']),
    certificateId: certificate?.CertificateId ?? existing?.certificateId ?? '',
    endpoints: routes.map((it) => ({
      namespace: it.Namespace,
      functionName: it.FunctionName,
      qualifier: it.Qualifier,
      path: it.PathMatch,
    })),
  };
  return { ...state, domains: { ...others, [target]: domain } };
}

interface EndpointParameters {
  Namespace: string;
  FunctionName: string;
  Qualifier: string;
  PathMatch: string;
}
