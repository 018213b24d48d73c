import type { SignCode } from './entities.ts';

export const deaths = {
  cancelled: { zh: '已被取消', en: 'it was cancelled' },
  expired: { zh: '已过有效期', en: 'its time is over' },
  'used-up': { zh: '发起份数已达上限', en: 'it has started as many contracts as it may' },
} as const;

export type CodeStatus = 'alive' | keyof typeof deaths;

/**
 * Can the code still start a contract?
 *
 * It dies in the second that `ExpiredTime` names, and with the contract that reaches `MaxFlowNum`: the documents
 * leave both to be read either way.
 */
export function codeStatus(code: SignCode, nowS: number): CodeStatus {
  if (code.cancelledAtS !== undefined) return 'cancelled';
  if (nowS >= code.expiresAtS) return 'expired';
  return code.used >= code.maxFlowNum ? 'used-up' : 'alive';
}
