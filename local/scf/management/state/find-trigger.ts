import { type FunctionRecord, latestVersion, type TriggerRecord } from './function-record.ts';

export interface TriggerNamed {
  TriggerName: string;
  Type: string;
  Qualifier?: string | undefined;
}

/** A trigger is found by name, type and qualifier together. */
export function findTrigger(fn: FunctionRecord, named: TriggerNamed): TriggerRecord | undefined {
  const { TriggerName, Type, Qualifier = latestVersion } = named;
  return fn.triggers.find(
    ({ name, type, qualifier }) => name === TriggerName && type === Type && qualifier === Qualifier,
  );
}
