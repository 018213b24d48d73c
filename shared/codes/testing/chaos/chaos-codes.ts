import { goodRequests } from '../../../../local/essbasic/good-requests.ts';
import type { CreateCommand } from '../../life/create-code.ts';

/** A code of a schedule. Its name is all that distinguishes upstream's QR codes. */
export interface ChaosCode {
  codeId: string;
  flowName: string;
  predecessor: 'expire' | 'cancel';
}

/** Due after twenty-nine days, dead after thirty. */
export function createOf({ codeId, flowName, predecessor }: ChaosCode): CreateCommand {
  return {
    request: {
      ...goodRequests.ChannelCreateMultiFlowSignQRCode,
      FlowName: flowName,
      MaxFlowNum: 10,
      QrEffectiveDay: 30,
    },
    policy: { Predecessor: predecessor },
    actor: 'key:chaos',
    codeId,
  };
}
