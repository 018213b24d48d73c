import { Failure } from '../shared/errors.ts';

/** Why a server cannot listen, in one sentence. */
export function portFailure(port: number, cause: unknown): Failure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`;
  return new Failure('Misconfigured', { detail: `port ${port} ${why}`, cause });
}
