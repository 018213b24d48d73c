import type { EmulatedName } from '../good-requests.ts';
import type { EmulatedAction } from './emulated-action.ts';

/**
 * Every action that is emulated. Each is loaded with its first call: schemas are most of what a start of the emulator
 * would take.
 */
const loaders: Readonly<Record<EmulatedName, () => Promise<EmulatedAction>>> = {
  ChannelCreateMultiFlowSignQRCode: async () => {
    const { ChannelCreateMultiFlowSignQRCode } = await import(
      '../actions/ChannelCreateMultiFlowSignQRCode.ts'
    );
    return ChannelCreateMultiFlowSignQRCode;
  },
  ChannelCancelMultiFlowSignQRCode: async () => {
    const { ChannelCancelMultiFlowSignQRCode } = await import(
      '../actions/ChannelCancelMultiFlowSignQRCode.ts'
    );
    return ChannelCancelMultiFlowSignQRCode;
  },
  DescribeTemplates: async () => (await import('../actions/DescribeTemplates.ts')).DescribeTemplates,
};

const loaded = new Map<string, EmulatedAction>();

/** At once where it has been called before. */
export function emulatedAction(name: string): EmulatedAction | undefined | Promise<EmulatedAction> {
  const known = loaded.get(name);
  if (known !== undefined || !isEmulated(name)) return known;
  return loaders[name]().then((action) => {
    loaded.set(name, action);
    return action;
  });
}

const isEmulated = (name: string): name is EmulatedName => Object.hasOwn(loaders, name);

export const allEmulatedActions = (): Promise<EmulatedAction[]> =>
  Promise.all(Object.values(loaders).map((load) => load()));
