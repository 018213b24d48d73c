import { Failure } from '../errors.ts';
import { cursorOf, readCursor } from '../list-cursor.ts';
import { notFound } from './cancel-code.ts';
import type { Code, CodeState, Generation } from './code.ts';
import { describedContracts, describedUse } from './described-use.ts';
import { noticeOf } from './notice.ts';
import type { CodeKey, CodeRecord, ListFilter, RegisterReads, Scope, Surroundings } from './ports.ts';
import { type Reason, shownReason } from './reasons.ts';
import { decideRenewal, isUsable } from './renewal.ts';
import { seconds } from './transitions.ts';

export interface DescribePorts {
  register: RegisterReads;
  surroundings: Surroundings;
  /** Where the stable links begin, without a slash at the end. */
  publicBaseUrl: string;
}

export const pageLimits = { default: 20, max: 100 } as const;

/** Of a code in a list; a single code is told with all it had. */
const generationsInList = 5;

/** The shortest text that the index can find. */
const shortestText = 2;

/** @throws Failure `NotFound`, also for a code of somebody else. */
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
 * @throws Failure `InvalidRequest` for a cursor that is not of this list, or a text of one character.
 */
export async function listCodes(ports: DescribePorts, request: ListRequest) {
  const { filter, scope, limit = pageLimits.default, cursor } = request;
  if (filter.text !== undefined && [...filter.text].length < shortestText) {
    throw new Failure('InvalidRequest', {
      problems: [{ path: 'Text', message: `must have at least ${shortestText} characters` }],
    });
  }
  const after = cursor === undefined ? undefined : readCursor(cursor, filter);
  // One more than is shown tells whether there is another page.
  const page = { scope, after, limit: limit + 1, generations: generationsInList };
  const records = await ports.register.list(filter, page);
  const shown = records.slice(0, limit);
  const last = shown.at(-1)?.code;
  return {
    Codes: shown.map((record) => described(record, ports)),
    NextCursor:
      last && records.length > limit ? cursorOf({ atMs: last.createdAtMs, id: last.codeId }, filter) : null,
  };
}

/** What people see of a code, in the vocabulary of the API. Times are Unix seconds. */
export type DescribedCode = ReturnType<typeof described>;

/** A code as people see it; what names signers is not among it. */
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
    /** By their state, of all generations; those that are only inferred to come from the code apart. */
    Contracts: describedContracts(record),
    /** Where upstream was asked to post notifications to, by whoever made the code; null: to us. */
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

/** The code as it is described to whoever has just made or changed it. */
export async function describeChanged(ports: DescribePorts, { codeId }: Code) {
  return describeCode(ports, { by: 'CodeId', value: codeId }, null);
}
