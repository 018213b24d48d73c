import * as z from 'zod/mini';
import type { CloudApi } from './cloud-api.ts';
import { type CurrentState, servedAlias } from './current-state.ts';
import type { DesiredFunction, DesiredState } from './desired-state.ts';
import { checkInvocation } from './invocation-result.ts';
import { functionUrlOf } from './wiring.ts';

export interface SmokeResult {
  target: string;
  ok: boolean;
  text: string;
}

export interface SmokeOptions {
  desired: DesiredState;
  current: CurrentState;
  api: CloudApi;
  fetch: typeof fetch;
  nowMs: () => number;
  /** Functions that have changed: only they are invoked, so that a run that changes nothing touches nothing. */
  changed: ReadonlySet<string>;
}

const timeoutMs = 30_000;

/**
 * Calls every function once. A Function URL is asked for something that the function refuses by its documents, or
 * that does nothing; a timer is sent its tick, which is what it gets in the next minute anyway. The others are
 * invoked in the course of the deployment.
 */
export async function smokeTest(options: SmokeOptions): Promise<SmokeResult[]> {
  const results = await Promise.all(options.desired.functions.map((it) => testFunction(it, options)));
  return results.flat();
}

async function testFunction(it: DesiredFunction, options: SmokeOptions): Promise<SmokeResult[]> {
  const target = it.service.cloudName;
  const [http] = it.service.triggers.filter(({ type }) => type === 'http');
  const [timer] = it.service.triggers.flatMap((trigger) => (trigger.type === 'timer' ? [trigger] : []));
  try {
    if (http?.type === 'http' && http.auth !== 'CAM')
      return [{ target, ...(await callUrl(target, options)) }];
    if (timer === undefined || !options.changed.has(target)) return [];
    const time = new Date(options.nowMs()).toISOString().replace(/\.\d+Z$/, 'Z');
    const event = { Type: 'Timer', TriggerName: timer.name, Time: time, Message: timer.argument };
    const parameters = { FunctionName: target, Namespace: options.desired.namespace, Qualifier: servedAlias };
    const invocation = { InvocationType: 'RequestResponse', ClientContext: JSON.stringify(event) };
    checkInvocation(await options.api('Invoke', { ...parameters, ...invocation }));
    return [{ target, ok: true, text: 'ran' }];
  } catch (error) {
    return [{ target, ok: false, text: error instanceof Error ? error.message : String(error) }];
  }
}

const Problem = z.object({ code: z.string(), detail: z.optional(z.string()) });

async function callUrl(
  target: string,
  { current, fetch }: SmokeOptions,
): Promise<Omit<SmokeResult, 'target'>> {
  const url = functionUrlOf(current, target);
  if (url === undefined) return { ok: false, text: 'has no Function URL' };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer = await response.text();
  if (response.status < 500) return { ok: true, text: `answers ${response.status}` };
  const problem = Problem.safeParse(parsed(answer));
  const why = problem.success ? ` ${problem.data.code}: ${problem.data.detail ?? ''}` : '';
  return { ok: false, text: `answers ${response.status}${why}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
