import { Failure } from '../../../shared/errors.ts';
import type { ScanReport } from '../emulator.ts';
import type { Memory } from './memory.ts';
import { type Scanner, scan, scanRefusals } from './scan.ts';
import { organisationKey } from './world.ts';

/** Lets `count` people scan, one after the other. Stops at the first who is turned away: so would all the others be. */
export function scanCrowd(
  { world, clock, random }: Pick<Memory, 'world' | 'clock' | 'random'>,
  QrCodeId: string,
  { count = 1, person }: { count?: number; person?: Scanner } = {},
): ScanReport {
  const code = world.codes.get(QrCodeId);
  if (code === undefined) throw new Failure('NotFound', { detail: 'There is no code with this QrCodeId' });
  const context = { world, nowS: clock.nowS(), random: random.ids };
  const report: ScanReport = { Started: [], Used: 0, MaxFlowNum: code.maxFlowNum, Quota: 0 };
  while (report.Started.length < count && report.Refused === undefined) {
    const result = scan(QrCodeId, person, context);
    if (result.ok) report.Started.push(result.contract);
    else {
      const turnedAway = count - report.Started.length;
      report.Refused = { count: turnedAway, reason: result.reason, ...scanRefusals[result.reason] };
    }
  }
  report.Used = code.used;
  report.Quota = world.organisations.get(organisationKey(code))?.quota ?? 0;
  return report;
}
