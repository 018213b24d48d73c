import type { AsynchronousRetry, Tag, Variable } from '../schemas/structs.ts';
import type { Life } from './life.ts';
import type { ArchivedFile } from './zip-archive.ts';

/** What `UpdateFunctionConfiguration` can change, with the members as they are answered. */
export interface Configuration {
  Description: string;
  MemorySize: number;
  Timeout: number;
  InitTimeout: number;
  Environment: { Variables: readonly Variable[] };
  VpcConfig: { VpcId: string; SubnetId: string };
  Role: string;
  InstallDependency: string;
  ClsLogsetId: string;
  ClsTopicId: string;
  DeadLetterConfig: { Type: string; Name: string; FilterType: string };
  PublicNetConfig: {
    PublicNetStatus: string;
    EipConfig: { EipStatus: string; EipAddress: readonly string[] };
  };
  L5Enable: string;
  DnsCache: string;
  IntranetConfig: { IpFixed: string; IpAddress: readonly string[] };
}

export interface Code {
  files: readonly ArchivedFile[];
  /** Of the archive. */
  sizeBytes: number;
  /** Of the archive, in hex. */
  sha256: string;
}

/** What runs: replaced as a whole when an update has come to its end. */
export interface Content {
  handler: string;
  configuration: Configuration;
  code: Code;
}

export const latestVersion = '$LATEST';
export const defaultAlias = '$DEFAULT';

/** `$LATEST`, or what was published as `1`, `2` …, which never changes again. */
export interface Version {
  name: string;
  /** Of the version; that of the function is part of the configuration. */
  description: string;
  addedMs: number;
  changedMs: number;
  life: Life;
  content: Content;
  /** What an update under way will bring. */
  next?: { content: Content; publish: boolean };
}

interface Weight {
  Version: string;
  Weight: number;
}

export interface Alias {
  name: string;
  version: string;
  description: string;
  weights: readonly Weight[];
  matches: readonly Readonly<Record<'Version' | 'Key' | 'Method' | 'Expression', string>>[];
  addedMs: number;
  changedMs: number;
}

interface TriggerFacts {
  name: string;
  qualifier: string;
  enabled: boolean;
  description: string;
  addedMs: number;
  changedMs: number;
}

export interface TimerTriggerRecord extends TriggerFacts {
  type: 'timer';
  cron: string;
  argument: string;
}

export interface HttpTriggerRecord extends TriggerFacts {
  type: 'http';
  urlId: string;
  /** As it was sent, but for the URLs. */
  desc: HttpDesc;
  /** Observations until the URLs are shown. */
  pollsLeft: number;
}

export interface CorsConfig {
  Enable: boolean;
  Origins?: readonly string[] | undefined;
  Headers?: readonly string[] | undefined;
  Methods?: readonly string[] | undefined;
  ExposeHeaders?: readonly string[] | undefined;
  MaxAge?: number | undefined;
  Credentials?: boolean | undefined;
}

export interface HttpDesc {
  AuthType: 'NONE' | 'CAM';
  NetConfig: { EnableIntranet: boolean; EnableExtranet: boolean };
  CorsConfig?: CorsConfig | undefined;
  ApiGwCompatible?: boolean | undefined;
  EnableSimpleMode?: boolean | undefined;
}

export type TriggerRecord = TimerTriggerRecord | HttpTriggerRecord;

export interface FunctionRecord {
  name: string;
  functionId: string;
  runtime: string;
  tags: readonly Tag[];
  asyncRunEnable: string;
  traceEnable: string;
  latest: Version;
  published: Map<string, Version>;
  publishedCount: number;
  aliases: Map<string, Alias>;
  triggers: TriggerRecord[];
  /** MB of all instances together; undefined where nothing is reserved. */
  reservedMb: number | undefined;
  /** By version: instances, kept warm. */
  provisioned: Map<string, number>;
  retry: AsynchronousRetry;
  addedMs: number;
  changedMs: number;
}
