import type { Json } from '../cloud-api/merge-patch.ts';
import { livingCodeId } from './seeds/codes.ts';
import { exampleAgent } from './seeds/organisations.ts';
import { exampleTemplateId } from './seeds/templates.ts';

/** For each action a request that the seeded emulator accepts: the cancel once, since its code is dead then. */
export const goodRequests = {
  ChannelCreateMultiFlowSignQRCode: {
    Agent: exampleAgent,
    TemplateId: exampleTemplateId,
    FlowName: '入职合同',
    MaxFlowNum: 100,
    FlowEffectiveDay: 7,
    QrEffectiveDay: 7,
  },
  ChannelCancelMultiFlowSignQRCode: { Agent: exampleAgent, QrCodeId: livingCodeId },
  DescribeTemplates: { Agent: exampleAgent, Limit: 20, Offset: 0 },
} as const satisfies Readonly<Record<string, Json>>;

export type EmulatedName = keyof typeof goodRequests;
