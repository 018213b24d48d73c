import { ChannelCancelMultiFlowSignQRCode as contract } from '../../../shared/essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import { publishedRefusal } from '../../cloud-api/outcome.ts';
import { ownerOf } from '../gateway/acting-agent.ts';
import { emulate } from '../gateway/emulated-action.ts';
import { refusal } from '../gateway/refusal.ts';
import { codeStatus, deaths } from '../state/code-status.ts';
import { isOwner } from '../state/world.ts';

/** Kills a code for good. Contracts that it has started live on. */
export const ChannelCancelMultiFlowSignQRCode = emulate<typeof contract>({
  contract,
  forcibleId: ({ QrCodeId }) => QrCodeId,

  handle({ Agent, QrCodeId }, { world, nowS }) {
    const code = world.codes.get(QrCodeId);
    if (code === undefined || !isOwner(code, ownerOf(Agent))) {
      const owned = code === undefined ? 'there is no such code' : 'the code belongs to another organisation';
      const detail = { zh: '没有 QrCodeId 所指签署码', en: 'there is no code with this QrCodeId' };
      return refusal('InvalidParameter.DataNotFound', detail, { reason: owned });
    }
    const status = codeStatus(code, nowS);
    if (status !== 'alive') {
      const message = {
        zh: '签署二维码不可用，请检查后重试。',
        en: 'The QR code is not available, please check it and try again.',
      };
      return publishedRefusal('OperationDenied.QrInvalid', message, `The code is dead: ${deaths[status].en}`);
    }
    code.cancelledAtS = nowS;
    return { ok: true, response: {} };
  },
});
