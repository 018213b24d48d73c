import { cost } from './cost.ts';
import { type Effect, kept } from './effect.ts';
import { flowStatus } from './flow-status.ts';
import { organizationClosed } from './organization-closed.ts';
import { scanFailure } from './scan-failure.ts';
import { template } from './template.ts';

const effects: Readonly<Record<string, Effect>> = {
  MultiFlowSignQrCodeCost: cost,
  CreateFlowByQrCode: scanFailure,
  FlowStatusChange: flowStatus,
  TemplateDelete: template,
  TemplateAvailable: template,
  TemplateUpdate: template,
  CloseOrganization: organizationClosed,
};

/** Of every other type, known or not: it is kept, and nothing follows. */
const none: Effect = {
  presumed: { located: kept('TypeWithoutEffect'), otherwise: kept('TypeWithoutEffect') },
  apply: async () => kept('TypeWithoutEffect'),
};

export function effectOf(msgType: string): Effect {
  return Object.hasOwn(effects, msgType) ? (effects[msgType] ?? none) : none;
}
