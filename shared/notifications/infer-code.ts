/** From which code a contract may have come, where the message does not say it. */
import type { Candidate } from './ports.ts';

export type CandidateChoice =
  | { readonly kind: 'one'; readonly candidate: Candidate }
  | { readonly kind: 'several'; readonly count: number }
  | { readonly kind: 'none' };

/**
 * The names that a code can have whose contract is called so: with `FlowNameAppendScannerInfo` upstream appends
 * `-name-digits` to it.
 */
export function possibleFlowNames(flowName: string): string[] {
  const parts = flowName.split('-');
  return parts.map((_, index) => parts.slice(0, index + 1).join('-')).filter((name) => name !== '');
}

/** The code that a contract came from, if it is the only one that fits. */
export function chooseCandidate(candidates: readonly Candidate[], flowName: string): CandidateChoice {
  const fitting = candidates.filter(
    (candidate) => candidate.flowName === flowName || candidate.appendsScanner,
  );
  const [candidate] = fitting;
  if (candidate === undefined) return { kind: 'none' };
  return fitting.length === 1 ? { kind: 'one', candidate } : { kind: 'several', count: fitting.length };
}
