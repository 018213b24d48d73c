import { api } from '../../../shared/contract/api.ts';
import { upstreamActions } from '../upstream-actions.ts';
import { type ApiCall, header } from './api-call.ts';
import type { EmulatedAction } from './emulated-action.ts';
import { emulatedAction } from './emulated-actions.ts';
import { type Refusal, refusal } from './outcome.ts';

/** Largest body of a POST that is signed with TC3. Bytes; the documents say "10 MB". */
export const maxBodyBytes = 10 * 1024 * 1024;

export type CheckedCall = { ok: true; action: EmulatedAction; body: Uint8Array } | Refusal;

/** What can be said of a call before its signature is looked at. The order is not documented. */
export function checkCall(call: ApiCall): CheckedCall {
  const unsupported = refusalOfProtocol(call);
  if (unsupported) return unsupported;
  if (call.body === undefined) {
    const detail = { zh: '请求体超过 10 MB', en: 'the body is larger than 10 MB' };
    return refusal('RequestSizeLimitExceeded', detail);
  }
  const action = actionOf(call);
  return 'ok' in action ? action : { ok: true, action, body: call.body };
}

function refusalOfProtocol(call: ApiCall): Refusal | undefined {
  if (call.method !== 'POST') {
    return refusal('UnsupportedProtocol', {
      zh: '模拟器只接受 POST；说明见 /_emulator/',
      en: 'the emulator takes POST only; /_emulator/ says what there is',
    });
  }
  const contentType = header(call, 'content-type').split(';')[0]?.trim().toLowerCase();
  if (contentType === 'application/json') return undefined;
  const detail = { zh: 'Content-Type 须为 application/json', en: 'Content-Type must be application/json' };
  return refusal('InvalidParameter', detail);
}

function actionOf(call: ApiCall): EmulatedAction | Refusal {
  const name = header(call, 'x-tc-action');
  const version = header(call, 'x-tc-version');
  if (name === '') return missingHeader('X-TC-Action');
  if (version === '') return missingHeader('X-TC-Version');
  if (version !== api.version) {
    const detail = { zh: `X-TC-Version 须为 ${api.version}`, en: `X-TC-Version must be ${api.version}` };
    return refusal('NoSuchVersion', detail);
  }
  return emulatedAction(name) ?? refusal('InvalidAction', unknownAction(name));
}

function missingHeader(name: string): Refusal {
  return refusal('MissingParameter', { zh: `请求头 ${name} 缺失`, en: `the header ${name} is missing` });
}

function unknownAction(name: string) {
  return upstreamActions.includes(name)
    ? { zh: `${name} 未被模拟`, en: `${name} exists upstream, but is not emulated` }
    : { zh: 'essbasic 没有此接口', en: 'essbasic has no such action' };
}
