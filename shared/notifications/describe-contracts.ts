import { limits } from '../essbasic/create-limits.ts';
import { pageLimits, pageOf, readCursor } from '../list-cursor.ts';
import { type Scope, type Surroundings, seconds } from '../world.ts';
import { type Contract, unfinishedStates } from './contract.ts';
import type { ContractFilter, ContractLists, ContractRecord } from './reading-ports.ts';

export interface DescribeContractPorts {
  contracts: ContractLists;
  surroundings: Pick<Surroundings, 'nowMs'>;
}

export interface ContractListRequest {
  filter: ContractFilter;
  scope: Scope;
  limit?: number;
  cursor?: string;
}

/**
 * One page, newest first. A message that comes late may move a contract to where it began earlier: it can then be seen
 * on two pages, and is missing on none. `NextCursor` is null on the last one.
 *
 * @throws Failure `InvalidRequest` for a cursor that is not of this list.
 */
export async function listContracts(
  { contracts, surroundings }: DescribeContractPorts,
  { filter, scope, limit = pageLimits.default, cursor }: ContractListRequest,
) {
  const after = readCursor(cursor, filter);
  const found = await contracts.list(filter, { scope, after, limit: limit + 1 });
  const { shown, NextCursor } = pageOf(found, limit, filter, ({ startedAtMs, flowId }) => ({
    atMs: startedAtMs,
    id: flowId,
  }));
  const nowS = seconds(surroundings.nowMs());
  return { Contracts: shown.map((contract) => described(contract, nowS)), NextCursor };
}

/** A contract as people see it. Nothing in it says who signs. Times are Unix seconds. */
function described(contract: ContractRecord, nowS: number) {
  const { state, deadlineS } = contract;
  const isUnfinished = unfinishedStates.includes(state);
  const endsS = deadlineS ?? assumedDeadlineS(contract);
  return {
    FlowId: contract.flowId,
    CodeId: contract.codeId,
    Generation: contract.generation,
    QrCodeName: contract.qrCodeName,
    ExternalId: contract.externalId,
    ProxyOrganizationOpenId: contract.organization,
    Link: links[contract.link],
    State: state,
    Unfinished: isUnfinished,
    Charged: contract.charged,
    StartedOn: Math.floor(contract.startedAtS),
    StateOn: Math.floor(contract.stateAtS),
    Deadline: endsS,
    /** `DeadLine`: a message has said so. `FlowEffectiveDay`: reckoned. */
    DeadlineFrom: endsS === null ? null : deadlineS === null ? 'FlowEffectiveDay' : 'DeadLine',
    HoursLeft: isUnfinished && endsS !== null ? wholeHours(endsS - nowS) : null,
  };
}

const links = { certain: 'Certain', inferred: 'Inferred' } as const satisfies Record<
  Contract['link'],
  string
>;

const secondsPerDay = 86_400;
const secondsPerHour = 3_600;

/** The days are documented to begin with the contract. Unknown where the code is not kept any more. */
function assumedDeadlineS({ isCodeKept, flowEffectiveDay, startedAtS }: ContractRecord): number | null {
  if (!isCodeKept) return null;
  const days = flowEffectiveDay || limits.FlowEffectiveDay.default;
  return Math.floor(startedAtS) + days * secondsPerDay;
}

/** Those that are over; 0: less than one, or none. */
function wholeHours(leftS: number): number {
  return Math.max(0, Math.floor(leftS / secondsPerHour));
}
