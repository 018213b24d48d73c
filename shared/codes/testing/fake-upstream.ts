import { TransportError, UpstreamError } from '../../errors.ts';
import type { Action, RequestOf, ResponseOf } from '../../essbasic/action.ts';
import type { CancelRequest } from '../../essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import { type CreateRequest, effectiveLimits } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { seconds } from '../../world.ts';
import type { Upstream, UpstreamCall } from '../ports.ts';

/** What happens to one call instead of an answer. `answer` is none of these. */
export type Fault =
  | 'answer'
  /** No connection: nothing is sent. */
  | 'unreachable'
  /** Sent, and lost before it had its effect. */
  | 'lost-request'
  /** Sent, carried out, and the answer is lost. */
  | 'lost-answer'
  /** Refused with a code of upstream. */
  | { refuse: string };

export interface UpstreamQrCode {
  qrCodeId: string;
  request: CreateRequest;
  maxFlowNum: number;
  used: number;
  expiresAtS: number;
  cancelled: boolean;
}

/** A turn under a limit that is never reached. */
const nextSlot = (action: string) => ({ action, intervalUs: 1, horizonUs: 60_000_000 });

/**
 * Upstream as the port shows it, for schedules of faults that a real server cannot be asked for at the exact moment.
 * It is not the emulator: it checks nothing of the request.
 */
export function createFakeUpstream(clock: { nowMs(): number }) {
  const qrCodes = new Map<string, UpstreamQrCode>();
  const withoutQuota = new Set<string>();
  const faults: Fault[] = [];
  const calls: { action: string; request: CreateRequest | CancelRequest }[] = [];
  const nowS = () => seconds(clock.nowMs());
  let made = 0;
  let requests = 0;
  const hooks: { beforeAnswer?: () => Promise<void> } = {};

  function isAlive(code: UpstreamQrCode): boolean {
    return !code.cancelled && code.expiresAtS > nowS() && code.used < code.maxFlowNum;
  }

  function create(request: CreateRequest) {
    if (withoutQuota.has(request.Agent.ProxyOrganizationOpenId)) throw refusal('OperationDenied.NoQuota');
    made += 1;
    const qrCodeId = `yDQr${String(made).padStart(28, '0')}`;
    const { maxFlowNum, expiresAtS } = effectiveLimits(request, nowS());
    qrCodes.set(qrCodeId, { qrCodeId, request, maxFlowNum, used: 0, expiresAtS, cancelled: false });
    const link = `https://example.test/${qrCodeId}`;
    return {
      QrCode: { QrCodeId: qrCodeId, QrCodeUrl: `${link}.png`, ExpiredTime: expiresAtS },
      SignUrls: { AppSignUrl: `pages/guide?${qrCodeId}`, EffectiveTime: '', HttpSignUrl: link },
    };
  }

  function cancel({ QrCodeId, Agent }: CancelRequest) {
    const code = qrCodes.get(QrCodeId);
    if (code?.request.Agent.ProxyOrganizationOpenId !== Agent.ProxyOrganizationOpenId) {
      throw refusal('InvalidParameter.DataNotFound');
    }
    if (!isAlive(code)) throw refusal('OperationDenied.QrInvalid');
    code.cancelled = true;
    return {};
  }

  function refusal(code: string): UpstreamError {
    requests += 1;
    const facts = { detail: 'refused', upstreamRequestId: `refused-${requests}` };
    return new UpstreamError(code, errorCodeFacts(code), facts);
  }

  const upstream: Upstream = {
    async call<A extends Action>(action: A, request: RequestOf<A>, { onSend }: UpstreamCall) {
      const fault = faults.shift() ?? 'answer';
      if (fault === 'unreachable') throw new TransportError('UpstreamUnreachable', 'before-send');
      while (onSend && !(await onSend(nextSlot(action.name))).taken);
      // The two actions that the domain calls, each with the request of its own contract.
      const sent = request as CreateRequest | CancelRequest;
      calls.push({ action: action.name, request: sent });
      if (fault === 'lost-request') throw new TransportError('UnknownOutcome', 'after-send');
      if (typeof fault === 'object') throw refusal(fault.refuse);
      const answer = 'QrCodeId' in sent ? cancel(sent) : create(sent);
      await hooks.beforeAnswer?.();
      if (fault === 'lost-answer') throw new TransportError('UnknownOutcome', 'after-send');
      requests += 1;
      return { response: answer as ResponseOf<A>, requestId: `request-${requests}` }; // as above
    },
  };

  return {
    upstream,
    qrCodes,
    withoutQuota,
    /** For the next calls, one each. */
    faults,
    calls,
    /** Runs after the effect and before the answer. */
    hooks,
    alive: () => [...qrCodes.values()].filter(isAlive),
    /** A person scans: false if the QR code is dead. */
    scan(qrCodeId: string): boolean {
      const code = qrCodes.get(qrCodeId);
      if (code === undefined || !isAlive(code)) return false;
      code.used += 1;
      return true;
    },
  };
}
