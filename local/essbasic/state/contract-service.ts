import { Failure } from '../../../shared/errors.ts';
import { createSeededRandom } from '../../cloud-api/seeded-random.ts';
import type { Announcements } from '../callbacks/announcements.ts';
import { type Contract, isOpen } from './contract.ts';
import { type Crowd, fateOf, planCrowd, type Signing } from './crowd.ts';
import type { SignCode } from './entities.ts';
import type { FollowLink } from './follow-link.ts';
import type { Memory } from './memory.ts';
import type { Fate, PlannedAct } from './planned-act.ts';
import { type Scanner, type ScanResult, scan, scanRefusals } from './scan.ts';
import type { ScanReport } from './scan-report.ts';
import { actOnContract, type ContractAct } from './sign.ts';
import { organisationKey, quotaFound, quotaLacked } from './world.ts';

/** What was planned for a crowd. Times are of the virtual clock, epoch milliseconds. */
interface CrowdReport {
  seed: number;
  /** Those who come twice are counted twice. */
  scans: number;
  firstMs: number;
  lastMs: number;
}

/** Lets people scan and sign, now or in time, and has it announced. */
export interface ContractService {
  /** One after the other, all at once. */
  scan(QrCodeId: string, options?: { count?: number; person?: Scanner }): ScanReport;
  /**
   * @param scanned the `QrCodeId`, or the link on a poster
   * @throws {Failure} `NotFound` for a code that does not exist
   */
  crowd(scanned: string | { link: string }, crowd: Crowd): CrowdReport;
  /**
   * @param all for `sign`: not only the next party, but all that have not signed yet
   * @throws {Failure} `NotFound`, `StateConflict`
   */
  act(FlowId: string, act: ContractAct, all?: boolean): Contract;
  /** Plans what becomes of the open contracts of a code. @returns of how many something will become. */
  signing(QrCodeId: string, signing: Signing, seed?: number): number;
  /** Contracts, of one code or of all, the oldest first. Copies. */
  list(QrCodeId?: string): Contract[];
  /** Does what is due by now, each thing at the time for which it was planned. */
  catchUp(): void;
  /** Resolves once no visitor is on the way from a poster to a code; undefined where none is. */
  visits(): Promise<void> | undefined;
  /** When the next thing is due. Epoch milliseconds; undefined where nothing is planned. */
  nextDueMs(): number | undefined;
}

type Parts = Pick<Memory, 'world' | 'clock' | 'random'> & {
  announce: Announcements;
  /** The code that a person reaches who scans this one: by then its poster may lead to another. */
  leadsTo: (QrCodeId: string) => string;
  /** Should not reject. */
  followLink: FollowLink;
  /** Something has happened or is planned. */
  onChange: () => void;
};

export function createContractService({
  world,
  clock,
  random,
  announce,
  leadsTo,
  followLink,
  onChange,
}: Parts): ContractService {
  const codeNamed = (QrCodeId: string): SignCode => {
    const code = world.codes.get(QrCodeId);
    if (code === undefined)
      throw new Failure('NotFound', {
        detail: { zh: '没有此 QrCodeId 的签署码', en: 'There is no code with this QrCodeId' },
      });
    return code;
  };
  const plan = (act: PlannedAct) => world.plans.add(act, act.dueMs);

  function scanAt(
    QrCodeId: string,
    person: Scanner | undefined,
    fate: Fate | undefined,
    atMs: number,
  ): ScanResult {
    const result = scan(QrCodeId, person, { world, nowS: Math.floor(atMs / 1000), random: random.ids });
    if (result.ok) started(result.contract, fate, atMs);
    else if (result.reason === 'no-quota') turnedAway(codeNamed(QrCodeId), person, atMs);
    return result;
  }

  function started(contract: Contract, fate: Fate | undefined, atMs: number): void {
    quotaFound(world, contract, atMs);
    const { FlowId } = contract;
    const deadlineMs = contract.deadlineS * 1000;
    for (const afterMs of fate?.afterMs ?? []) {
      // On the deadline itself it is too late.
      if (fate !== undefined && atMs + afterMs < deadlineMs) {
        plan({ kind: 'contract', dueMs: atMs + afterMs, FlowId, act: fate.act });
      }
    }
    plan({ kind: 'contract', dueMs: deadlineMs, FlowId, act: 'expire' });
    announce.cost(contract, atMs);
    announce.contract(contract, [{ operate: 'start', RecipientId: '' }], atMs);
  }

  function turnedAway(code: SignCode, person: Scanner | undefined, atMs: number): void {
    const { QrCodeId } = code;
    const block = quotaLacked(world, code, atMs);
    block.turnedAway[QrCodeId] = (block.turnedAway[QrCodeId] ?? 0) + 1;
    announce.failure(code, person, atMs);
  }

  /** @returns whether the state allowed it. */
  function actAt(contract: Contract, act: ContractAct, atMs: number): boolean {
    const news = actOnContract(contract, act, Math.floor(atMs / 1000));
    if (news !== undefined) announce.contract(contract, news, atMs);
    return news !== undefined;
  }

  let onTheWay = 0;
  let lastVisit = Promise.resolve();

  /** One after the other: the functions behind a link are not to be overrun by people who exist in one machine. */
  function visit({ link, person, fate, dueMs }: Extract<PlannedAct, { kind: 'visit' }>): void {
    onTheWay += 1;
    lastVisit = lastVisit.then(async () => {
      const QrCodeId = await followLink(link);
      onTheWay -= 1;
      if (QrCodeId !== undefined) scanAt(QrCodeId, person, fate, dueMs);
      onChange();
    });
  }

  function perform(planned: PlannedAct): void {
    if (planned.kind === 'visit') {
      visit(planned);
      return;
    }
    if (planned.kind === 'scan') {
      scanAt(leadsTo(planned.QrCodeId), planned.person, planned.fate, planned.dueMs);
      return;
    }
    const contract = world.contracts.get(planned.FlowId);
    if (contract !== undefined) actAt(contract, planned.act, planned.dueMs);
  }

  function catchUp(): void {
    for (
      let due = world.plans.take(clock.nowMs());
      due !== undefined;
      due = world.plans.take(clock.nowMs())
    ) {
      perform(due);
    }
  }

  /** The deadline of a contract that has ended, and a signature that comes after it. */
  function isMoot(planned: PlannedAct): boolean {
    if (planned.kind !== 'contract') return false;
    const contract = world.contracts.get(planned.FlowId);
    return contract === undefined || !isOpen(contract);
  }

  function nextDueMs(): number | undefined {
    for (let first = world.plans.first(); first && isMoot(first); first = world.plans.first()) {
      world.plans.take(first.dueMs);
    }
    return world.plans.nextDueMs();
  }

  return {
    scan(QrCodeId, { count = 1, person } = {}) {
      catchUp();
      const code = codeNamed(QrCodeId);
      const report: ScanReport = { Started: [], Used: 0, MaxFlowNum: code.maxFlowNum, Quota: 0 };
      for (let scanned = 0; scanned < count; scanned += 1) {
        const result = scanAt(QrCodeId, person, undefined, clock.nowMs());
        if (result.ok) {
          const { FlowId, FlowName, createdAtS, deadlineS } = result.contract;
          report.Started.push({ FlowId, FlowName, CreatedOn: createdAtS, DeadLine: deadlineS });
          continue;
        }
        const { reason } = result;
        report.Refused = { count: count - report.Started.length, reason, ...scanRefusals[reason] };
        // So would all the others be, and only of a lack of quota does each of them cause a notification.
        if (reason !== 'no-quota') break;
      }
      report.Used = code.used;
      report.Quota = world.organisations.get(organisationKey(code))?.quota ?? 0;
      onChange();
      return report;
    },
    crowd(scanned, crowd) {
      if (typeof scanned === 'string') codeNamed(scanned);
      const seed = crowd.seed ?? random.crowds.integer(2 ** 32);
      const nowMs = clock.nowMs();
      const planned = planCrowd(
        typeof scanned === 'string' ? { QrCodeId: scanned } : scanned,
        { ...crowd, seed },
        nowMs,
      );
      for (const act of planned) plan(act);
      catchUp();
      onChange();
      const times = planned.map(({ dueMs }) => dueMs);
      const [firstMs, lastMs] = times.reduce(
        ([first, last], dueMs) => [Math.min(first, dueMs), Math.max(last, dueMs)],
        [Number.POSITIVE_INFINITY, nowMs],
      );
      return { seed, scans: planned.length, firstMs, lastMs };
    },
    act(FlowId, act, all = true) {
      catchUp();
      const contract = world.contracts.get(FlowId);
      if (contract === undefined)
        throw new Failure('NotFound', {
          detail: { zh: '没有此 FlowId 的合同', en: 'There is no contract with this FlowId' },
        });
      if (!actAt(contract, act, clock.nowMs())) {
        throw new Failure('StateConflict', {
          detail: { zh: `合同已处于 ${contract.state}`, en: `The contract is ${contract.state} already` },
        });
      }
      while (act === 'sign' && all && isOpen(contract)) actAt(contract, act, clock.nowMs());
      onChange();
      return structuredClone(contract);
    },
    signing(QrCodeId, signing, seed = random.crowds.integer(2 ** 32)) {
      catchUp();
      codeNamed(QrCodeId);
      const nowMs = clock.nowMs();
      const sequence = createSeededRandom(seed);
      const open = [...world.contracts.values()].filter((one) => one.QrCodeId === QrCodeId && isOpen(one));
      const fates = open.map(({ FlowId }) => ({ FlowId, fate: fateOf(signing, sequence) }));
      for (const { FlowId, fate } of fates) {
        for (const afterMs of fate?.afterMs ?? []) {
          if (fate) plan({ kind: 'contract', dueMs: nowMs + afterMs, FlowId, act: fate.act });
        }
      }
      catchUp();
      onChange();
      return fates.filter(({ fate }) => fate !== undefined).length;
    },
    list(QrCodeId) {
      catchUp();
      const all = [...world.contracts.values()];
      return structuredClone(QrCodeId === undefined ? all : all.filter((one) => one.QrCodeId === QrCodeId));
    },
    catchUp,
    visits: () => (onTheWay === 0 ? undefined : lastVisit),
    nextDueMs,
  };
}
