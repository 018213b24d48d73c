import {
  ChannelCreateMultiFlowSignQRCode,
  type CreateRequest,
  type CreateResponse,
} from '../contract/ChannelCreateMultiFlowSignQRCode.ts';
import { Failure } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import { type CallFailure, callFailure } from './call-failure.ts';
import type { Generation } from './code.ts';
import type { Lease, RegisterWrites, Surroundings, Upstream } from './ports.ts';
import { seconds } from './transitions.ts';

export type CreateOutcome =
  | { kind: 'made'; response: CreateResponse; requestId: string }
  | { kind: 'failed'; failure: CallFailure }
  /** Somebody else has the lease: nothing was sent. */
  | { kind: 'lost' };

export interface CreatePorts {
  register: RegisterWrites;
  upstream: Upstream;
  surroundings: Surroundings;
  /** Where notifications are taken, without a slash at the end. */
  callbackBaseUrl: string;
}

/** How long a lease outlasts the call that it covers: for the transaction that follows the answer. */
const settlingMs = 10_000;

/**
 * Sends a create that is in the journal. That it is sent is committed before the first byte leaves, and only while
 * the lease is ours: then whoever finds the journal later knows that its effect is possible.
 */
export async function sendCreate(
  { register, upstream, surroundings }: CreatePorts,
  planned: { attempt: Attempt; lease: Lease; request: CreateRequest },
  deadlineMs: number,
): Promise<CreateOutcome> {
  const progress = { sent: false, lost: false };
  async function onSend(): Promise<void> {
    const nowMs = surroundings.nowMs();
    const leaseMs = Math.max(0, deadlineMs - nowMs) + settlingMs;
    const marked = await register.markCreateSent(
      planned.attempt.attemptId,
      planned.lease,
      leaseMs,
      seconds(nowMs),
    );
    if (!marked) {
      progress.lost = true;
      throw new Failure('StateConflict', { detail: 'The lease on the code is over; nothing was sent' });
    }
    progress.sent = true;
  }
  try {
    const answer = await upstream.call(ChannelCreateMultiFlowSignQRCode, planned.request, {
      deadlineMs,
      onSend,
    });
    return { kind: 'made', ...answer };
  } catch (error) {
    if (progress.lost) return { kind: 'lost' };
    return { kind: 'failed', failure: callFailure(error, progress.sent) };
  }
}

/** The generation that upstream has made. */
export function generationOf(
  codeId: string,
  number: number,
  maxFlowNum: number,
  { QrCode, SignUrls }: CreateResponse,
  createdAtS: number,
): Generation {
  return {
    codeId,
    number,
    qrCodeId: QrCode.QrCodeId,
    urls: {
      QrCodeUrl: QrCode.QrCodeUrl,
      ...(QrCode.WeixinQrCodeUrl !== undefined && { WeixinQrCodeUrl: QrCode.WeixinQrCodeUrl }),
      AppSignUrl: SignUrls.AppSignUrl,
      HttpSignUrl: SignUrls.HttpSignUrl,
    },
    maxFlowNum,
    used: 0,
    costMessages: 0,
    certainContracts: 0,
    toldPercent: 0,
    toldExpiring: false,
    state: 'live',
    createdAtS,
    expiresAtS: QrCode.ExpiredTime,
  };
}
