import type { Tenant } from '../ports.ts';
import { type NamedCodes, nameCode } from './named-codes.ts';
import type { Claim } from './ports.ts';
import { type RenewalResult, type RenewPorts, renewCode } from './renew-code.ts';
import { createSupply } from './renewal-supply.ts';
import { setBack } from './set-back.ts';
import { createTroubles, type Sign, signOf } from './trouble.ts';

export interface DrainOptions {
  /** Claimed already: one code of each organisation that may have quota again. */
  probes: readonly Claim[];
  /** Takes what is due, longest due first, but nothing of these tenants. */
  claim(limit: number, except: readonly Tenant[]): Promise<Claim[]>;
  /** Gives back what was claimed and not begun. */
  release(claims: readonly Claim[]): Promise<void>;
  concurrency: number;
  /** When the next call must be over; undefined: there is no time for another. */
  callDeadlineMs(): number | undefined;
  /** Takes what was thrown in the work on one code. */
  onError(error: unknown, codeId: string): void;
  /** When everything must be over. Epoch milliseconds. */
  endMs: number;
}

export type DrainReport = Record<RenewalResult['kind'], number> & {
  /** Some of the codes, by what became of them. */
  codes: NamedCodes;
  /** Codes the work on which threw: they are tried again. */
  broken: number;
  /** Tenants whose other codes were left to the next run, as nothing succeeded for them. */
  tenantsSetAside: number;
  /** Why the run ended. `trouble`: no renewal of any tenant succeeds any more. */
  ended: 'done' | 'time' | 'trouble';
};

/** Renews what is due, several codes at a time, until nothing is, time is over, or no renewal of any tenant succeeds any more. */
export async function drainRenewals(ports: RenewPorts, options: DrainOptions): Promise<DrainReport> {
  const { concurrency, callDeadlineMs } = options;
  const report: DrainReport = { ...nothing, codes: {} };
  const troubles = createTroubles();
  const supply = createSupply({ ...options, size: concurrency * 2, setAside: troubles.setAside });
  let failure: { error: unknown } | undefined;

  function ended(): DrainReport['ended'] | undefined {
    if (failure !== undefined || troubles.isPointless()) return 'trouble';
    return callDeadlineMs() === undefined ? 'time' : undefined;
  }

  async function renew(claimed: Claim, callMs: number): Promise<void> {
    try {
      const result = await renewCode(ports, claimed, { callMs, endMs: options.endMs });
      report[result.kind] += 1;
      nameCode(report.codes, result.kind, claimed.lease.codeId);
      // What may live upstream reaches the log with the ids that its answer had.
      if (result.kind === 'unknown') options.onError(result.failure.error, claimed.lease.codeId);
      if (result.kind === 'held') supply.leaveOut(claimed.code);
      troubles.note(claimed.code, signOfResult(result));
    } catch (error) {
      report.broken += 1;
      nameCode(report.codes, 'broken', claimed.lease.codeId);
      options.onError(error, claimed.lease.codeId);
      troubles.note(claimed.code, 'all');
      await setBack(ports, claimed.lease, error);
    }
  }

  async function work(): Promise<void> {
    while (ended() === undefined) {
      const claimed = await supply.next();
      if (claimed === undefined) return;
      const callMs = callDeadlineMs();
      if (callMs === undefined || ended() !== undefined) return supply.putBack(claimed);
      await renew(claimed, callMs);
    }
  }

  /** Where nothing can be claimed there is nothing to be done, for anybody. */
  const guarded = () =>
    work().catch((error: unknown) => {
      failure ??= { error };
    });
  await Promise.all(Array.from({ length: concurrency }, guarded));
  const aside = troubles.setAside().length;
  const isStuck = aside > 0 && report.renewed === 0;
  report.tenantsSetAside = aside;
  report.ended = ended() ?? (isStuck ? 'trouble' : 'done');
  await supply.close();
  if (failure !== undefined) throw failure.error;
  return report;
}

const nothing: Omit<DrainReport, 'codes'> = {
  renewed: 0,
  failed: 0,
  retrying: 0,
  unknown: 0,
  held: 0,
  paced: 0,
  idle: 0,
  lost: 0,
  orphaned: 0,
  broken: 0,
  tenantsSetAside: 0,
  ended: 'done',
};

function signOfResult(result: RenewalResult): Sign {
  if ('failure' in result) return signOf(result.failure);
  // Another run is at work on it, or ours is too slow: that says nothing of upstream, and must not go on for ever.
  if (result.kind === 'lost') return 'tenant';
  return result.kind === 'idle' ? 'nothing' : 'fine';
}
