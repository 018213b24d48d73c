import type { HttpTrigger, TimerTrigger } from '../../shared/scf/function-service.ts';
import type { Text } from '../../shared/text.ts';
import { type CurrentTrigger, servedAlias } from './current-state.ts';
import type { DesiredFunction } from './desired-state.ts';
import { type CallStep, call, type Rule } from './plan-step.ts';
import { named, notThere, together } from './reason.ts';
import { describeHttp, describeTimer } from './trigger-description.ts';

/** A trigger as it should be. */
interface Wanted {
  type: 'http' | 'timer';
  name: string;
  description: string;
  argument: string;
}

const wantedHttp = (trigger: HttpTrigger): Wanted => ({
  type: 'http',
  name: 'http',
  description: describeHttp(trigger),
  argument: '',
});

const wantedTimer = (trigger: TimerTrigger): Wanted => ({
  type: 'timer',
  name: trigger.name,
  description: describeTimer(trigger),
  argument: trigger.argument,
});

/** Function URLs come early, since variables of other functions may hold them. A trigger that is not described is deleted. */
export const planHttpTriggers: Rule = (it, { triggers }) => {
  const wanted = it.service.triggers.flatMap((trigger) =>
    trigger.type === 'http' ? [wantedHttp(trigger)] : [],
  );
  const timers = new Set(
    it.service.triggers.flatMap((trigger) => (trigger.type === 'timer' ? [trigger.name] : [])),
  );
  const unwanted = triggers.filter((trigger) => !isDescribed(trigger, wanted, timers));
  const stale =
    unwanted[0] && remove(it, unwanted[0], { zh: '不在 serverless.yml 中', en: 'is not in serverless.yml' });
  if (stale !== undefined) return stale;
  for (const trigger of wanted) {
    const step = planTrigger(it, trigger, triggers);
    if (step !== undefined) return step;
  }
  const nameless = triggers.some(({ type, url }) => type === 'http' && url === '');
  const { cloudName } = it.service;
  return nameless
    ? {
        kind: 'wait',
        target: cloudName,
        part: 'triggers',
        reason: { zh: '尚无 Function URL', en: 'has no Function URL yet' },
      }
    : undefined;
};

/** Timers start last. */
export const planTimers: Rule = (it, { triggers }) => {
  for (const trigger of it.service.triggers) {
    if (trigger.type !== 'timer') continue;
    const step = planTrigger(it, wantedTimer(trigger), triggers);
    if (step !== undefined) return step;
  }
  return undefined;
};

/** A Function URL is known by its qualifier, whatever its name; a timer by its name. */
function isDescribed(trigger: CurrentTrigger, http: readonly Wanted[], timers: ReadonlySet<string>): boolean {
  if (trigger.type === 'timer') return timers.has(trigger.name);
  return trigger.type === 'http' && http.length > 0 && trigger.qualifier === servedAlias;
}

function planTrigger(
  it: DesiredFunction,
  wanted: Wanted,
  triggers: readonly CurrentTrigger[],
): CallStep | undefined {
  const existing = triggers.find(
    ({ type, name }) => type === wanted.type && (type === 'http' || name === wanted.name),
  );
  const label = `${wanted.type} trigger ${wanted.name}`;
  if (existing === undefined) return send(it, 'CreateTrigger', wanted, wanted.name, named(label, notThere));
  if (existing.qualifier !== servedAlias)
    return remove(it, existing, {
      zh: `指向 ${existing.qualifier} 而不是 ${servedAlias}`,
      en: `leads to ${existing.qualifier}, not ${servedAlias}`,
    });
  const changes = differencesOf(existing, wanted);
  if (changes.length === 0) return undefined;
  return send(it, 'UpdateTrigger', wanted, existing.name, named(`${label}:`, together(changes)));
}

function differencesOf(existing: CurrentTrigger, wanted: Wanted): Text[] {
  const { isEnabled, description, argument } = existing;
  const described = {
    zh: `由 ${description} 改为 ${wanted.description}`,
    en: `from ${description} to ${wanted.description}`,
  };
  return [
    ...(isEnabled ? [] : [{ zh: '已停用', en: 'is disabled' }]),
    ...(description === wanted.description ? [] : [described]),
    ...(argument === wanted.argument ? [] : [{ zh: 'CustomArgument 有变', en: 'CustomArgument' }]),
  ];
}

function send(
  it: DesiredFunction,
  action: 'CreateTrigger' | 'UpdateTrigger',
  wanted: Wanted,
  name: string,
  reason: Text,
): CallStep {
  return call(it, action, reason, {
    TriggerName: name,
    Type: wanted.type,
    TriggerDesc: wanted.description,
    Qualifier: servedAlias,
    Enable: 'OPEN',
    ...(wanted.type === 'timer' ? { CustomArgument: wanted.argument } : {}),
  });
}

function remove(it: DesiredFunction, { type, name, qualifier }: CurrentTrigger, why: Text): CallStep {
  return call(it, 'DeleteTrigger', named(`${type} trigger ${name}`, why), {
    TriggerName: name,
    Type: type,
    Qualifier: qualifier,
  });
}
