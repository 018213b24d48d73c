import { Failure } from '../../errors.ts';
import { pageLimits, pageOf, readCursor } from '../../list-cursor.ts';
import type { Text } from '../../text.ts';
import type { Scope, Surroundings } from '../../world.ts';
import { seconds } from '../../world.ts';
import { type Code, type CodeState, type Generation, isAlive } from '../code.ts';
import { noticeOf } from '../notice.ts';
import type { CodeKey } from '../ports.ts';
import { type Reason, shownReason } from '../reasons.ts';
import { decideRenewal, isUsable } from '../renewal/renewal.ts';
import { notFound } from './code-key.ts';
import { describedContracts, describedUse } from './described-use.ts';
import { forecastOf, shownForecast, shownUse } from './forecast.ts';
import type { CodeRecord, ListFilter, RegisterLists, RegisterReads } from './ports.ts';

export interface DescribePorts {
  register: RegisterReads;
  surroundings: Surroundings;
  /** Where the stable links begin, without a slash at the end. */
  publicBaseUrl: string;
}

/** Generations shown of a code in a list; a single code has all of them. */
const generationsInList = 5;

/** The shortest text that the index can find, in characters of the form that it holds. */
const shortestText = 2;

const texts = {
  tooShort: {
    zh: `至少应有 ${shortestText} 个字符`,
    en: `must have at least ${shortestText} characters`,
  },
  oneLine: { zh: '不能包含换行', en: 'must be one line' },
};

/** What is wrong with a text that is searched for. */
function searchProblem(text: string): Text | undefined {
  const inIndex = text.normalize('NFKC');
  if (inIndex.includes('\n')) return texts.oneLine;
  return [...inIndex].length < shortestText ? texts.tooShort : undefined;
}

/** @throws Failure `NotFound`, also for a code that the caller may not see. */
export async function describeCode(ports: DescribePorts, key: CodeKey, scope: Scope) {
  const record = await ports.register.find(key, scope);
  if (record === undefined) throw notFound();
  return described(record, ports);
}

export interface ListRequest {
  filter: ListFilter;
  scope: Scope;
  limit?: number;
  cursor?: string;
}

/**
 * One page, newest first. `NextCursor` is null on the last one.
 *
 * @throws Failure `InvalidRequest` for a cursor that is not of this list, or a text that the index cannot find.
 */
export async function listCodes(
  ports: Omit<DescribePorts, 'register'> & { register: RegisterLists },
  request: ListRequest,
) {
  const { filter, scope, limit = pageLimits.default, cursor } = request;
  const problem = filter.text === undefined ? undefined : searchProblem(filter.text);
  if (problem) throw new Failure('InvalidRequest', { problems: [{ path: 'Text', message: problem }] });
  const after = readCursor(cursor, filter);
  const page = { scope, after, limit: limit + 1, generations: generationsInList };
  const records = await ports.register.list(filter, page);
  const { shown, NextCursor } = pageOf(records, limit, filter, ({ code }) => ({
    atMs: code.createdAtMs,
    id: code.codeId,
  }));
  return { Codes: shown.map((record) => described(record, ports)), NextCursor };
}

/** A code as people see it, in the vocabulary of the API; what names signers is not among it. Times are Unix seconds. */
export function described(
  record: CodeRecord,
  { surroundings, publicBaseUrl }: Omit<DescribePorts, 'register'>,
) {
  const { code, generations, possibleOrphans } = record;
  const nowS = seconds(surroundings.nowMs());
  const { state, reason } = visibleState(record);
  const notice = noticeOf(code, record.notices);
  return {
    CodeId: code.codeId,
    Slug: code.slug,
    StableUrl: `${publicBaseUrl}/s/${code.slug}`,
    State: state,
    Reason: shownReason(reason),
    /** What makes it useless, or may, without its being at fault; null: nothing is known. */
    Notice: notice ? { ...shownReason(notice.reason), Since: notice.atS } : null,
    Version: code.version,
    ProxyOrganizationOpenId: code.organization,
    ProxyOperatorOpenId: code.operator,
    TemplateId: code.templateId,
    FlowName: code.flowName,
    QrCodeName: code.qrCodeName,
    ExternalId: code.externalId,
    Labels: code.labels,
    Note: code.note,
    /** Can a person scan it now, as far as the register knows? */
    Usable: state !== 'Cancelled' && isUsable(code, nowS),
    Used: code.current?.used ?? 0,
    MaxFlowNum: code.current?.maxFlowNum ?? code.maxFlowNum,
    Use: describedUse(record),
    /** By the day, of the last four weeks. */
    DailyUse: shownUse(record.dailyUses, nowS),
    /** When the current generation will be used up. Null: too little is known, or nothing is left. */
    Forecast: shownForecast(forecastOf(record.dailyUses, leftOf(code), nowS)),
    /** By their state, of all generations; those that are only inferred to come from the code apart. */
    Contracts: describedContracts(record),
    /** The address for notifications that the create named; null: ours. */
    CallbackUrl: code.request.CallbackUrl || null,
    ExpiredTime: code.current?.expiresAtS ?? null,
    RenewalPolicy: code.policy,
    Renewal: shownRenewal(record, nowS),
    GenerationsMade: code.generationsMade,
    ContractsCommitted: code.committed,
    /** Creates and cancels whose QR code may live upstream without belonging to anything. */
    PossibleOrphans: possibleOrphans,
    Generations: generations.map(shownGeneration),
    CreatedOn: seconds(code.createdAtMs),
    UpdatedOn: seconds(code.updatedAtMs),
  };
}

function visibleState({ code, organization }: CodeRecord): { state: CodeState; reason: Reason } {
  if (code.state === 'Active' && organization?.quotaState === 'blocked') {
    return { state: 'QuotaBlocked', reason: organization.reason };
  }
  return code;
}

/** Contracts that its current generation can still start. */
function leftOf({ current }: Code): number {
  return current !== null && isAlive(current) ? current.maxFlowNum - current.used : 0;
}

/** When the successor comes, or why none does. */
function shownRenewal({ code, organization }: CodeRecord, nowS: number) {
  const { dueAtS, failures } = code;
  if (dueAtS === null) {
    const decision = decideRenewal(code, nowS);
    const reason = decision.kind === 'stop' ? decision.reason : undefined;
    return { NextOn: null, Reason: shownReason(reason ?? code.reason), Failures: failures };
  }
  if (organization?.quotaState === 'blocked') {
    const NextOn = Math.max(dueAtS, organization.probeAtS ?? dueAtS);
    return { NextOn, Reason: shownReason(organization.reason), Failures: failures };
  }
  return { NextOn: dueAtS, Reason: null, Failures: failures };
}

function shownGeneration(generation: Generation) {
  const { number, qrCodeId, urls, state, used, costMessages, certainContracts, maxFlowNum } = generation;
  const { createdAtS, expiresAtS } = generation;
  return {
    Generation: number,
    QrCodeId: qrCodeId,
    ...urls,
    State: generationStates[state],
    Used: used,
    CostMessages: costMessages,
    CertainContracts: certainContracts,
    MaxFlowNum: maxFlowNum,
    CreatedOn: createdAtS,
    ExpiredTime: expiresAtS,
  };
}

const generationStates = {
  live: 'Live',
  superseded: 'Superseded',
  expired: 'Expired',
  exhausted: 'Exhausted',
  cancelled: 'Cancelled',
} as const satisfies Record<Generation['state'], string>;

/** The code as the call that has just made or changed it answers it. */
export async function describeChanged(ports: DescribePorts, { codeId }: Code) {
  return describeCode(ports, { by: 'CodeId', value: codeId }, null);
}
