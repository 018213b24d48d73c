import { Failure } from '../../errors.ts';
import type { CreateResponse } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { defined } from '../../world.ts';
import type { Code } from '../code.ts';
import type { CreatedRecord } from '../reading/ports.ts';

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
 * What a create without an answer answers to the next call with its key: it reads the register and does nothing.
 *
 * @throws Failure `IdempotencyKeyInUse` while it is not settled, `UnknownOutcome` with the `CodeId`
 */
export function foundAnswer({ code, generations }: CreatedRecord, publicBaseUrl: string) {
  if (code.state === 'Creating')
    throw new Failure('IdempotencyKeyInUse', {
      detail: {
        zh: '此 Idempotency-Key 的上次调用中断，正在查明其结果',
        en: 'An earlier call with this Idempotency-Key was interrupted; what it did is being found out',
      },
      retryAfterS: settledAfterS,
    });
  const first = generations.find(({ number }) => number === 1);
  if (first === undefined)
    throw new Failure('UnknownOutcome', {
      detail: {
        zh: '此 Idempotency-Key 的上次调用已发出，但未收到应答',
        en: 'An earlier call with this Idempotency-Key was sent and never answered',
      },
      members: { CodeId: code.codeId },
    });
  const { AppSignUrl, HttpSignUrl, ...pictures } = first.urls;
  const response = {
    QrCode: { QrCodeId: first.qrCodeId, ExpiredTime: first.expiresAtS, ...pictures },
    // The register does not keep EffectiveTime, which upstream's own examples leave empty.
    SignUrls: defined({ AppSignUrl, EffectiveTime: '', HttpSignUrl }),
  };
  return createdAnswer(code, response, publicBaseUrl);
}
