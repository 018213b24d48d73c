import * as z from 'zod/mini';
import type { Action } from '../../shared/essbasic/action.ts';
import { ChannelCancelMultiFlowSignQRCode } from '../../shared/essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import { ChannelCreateMultiFlowSignQRCode } from '../../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { DescribeTemplates } from '../../shared/essbasic/DescribeTemplates.ts';

/** The actions of upstream that the contract knows; no other can be called. */
export const upstreamActions = {
  ChannelCreateMultiFlowSignQRCode,
  ChannelCancelMultiFlowSignQRCode,
  DescribeTemplates,
} as const satisfies Readonly<Record<string, Action>>;

type ActionName = keyof typeof upstreamActions;
const names = Object.keys(upstreamActions) as [ActionName, ...ActionName[]]; // those of the literal above

export const request = z.strictObject({
  Action: z.enum(names),
  /** As it is to be sent: what is wrong with it is said, and is for upstream to refuse. */
  Request: z.looseObject({}),
  /** Shows the request and its signature, and sends nothing. */
  DryRun: z.optional(z.boolean()),
});
export type CallRequest = z.output<typeof request>;

/** Does it change something at upstream? */
export function changes({ Action: name, DryRun }: CallRequest): boolean {
  return DryRun !== true && !name.startsWith('Describe');
}
