import { ChannelCancelMultiFlowSignQRCode } from '../actions/ChannelCancelMultiFlowSignQRCode.ts';
import { ChannelCreateMultiFlowSignQRCode } from '../actions/ChannelCreateMultiFlowSignQRCode.ts';
import { DescribeTemplates } from '../actions/DescribeTemplates.ts';
import type { EmulatedAction } from './emulated-action.ts';

/** Every action that is emulated. */
export const emulatedActions: readonly EmulatedAction[] = [
  ChannelCreateMultiFlowSignQRCode,
  ChannelCancelMultiFlowSignQRCode,
  DescribeTemplates,
];

export function emulatedAction(name: string): EmulatedAction | undefined {
  return emulatedActions.find(({ contract }) => contract.name === name);
}
