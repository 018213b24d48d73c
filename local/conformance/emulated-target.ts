import { credentials } from '../cloud-api/credentials.ts';
import { createEmulator } from '../essbasic/create-emulator.ts';
import { exampleAgent } from '../essbasic/seeds/organisations.ts';
import { exampleTemplateId } from '../essbasic/seeds/templates.ts';
import type { Target } from './run-cases.ts';
import { signedCalls } from './signed-calls.ts';

/** An emulator of its own, with the organisation and the template of the published example. */
export async function emulatedTarget(): Promise<Target & { close(): Promise<void> }> {
  const emulator = createEmulator({ seed: 1, requestsPerSecond: Number.POSITIVE_INFINITY });
  const { url } = await emulator.listen();
  const call = signedCalls(url, credentials[0]);
  const template = emulator.templates
    .list()
    .find(({ template: { TemplateId } }) => TemplateId === exampleTemplateId);
  const { AppId, ProxyOrganizationOpenId, ProxyOperator } = exampleAgent;
  return {
    having: {
      AppId,
      ProxyOrganizationOpenId,
      OpenId: ProxyOperator.OpenId,
      TemplateId: exampleTemplateId,
      RecipientId: template?.template.Recipients?.[0]?.RecipientId ?? '',
    },
    call: async (action, body) => (await call(action, body)).Error?.Code,
    makeCode: () => madeCode(call, { Agent: exampleAgent, TemplateId: exampleTemplateId }),
    nowS: () => Math.floor(Date.now() / 1000),
    close: () => emulator.close(),
  };
}

/** @throws Error where none is made */
export async function madeCode(call: ReturnType<typeof signedCalls>, request: object): Promise<string> {
  const { QrCode, Error: refused } = await call('ChannelCreateMultiFlowSignQRCode', {
    ...request,
    FlowName: '一致性检查',
    MaxFlowNum: 1,
  });
  if (QrCode === undefined) throw new Error(`no code was made: ${refused?.Code}`);
  return QrCode.QrCodeId;
}
