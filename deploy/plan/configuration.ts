import type { Text } from '../../shared/text.ts';
import { change } from './reason.ts';

/** The part of a function that `UpdateFunctionConfiguration` changes, in one form for both directions. */
export interface Configuration {
  description: string;
  memoryMb: number;
  timeoutS: number;
  environment: Readonly<Record<string, string>>;
  vpcId: string;
  subnetId: string;
  publicNetwork: boolean;
  role: string;
  /** Undefined: left as the platform has it. */
  log: { logsetId: string; topicId: string } | undefined;
}

/** One thing that is not as described. Values of the environment are secrets: they are never in it. */
export interface Difference {
  setting: string;
  from: Text;
  to: Text;
}

/** Parameters of `CreateFunction`, and of `UpdateFunctionConfiguration`, which replaces the environment as a whole. */
export function toParameters(configuration: Configuration, isUpdate: boolean): Record<string, unknown> {
  const { vpcId, subnetId, log, role } = configuration;
  const variables = Object.entries(configuration.environment)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
  const cleared = isUpdate ? { Variables: [{ Key: '', Value: '' }] } : undefined;
  const environment = variables.length > 0 ? { Variables: variables } : cleared;
  return {
    Description: configuration.description,
    MemorySize: configuration.memoryMb,
    Timeout: configuration.timeoutS,
    ...(environment === undefined ? {} : { Environment: environment }),
    ...(isUpdate || vpcId !== '' ? { VpcConfig: { VpcId: vpcId, SubnetId: subnetId } } : {}),
    PublicNetConfig: {
      PublicNetStatus: configuration.publicNetwork ? 'ENABLE' : 'DISABLE',
      EipConfig: { EipStatus: 'DISABLE' },
    },
    ...(isUpdate || role !== '' ? { Role: role } : {}),
    ...(log === undefined || (log.topicId === '' && !isUpdate)
      ? {}
      : { ClsLogsetId: log.logsetId, ClsTopicId: log.topicId }),
  };
}

/** Every setting in which two configurations differ, by name. */
export function differencesBetween(current: Configuration, desired: Configuration): Difference[] {
  const from = plainSettings(current);
  const to = plainSettings(desired);
  const plain = Object.keys(to)
    .filter((setting) => from[setting] !== to[setting])
    .map((setting) => ({ setting, from: orNone(from[setting]), to: orNone(to[setting]) }));
  return [...plain, ...environmentDifferences(current.environment, desired.environment)];
}

function plainSettings({ log, ...rest }: Configuration): Record<string, string> {
  const { description, memoryMb, timeoutS, vpcId, subnetId, publicNetwork, role } = rest;
  return {
    Description: description,
    MemorySize: String(memoryMb),
    Timeout: String(timeoutS),
    VpcId: vpcId,
    SubnetId: subnetId,
    PublicNetStatus: publicNetwork ? 'ENABLE' : 'DISABLE',
    Role: role,
    ...(log === undefined ? {} : { ClsLogsetId: log.logsetId, ClsTopicId: log.topicId }),
  };
}

function environmentDifferences(
  from: Readonly<Record<string, string>>,
  to: Readonly<Record<string, string>>,
): Difference[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .sort()
    .filter((name) => from[name] !== to[name])
    .map((name) => ({
      setting: `Environment.${name}`,
      from: shown(from[name]),
      to: from[name] !== undefined && to[name] !== undefined ? another : shown(to[name]),
    }));
}

const orNone = (text = ''): Text => (text === '' ? { zh: '无', en: 'none' } : { zh: text, en: text });
const shown = (value: string | undefined): Text =>
  value === undefined ? { zh: '未设置', en: 'not set' } : { zh: '某值', en: 'a value' };
const another: Text = { zh: '另一个值', en: 'another value' };

/** A difference as a person reads it; a description holds nothing but text and marks. */
export const describeDifference = ({ setting, from, to }: Difference): Text => change(setting, from, to);
