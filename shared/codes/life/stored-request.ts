import type { CreateRequest } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import type { Seal } from '../../world.ts';
import { agentOf, type Code, type SealedMembers, type StoredRequest } from '../code.ts';
import type { Successor } from '../renewal/renewal.ts';

/** What may be kept in clear: everything but who acts and who may sign. */
export function storedRequest(request: CreateRequest): StoredRequest {
  const {
    Agent: _agent,
    Operator: _operator,
    Restrictions: _r,
    ApproverRestrictions: _a,
    ...stored
  } = request;
  return stored;
}

/** What names people; null where nothing does. */
export function sealedMembers({ Restrictions, ApproverRestrictions }: CreateRequest): SealedMembers | null {
  const named = {
    ...(Restrictions !== undefined && Restrictions.length > 0 && { Restrictions }),
    ...(ApproverRestrictions !== undefined && { ApproverRestrictions }),
  };
  return Object.keys(named).length > 0 ? named : null;
}

/**
 * The create of a successor: what the first one asked for, with limits of its own. Its end is always given as
 * `QrCodeExpiredOn`: the days of the deprecated `QrEffectiveDay` would not let it end with the policy.
 *
 * @throws Failure `Misconfigured` when what is sealed cannot be opened.
 */
export function successorRequest(code: Code, successor: Successor, seal: Seal): CreateRequest {
  const { QrEffectiveDay: _, ...request } = code.request;
  // Sealed by createCode from a checked request.
  const named = code.sealed === null ? {} : (JSON.parse(seal.open(code.sealed)) as SealedMembers);
  return {
    ...request,
    ...named,
    Agent: agentOf(code),
    MaxFlowNum: successor.maxFlowNum,
    QrCodeExpiredOn: successor.expiresAtS,
  };
}
