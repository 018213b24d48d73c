import { madeCode } from './emulated-target.ts';
import type { Target } from './run-cases.ts';
import { signedCalls } from './signed-calls.ts';

/** The only host of Tencent's that is asked: that of the joint tests (联调), which costs nobody anything. */
export const testHost = 'https://essbasic.test.ess.tencent.cn';

export interface Account {
  credentials: { secretId: string; secretKey: string };
  having: Target['having'];
  /** Requests of a second: upstream allows 20 of each action. */
  perSecond: number;
  pause(ms: number): Promise<void>;
}

/** The host of the joint tests, with an account of one's own. A code that a case makes is cancelled at once. */
export function realTarget({ credentials, having, perSecond, pause }: Account, endpoint = testHost): Target {
  const send = signedCalls(endpoint, credentials);
  const call: typeof send = async (action, body) => {
    await pause(1000 / perSecond);
    return send(action, body);
  };
  const { AppId, ProxyOrganizationOpenId, OpenId, TemplateId } = having;
  const Agent = { AppId, ProxyOrganizationOpenId, ProxyOperator: { OpenId } };
  return {
    having,
    async call(action, body) {
      const { Error: refused, QrCode } = await call(action, body);
      if (QrCode !== undefined)
        await call('ChannelCancelMultiFlowSignQRCode', { Agent, QrCodeId: QrCode.QrCodeId });
      return refused?.Code;
    },
    makeCode: () => madeCode(call, { Agent, TemplateId }),
    nowS: () => Math.floor(Date.now() / 1000),
  };
}
