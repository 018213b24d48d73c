import type { CreateResponse } from '../contract/ChannelCreateMultiFlowSignQRCode.ts';
import { Failure } from '../errors.ts';
import type { Code } from './code.ts';
import type { CodeRecord } from './ports.ts';

/** Seconds after which an interrupted create has been settled by the timer. */
const settledAfterS = 60;

/** What a create answers: upstream's own members, and how the register calls what was made. */
export function createdAnswer(code: Code, response: CreateResponse, publicBaseUrl: string) {
  const { codeId, slug, state, version } = code;
  return {
    ...response,
    CodeId: codeId,
    Slug: slug,
    StableUrl: `${publicBaseUrl}/s/${slug}`,
    State: state,
    Version: version,
  };
}

/**
 * What a create that was answered by nobody answers to whoever asks again: told from the register, and nothing is done.
 *
 * @throws Failure `IdempotencyKeyInUse` while it is not settled, `UnknownOutcome` with the `CodeId`
 */
export function foundAnswer({ code, generations }: CodeRecord, publicBaseUrl: string) {
  if (code.state === 'Creating')
    throw new Failure('IdempotencyKeyInUse', {
      detail: 'An earlier call with this Idempotency-Key was interrupted; what it did is being found out.',
      retryAfterS: settledAfterS,
    });
  const first = generations.find(({ number }) => number === 1);
  if (first === undefined)
    throw new Failure('UnknownOutcome', {
      detail: 'An earlier call with this Idempotency-Key was sent and never answered.',
      members: { CodeId: code.codeId },
    });
  const { QrCodeUrl, WeixinQrCodeUrl, AppSignUrl, HttpSignUrl } = first.urls;
  const response = {
    QrCode: {
      QrCodeId: first.qrCodeId,
      QrCodeUrl,
      ExpiredTime: first.expiresAtS,
      ...(WeixinQrCodeUrl !== undefined && { WeixinQrCodeUrl }),
    },
    // The register does not keep EffectiveTime, which upstream's own examples leave empty.
    SignUrls: { AppSignUrl, EffectiveTime: '', HttpSignUrl },
  };
  return createdAnswer(code, response, publicBaseUrl);
}
