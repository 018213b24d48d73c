import type { InstanceStart } from './instance-protocol.ts';

/** The second argument of a handler, in the platform's snake_case (product document 583/9210). */
export interface FunctionContext {
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
  memory_limit_in_mb: number;
  time_limit_in_ms: number;
  request_id: string;
  /** Every variable of the function, as JSON. */
  environment: string;
  /** The same as `NAME=value;NAME=value`. */
  environ: string;
  function_version: string;
  function_name: string;
  namespace: string;
  tencentcloud_region: string;
  tencentcloud_appid: string;
  tencentcloud_uin: string;
}

/**
 * Builds the context of one event.
 *
 * `done`, `succeed` and `fail`, which
 * have been seen in logged contexts and are documented nowhere, are left out.
 */
export function createContext(
  start: InstanceStart,
  requestId: string,
  elapsedMs: () => number,
  variables: Readonly<Record<string, string | undefined>>,
): FunctionContext {
  const { identity } = start;
  const timeLimitMs = start.timeoutS * 1000;
  const own = Object.fromEntries(start.environmentNames.map((name) => [name, variables[name] ?? '']));
  const environment = { SCF_NAMESPACE: identity.namespace, ...own };
  return {
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(timeLimitMs - elapsedMs())),
    memory_limit_in_mb: start.memoryMb,
    time_limit_in_ms: timeLimitMs,
    request_id: requestId,
    environment: JSON.stringify(environment),
    environ: Object.entries(environment)
      .map(([name, value]) => `${name}=${value}`)
      .join(';'),
    function_version: identity.version,
    function_name: start.functionName,
    namespace: identity.namespace,
    tencentcloud_region: identity.region,
    tencentcloud_appid: identity.appId,
    tencentcloud_uin: identity.uin,
  };
}
