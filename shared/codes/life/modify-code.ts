import { Failure, type Problem } from '../../errors.ts';
import type { Text } from '../../text.ts';
import type { Scope, Surroundings } from '../../world.ts';
import { seconds } from '../../world.ts';
import type { Code } from '../code.ts';
import { codeEvent, type EventType, origin } from '../events.ts';
import type { CodeKey, RegisterTransaction, RegisterWrites } from '../ports.ts';
import { notFound } from '../reading/code-key.ts';
import { reasonText } from '../reasons.ts';
import { decideRenewal } from '../renewal/renewal.ts';
import { applyPolicy, policyProblems, type RenewalPolicyInput } from '../renewal/renewal-policy.ts';
import { changed, naturalState, rescheduled } from './transitions.ts';
import { type CodeMembers, memberProblems } from './validate-create.ts';

export interface ModifyCommand {
  readonly key: CodeKey;
  readonly scope: Scope;
  /** The version that the caller has seen. */
  readonly version: number;
  readonly policy?: RenewalPolicyInput;
  /** What is left out stays. */
  readonly members?: CodeMembers;
  readonly operation?: 'Pause' | 'Resume' | 'RenewNow';
  readonly actor: string;
}

export interface ModifyPorts {
  register: RegisterWrites;
  surroundings: Surroundings;
}

/**
 * Changes what people may change of a code. Everything that is asked for happens, or nothing does.
 *
 * @throws Failure `NotFound`; `VersionConflict` with the current `Version` as a member; `StateConflict` where the
 *   operation makes no sense; `InvalidRequest` with every problem.
 */
export async function modifyCode(
  { register, surroundings }: ModifyPorts,
  command: ModifyCommand,
): Promise<Code> {
  return register.transaction((tx) => modify(tx, command, surroundings));
}

async function modify(
  tx: RegisterTransaction,
  command: ModifyCommand,
  surroundings: Surroundings,
): Promise<Code> {
  const locked = await tx.lockCodeOf(command.key, command.scope);
  if (locked === undefined) throw notFound();
  const before = locked.code;
  assertVersion(before, command.version);
  const nowMs = surroundings.nowMs();
  const problems = problemsOf(before, command, seconds(nowMs));
  if (problems.length > 0) throw new Failure('InvalidRequest', { problems });
  const after = modified(before, command, nowMs);
  await tx.saveCode(after, 'keep');
  if (command.operation === 'RenewNow') await probeNow(tx, after, seconds(nowMs));
  const event = eventOf(before, after);
  if (event) await tx.emit(codeEvent(event, after, origin(surroundings)));
  await tx.audit({
    actor: command.actor,
    action: 'code.modified',
    subject: after.codeId,
    reason: whatChanged(command).join(', ') || 'nothing',
  });
  return after;
}

function assertVersion({ version }: Code, seen: number): void {
  if (version === seen) return;
  throw new Failure('VersionConflict', {
    detail: {
      zh: `签署码自版本 ${seen} 后已被修改，请重新读取，当前版本为 ${version}`,
      en: `The code has changed since version ${seen}: read it again, it is at version ${version}`,
    },
    members: { Version: version },
  });
}

function problemsOf(code: Code, { policy = {}, members = {} }: ModifyCommand, nowS: number): Problem[] {
  const merged = applyPolicy(policy, code.policy);
  return [...policyProblems(policy, merged, code.maxFlowNum, nowS), ...memberProblems(members)];
}

/** The code with everything that is asked for, one version on. */
function modified(before: Code, command: ModifyCommand, nowMs: number): Code {
  const { policy, members = {}, operation } = command;
  const wanted = {
    ...before,
    ...members,
    ...(policy && { policy: applyPolicy(policy, before.policy) }),
  };
  const after = operation ? operations[operation](wanted, nowMs) : withPolicy(wanted, policy, nowMs);
  return changed({ ...after, version: before.version }, {}, nowMs);
}

/** A new policy may change everything; a label must not wake a renewal that waits after a failure. */
function withPolicy(code: Code, policy: RenewalPolicyInput | undefined, nowMs: number): Code {
  return policy === undefined ? code : rescheduled(code, {}, nowMs);
}

const operations = { Pause: pause, Resume: resume, RenewNow: renewNow } as const;

function pause(code: Code, nowMs: number): Code {
  if (code.state === 'Paused') return code;
  refuseIn(code, ['Creating', 'OutcomeUnknown', 'Cancelled'], { zh: '暂停', en: 'paused' });
  return rescheduled(
    code,
    { state: 'Paused', reason: { code: 'Paused' }, renewRequested: false, failures: 0 },
    nowMs,
  );
}

function resume(code: Code, nowMs: number): Code {
  if (code.state !== 'Paused')
    throw conflict({
      zh: `当前状态为 ${code.state}，只有已暂停的签署码可以恢复`,
      en: `It is ${code.state}: only a paused code can be resumed`,
    });
  const natural = naturalState(code, seconds(nowMs));
  if (natural === undefined) throw conflict({ zh: '尚无任何一代', en: 'It has no generation' });
  return rescheduled(code, { ...natural, reason: { code: 'Resumed' } }, nowMs);
}

function renewNow(code: Code, nowMs: number): Code {
  refuseIn(code, ['Creating', 'Cancelled', 'Paused'], { zh: '续期', en: 'renewed' });
  const asked = rescheduled(
    code,
    { renewRequested: true, reason: { code: 'RenewalRequested' }, failures: 0 },
    nowMs,
  );
  const decision = decideRenewal(asked, seconds(nowMs));
  if (decision.kind === 'renew') return asked;
  throw conflict(decision.kind === 'stop' && decision.reason ? reasonText(decision.reason) : notDue);
}

const notDue = { zh: '尚未到续期时间', en: 'It is not due' };

function refuseIn({ state }: Code, states: readonly Code['state'][], what: Text): void {
  if (!states.includes(state)) return;
  throw conflict({
    zh: `状态为 ${state} 的签署码不能${what.zh}`,
    en: `A code that is ${state} cannot be ${what.en}`,
  });
}

function conflict(detail: Text): Failure {
  return new Failure('StateConflict', { detail });
}

/** Who asks for a renewal wants to know whether there is quota again. */
async function probeNow(tx: RegisterTransaction, { appId, organization }: Code, nowS: number): Promise<void> {
  const known = await tx.lockOrganization(appId, organization);
  if (known?.quotaState === 'blocked') await tx.saveOrganization({ ...known, probeAtS: nowS });
}

function eventOf(before: Code, after: Code): EventType | undefined {
  if (before.state === after.state) return undefined;
  if (after.state === 'Paused') return 'code.paused';
  return before.state === 'Paused' ? 'code.resumed' : undefined;
}

/** Names alone: a note may hold anything. */
function whatChanged({ policy, members = {}, operation }: ModifyCommand): string[] {
  return [
    ...(operation ? [operation] : []),
    ...Object.keys(policy ?? {}).map((name) => `RenewalPolicy.${name}`),
    ...Object.keys(members),
  ];
}
