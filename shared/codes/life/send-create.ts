import { Failure } from '../../errors.ts';
import {
  ChannelCreateMultiFlowSignQRCode,
  type CreateRequest,
  type CreateResponse,
  limits,
} from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { defined, type SlotAnswer, type SlotRequest, type Surroundings } from '../../world.ts';
import type { Generation } from '../code.ts';
import type { CreationWrites, Upstream } from '../ports.ts';
import { type CallFailure, callFailure } from './call-failure.ts';

export type CreateOutcome =
  | { kind: 'made'; response: CreateResponse; requestId: string }
  /** `noted`: it may be in the journal, and what became of it belongs there, too. */
  | { kind: 'failed'; failure: CallFailure; noted: boolean }
  /** Another run has the lease, or the code is another than was planned with: nothing was sent, nothing noted. */
  | { kind: 'lost' | 'changed' };

export interface CreatePorts {
  register: CreationWrites;
  upstream: Upstream;
  surroundings: Surroundings;
  /** Where notifications are taken, without a slash at the end. */
  callbackBaseUrl: string;
}

/** How long a lease outlasts the call that it covers: for the transaction that follows the answer. */
const settlingMs = 10_000;

export interface PlannedCreate {
  request: CreateRequest;
  /** Writes it down as sent and takes its turn with it, or says why it may not be sent. */
  note(leaseMs: number, slot: SlotRequest): Promise<SlotAnswer | 'lost' | 'changed'>;
}

/**
 * Sends a create. That its effect is possible is committed before the first byte leaves: a later reader of the journal
 * knows it. If nothing has left after all, the caller says so there.
 */
export async function sendCreate(
  { upstream, surroundings }: Pick<CreatePorts, 'upstream' | 'surroundings'>,
  { request, note }: PlannedCreate,
  deadlineMs: number,
): Promise<CreateOutcome> {
  const progress: { noted: boolean; turnedAway?: 'lost' | 'changed' } = { noted: false };

  async function onSend(slot: SlotRequest): Promise<SlotAnswer> {
    const leaseMs = Math.max(0, deadlineMs - surroundings.nowMs()) + settlingMs;
    progress.noted = true;
    const answer = await note(leaseMs, slot);
    if (typeof answer === 'object') {
      progress.noted = answer.taken;
      return answer;
    }
    progress.turnedAway = answer;
    throw new Failure('StateConflict', { detail: fencedOff });
  }

  try {
    const answer = await upstream.call(ChannelCreateMultiFlowSignQRCode, request, { deadlineMs, onSend });
    return { kind: 'made', ...answer };
  } catch (error) {
    if (progress.turnedAway) return { kind: progress.turnedAway };
    return { kind: 'failed', failure: callFailure(error, progress.noted), noted: progress.noted };
  }
}

/** What was asked for: a generation of this number, with these limits. */
interface Asked {
  codeId: string;
  number: number;
  maxFlowNum: number;
  /** Unix seconds. */
  expiresAtS: number;
}

/** The generation that upstream has made. Of the answer its id alone is relied on. */
export function generationOf(
  { codeId, number, maxFlowNum, expiresAtS }: Asked,
  { QrCode, SignUrls = {} }: CreateResponse,
  createdAtS: number,
): Generation {
  return {
    codeId,
    number,
    qrCodeId: QrCode.QrCodeId,
    urls: defined({
      QrCodeUrl: QrCode.QrCodeUrl,
      WeixinQrCodeUrl: QrCode.WeixinQrCodeUrl,
      AppSignUrl: SignUrls.AppSignUrl,
      HttpSignUrl: SignUrls.HttpSignUrl,
    }),
    maxFlowNum,
    used: 0,
    costMessages: 0,
    certainContracts: 0,
    toldPercent: 0,
    toldExpiring: false,
    state: 'live',
    createdAtS,
    expiresAtS: believableEndS(QrCode.ExpiredTime, createdAtS) ?? expiresAtS,
  };
}

/** Upstream permits a year; a day more is for clocks and time zones. */
const longestLifeS = (limits.QrCodeExpiredOn.maxDays + 1) * 86_400;

/**
 * An end that a code can have which was made just now. Any other would have it renewed at once and without end, or
 * never.
 */
function believableEndS(endS: number | undefined, createdAtS: number): number | undefined {
  const isBelievable = endS !== undefined && endS > createdAtS && endS <= createdAtS + longestLifeS;
  return isBelievable ? endS : undefined;
}

const fencedOff = {
  zh: '该签署码已由其他任务接手续期，请求未发出',
  en: 'The code is no longer ours to renew; nothing was sent',
};
