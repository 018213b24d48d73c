import type { ScanRefusal } from './scan.ts';

interface StartedContract {
  FlowId: string;
  FlowName: string;
  /** Unix seconds. */
  CreatedOn: number;
  DeadLine: number;
}

/** What several people come to who scan a code one after the other. */
export interface ScanReport {
  Started: StartedContract[];
  /** Those turned away, all for the same reason: once a scan is refused, so is the next like it. */
  Refused?: { count: number; reason: ScanRefusal; zh: string; en: string };
  Used: number;
  MaxFlowNum: number;
  /** Contracts that the organisation has left. */
  Quota: number;
}
