import type { ContractState } from './contract.ts';
import { isOpen } from './contract.ts';
import type { Organisation, QuotaBlock, SignCode } from './entities.ts';
import { isOwner, type World } from './world.ts';

/** How many contracts there are, and what has become of them. */
interface ContractCounts {
  started: number;
  /** Not signed by all its parties yet, and not ended otherwise. */
  open: number;
  completed: number;
  /** By `FlowCallbackShowStatus`. */
  ended: Partial<Record<ContractState, number>>;
  /** People turned away since the organisation had no contracts left. */
  quotaFailures: number;
}

/** What has really happened: a register that got every message has to agree with it. */
export interface Truth {
  codes: (ContractCounts & Pick<SignCode, 'QrCodeId' | 'used' | 'maxFlowNum'>)[];
  organisations: (ContractCounts &
    Pick<Organisation, 'AppId' | 'ProxyOrganizationOpenId' | 'quota'> & {
      /** Oldest first. Epoch milliseconds; no `untilMs` where it lasts. */
      blocks: Pick<QuotaBlock, 'fromMs' | 'untilMs'>[];
    })[];
}

export function truthOf(world: World): Truth {
  const ofCode = new Map<string, ContractCounts>();
  for (const { QrCodeId } of world.codes.values()) ofCode.set(QrCodeId, noCounts());
  for (const { QrCodeId, state } of world.contracts.values()) {
    const counts = ofCode.get(QrCodeId);
    if (counts === undefined) continue;
    counts.started += 1;
    if (isOpen({ state })) counts.open += 1;
    else if (state === 'ALL') counts.completed += 1;
    else counts.ended[state] = (counts.ended[state] ?? 0) + 1;
  }
  for (const { turnedAway } of world.quotaBlocks) {
    for (const [QrCodeId, people] of Object.entries(turnedAway)) {
      const counts = ofCode.get(QrCodeId);
      if (counts !== undefined) counts.quotaFailures += people;
    }
  }
  const countsOf = (QrCodeId: string) => ofCode.get(QrCodeId) ?? noCounts();
  const codes = [...world.codes.values()];
  return {
    codes: codes.map(({ QrCodeId, used, maxFlowNum }) => ({
      QrCodeId,
      used,
      maxFlowNum,
      ...countsOf(QrCodeId),
    })),
    organisations: [...world.organisations.values()].map(({ AppId, ProxyOrganizationOpenId, quota }) => {
      const owner = { AppId, ProxyOrganizationOpenId };
      const own = codes.filter((code) => isOwner(code, owner)).map(({ QrCodeId }) => countsOf(QrCodeId));
      const blocks = world.quotaBlocks
        .filter((block) => isOwner(block, owner))
        .map(({ fromMs, untilMs }) => ({ fromMs, ...(untilMs !== undefined && { untilMs }) }));
      return { ...owner, quota, ...own.reduce(sumOf, noCounts()), blocks };
    }),
  };
}

const noCounts = (): ContractCounts => ({ started: 0, open: 0, completed: 0, ended: {}, quotaFailures: 0 });

function sumOf(one: ContractCounts, other: ContractCounts): ContractCounts {
  const ended = { ...one.ended };
  for (const [state, count] of Object.entries(other.ended) as [ContractState, number][]) {
    ended[state] = (ended[state] ?? 0) + count; // the keys of `ended` are states
  }
  return {
    started: one.started + other.started,
    open: one.open + other.open,
    completed: one.completed + other.completed,
    ended,
    quotaFailures: one.quotaFailures + other.quotaFailures,
  };
}
