import { type ApiCall, header } from '../../../essbasic/gateway/api-call.ts';
import type { Refusal } from '../../../essbasic/gateway/outcome.ts';
import { upstreamActions } from '../upstream-actions.ts';
import type { ManagedAction } from './managed-action.ts';
import { managedAction } from './managed-actions.ts';
import { refuse } from './refuse.ts';

export const apiVersion = '2018-04-16';

/**
 * Largest body. TC3 is documented for 10 MB, the zip of a function for 50 MB, which are 67 MB in base64: where the two
 * contradict each other the zip wins, see `assumptions.ts`. Bytes.
 */
export const maxBodyBytes = 80 * 1024 * 1024;

export type CheckedCall = { ok: true; action: ManagedAction; body: Uint8Array } | Refusal;

/** What can be said of a call before its signature is looked at. The order is not documented. */
export function checkCall(call: ApiCall, region: string): CheckedCall {
  if (call.method !== 'POST') {
    return refuse('UnsupportedProtocol', { zh: '只接受 POST', en: 'only POST is taken' });
  }
  const contentType = header(call, 'content-type').split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/json') {
    const detail = { zh: 'Content-Type 须为 application/json', en: 'Content-Type must be application/json' };
    return refuse('InvalidParameter', detail);
  }
  if (call.body === undefined) {
    return refuse('RequestSizeLimitExceeded', { zh: '请求体超过 80 MB', en: 'the body has more than 80 MB' });
  }
  const action = actionOf(call);
  if ('ok' in action) return action;
  return refusalOfRegion(call, region) ?? { ok: true, action, body: call.body };
}

function actionOf(call: ApiCall): ManagedAction | Refusal {
  const name = header(call, 'x-tc-action');
  const version = header(call, 'x-tc-version');
  if (name === '') return missingHeader('X-TC-Action');
  if (version === '') return missingHeader('X-TC-Version');
  if (version !== apiVersion) {
    const detail = { zh: `X-TC-Version 须为 ${apiVersion}`, en: `X-TC-Version must be ${apiVersion}` };
    return refuse('NoSuchVersion', detail);
  }
  return managedAction(name) ?? refuse('InvalidAction', unknownAction(name));
}

function unknownAction(name: string) {
  return upstreamActions.includes(name)
    ? { zh: `${name} 未被模拟`, en: `${name} exists upstream, but is not emulated` }
    : { zh: 'scf 没有此接口', en: 'scf has no such action' };
}

function refusalOfRegion(call: ApiCall, region: string): Refusal | undefined {
  const named = header(call, 'x-tc-region');
  if (named === '') return missingHeader('X-TC-Region');
  if (named === region) return undefined;
  return refuse('UnsupportedRegion', { zh: `此处只有 ${region}`, en: `only ${region} is here` });
}

function missingHeader(name: string): Refusal {
  return refuse('MissingParameter', { zh: `请求头 ${name} 缺失`, en: `the header ${name} is missing` });
}
