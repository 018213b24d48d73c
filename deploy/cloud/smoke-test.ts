import * as z from 'zod/mini';
import { failureText } from '../../shared/shell/failure-text.ts';
import type { Text } from '../../shared/text.ts';
import { type CurrentState, servedAlias } from '../plan/current-state.ts';
import type { DesiredFunction, DesiredState } from '../plan/desired-state.ts';
import { functionUrlOf } from '../plan/wired-variables.ts';
import type { CloudApi } from './cloud-api.ts';
import { checkInvocation } from './invocation-result.ts';

export interface SmokeResult {
  target: string;
  ok: boolean;
  text: Text;
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
/** Functions that are called side by side. Each starts an instance, and the time of a call runs from its start. */
const atOnce = 6;

/**
 * Calls every function once. A Function URL is asked for something that the function refuses by its documents, or
 * that does nothing; a timer is sent its tick, which is what it gets in the next minute anyway. The others are
 * invoked in the course of the deployment.
 */
export async function smokeTest(options: SmokeOptions): Promise<SmokeResult[]> {
  const results: SmokeResult[][] = [];
  const left = options.desired.functions.entries();
  const takeTurns = async () => {
    for (const [index, it] of left) results[index] = await testFunction(it, options);
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
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
    return [{ target, ok: true, text: { zh: '运行正常', en: 'ran' } }];
  } catch (error) {
    return [{ target, ok: false, text: failureText(error) }];
  }
}

const Problem = z.object({ code: z.string(), detail: z.optional(z.string()) });

async function callUrl(
  target: string,
  { current, fetch }: SmokeOptions,
): Promise<Omit<SmokeResult, 'target'>> {
  const url = functionUrlOf(current, target);
  if (url === undefined) return { ok: false, text: { zh: '没有 Function URL', en: 'has no Function URL' } };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer = await response.text();
  const { status } = response;
  if (status < 500) return { ok: true, text: answers(status, '') };
  const problem = Problem.safeParse(parsed(answer));
  const why = problem.success ? ` ${problem.data.code}: ${problem.data.detail ?? ''}` : '';
  return { ok: false, text: answers(status, why) };
}

const answers = (status: number, why: string): Text => ({
  zh: `应答 ${status}${why}`,
  en: `answers ${status}${why}`,
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
