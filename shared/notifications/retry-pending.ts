import { Failure } from '../errors.ts';
import type { ReopenPorts } from './ports.ts';

export interface RetryReport {
  applied: number;
  failed: number;
}

/** Tries the effects again that failed when their notifications came in. */
export async function retryPending(_ports: ReopenPorts, _limit: number): Promise<RetryReport> {
  throw new Failure('InternalFailure', { detail: 'not there yet' });
}
