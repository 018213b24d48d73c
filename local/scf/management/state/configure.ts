import {
  environmentBytes,
  environmentLimitBytes,
  reservedPrefixes,
} from '../../../../shared/scf/environment.ts';
import { type Found, found } from '../../../cloud-api/outcome.ts';
import { refuse } from '../gateway/refuse.ts';
import { beyondQuota, type ConfigurationMembers } from '../schemas/configuration-members.ts';
import type { Environment, Variable } from '../schemas/structs.ts';
import type { Configuration } from './function-record.ts';

/** What a function has of which nothing was said. Memory and times: `scf_models`; the rest as first seen there. */
export const usualConfiguration: Configuration = {
  Description: '',
  MemorySize: 128,
  Timeout: 3,
  InitTimeout: 65,
  Environment: { Variables: [] },
  VpcConfig: { VpcId: '', SubnetId: '' },
  Role: '',
  InstallDependency: 'FALSE',
  ClsLogsetId: '',
  ClsTopicId: '',
  DeadLetterConfig: { Type: '', Name: '', FilterType: '' },
  PublicNetConfig: { PublicNetStatus: 'ENABLE', EipConfig: { EipStatus: 'DISABLE', EipAddress: [] } },
  L5Enable: 'FALSE',
  DnsCache: 'FALSE',
  IntranetConfig: { IpFixed: 'DISABLE', IpAddress: [] },
};

/** Members that a request may hold only as long as they ask for nothing: layers, files, web functions. */
function refusalOfAbsent(request: ConfigurationMembers) {
  const { Layers = [], CfsConfig, ProtocolParams, InstanceConcurrencyConfig } = request;
  // `LayerName: ""` takes all layers away, of which there are none.
  const named = Layers.find(({ LayerName }) => LayerName !== '');
  if (named !== undefined) return refuse('ResourceNotFound.Layer', named.LayerName);
  const instances = CfsConfig?.['CfsInsList'];
  if (Array.isArray(instances) && instances.length > 0) {
    return refuse('UnsupportedOperation', { zh: '此处没有文件系统', en: 'there are no file systems here' });
  }
  if (ProtocolParams !== undefined || InstanceConcurrencyConfig !== undefined) {
    return refuse('UnsupportedOperation', { zh: '仅适用于 Web 函数', en: 'this is for web functions only' });
  }
  return undefined;
}

/** The configuration that a request makes of another. What it does not name stays; what it names is replaced whole. */
export function configured(before: Configuration, request: ConfigurationMembers): Found<Configuration> {
  const beyond = beyondQuota(request);
  if (beyond !== undefined) return refuse(beyond.code, beyond.detail);
  const absent = refusalOfAbsent(request);
  if (absent !== undefined) return absent;
  const environment = environmentOf(before, request.Environment);
  if (!environment.ok) return environment;
  const dead = request.DeadLetterConfig;
  if (dead !== undefined && !/^(CMQ-TOPIC|CMQ-QUEUE|topic|queue|)$/.test(dead.Type)) {
    return refuse('InvalidParameterValue.DeadLetterConfig', 'Type');
  }
  const { PublicNetConfig: net, VpcConfig: vpc, IntranetConfig: intranet } = request;
  return found({
    ...before,
    ...plainMembers(request),
    Environment: { Variables: environment.value },
    ...(vpc && { VpcConfig: { VpcId: vpc.VpcId ?? '', SubnetId: vpc.SubnetId ?? '' } }),
    ...(dead && {
      DeadLetterConfig: { Type: dead.Type, Name: dead.Name, FilterType: dead.FilterType ?? '' },
    }),
    ...(net && {
      PublicNetConfig: {
        PublicNetStatus: net.PublicNetStatus,
        EipConfig: { EipStatus: net.EipConfig?.EipStatus ?? 'DISABLE', EipAddress: [] },
      },
    }),
    ...(intranet && { IntranetConfig: { IpFixed: intranet.IpFixed, IpAddress: [] } }),
  });
}

const plain = [
  'Description',
  'MemorySize',
  'Timeout',
  'InitTimeout',
  'Role',
  'InstallDependency',
  'ClsLogsetId',
  'ClsTopicId',
  'DnsCache',
] as const;

function plainMembers(request: ConfigurationMembers): Partial<Configuration> {
  return definedOf(Object.fromEntries(plain.map((name) => [name, request[name]])));
}

const definedOf = (members: object) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/**
 * The variables are replaced as a whole. No variables change nothing; one whose key and value are empty takes
 * all away.
 */
function environmentOf(before: Configuration, request: Environment | undefined): Found<readonly Variable[]> {
  const variables = request?.Variables ?? [];
  if (variables.length === 0) return found(before.Environment.Variables);
  const [first] = variables;
  if (variables.length === 1 && first?.Key === '' && first.Value === '') return found([]);
  const wrong = variables.find(({ Key }) => !/^[A-Za-z]\w{1,63}$/.test(Key));
  if (wrong !== undefined) {
    return refuse('InvalidParameterValue.Environment', {
      zh: '变量名须为字母开头的 2 至 64 个字母、数字或下划线',
      en: 'a key must be 2 to 64 letters, digits and _, from a letter',
    });
  }
  const reserved = variables.find(({ Key }) => reservedPrefixes.some((prefix) => Key.startsWith(prefix)));
  if (reserved !== undefined) {
    return refuse('InvalidParameterValue.EnvironmentSystemProtect', reserved.Key);
  }
  const record = Object.fromEntries(variables.map(({ Key, Value }) => [Key, Value]));
  if (Object.keys(record).length < variables.length) {
    return refuse('InvalidParameterValue.Environment', {
      zh: '变量名重复',
      en: 'a key is there more than once',
    });
  }
  const bytes = environmentBytes(record);
  if (bytes > environmentLimitBytes) {
    return refuse(
      'InvalidParameterValue.EnvironmentExceededLimit',
      `${bytes} > ${environmentLimitBytes} bytes`,
    );
  }
  return found(variables);
}
