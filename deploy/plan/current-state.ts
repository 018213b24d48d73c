import type { Text } from '../../shared/text.ts';
import type { Configuration } from './configuration.ts';
import type { CodeMark, ReleaseMark } from './release-marks.ts';

/** What the cloud has of one function. Each part is read by one action, and read again after what changes it. */
export interface CurrentFunction extends FunctionPart {
  triggers: readonly CurrentTrigger[];
  versions: readonly CurrentVersion[];
  /** Where the alias `$DEFAULT` leads; undefined where there is none. */
  served: { version: string; isSplit: boolean } | undefined;
  asyncRetry: { attempts: number; maxAgeS: number };
  /** 0: none. */
  reservedConcurrencyMb: number;
  provisioned: readonly { version: string; count: number }[];
  /** The release whose migration this run has done. */
  migratedTo: string | undefined;
}

/** What `GetFunction` answers. */
export interface FunctionPart {
  status: string;
  /** Why, where the platform says it. */
  statusReason: string;
  type: string;
  runtime: string;
  handler: string;
  configuration: Configuration;
  code: CodeMark | undefined;
  codeSize: number;
  tags: Readonly<Record<string, string>>;
  /** Settings that are not described in `serverless.yml` and not as the platform has them by default. */
  undescribed: readonly string[];
}

export interface CurrentTrigger {
  type: string;
  name: string;
  qualifier: string;
  isEnabled: boolean;
  /** In one form for what is sent and what is returned, see `trigger-description.ts`. */
  description: string;
  argument: string;
  /** Of a Function URL; empty as long as the platform has not given it. */
  url: string;
}

export interface CurrentVersion {
  version: string;
  status: string;
  mark: ReleaseMark | undefined;
}

export interface CurrentDomain {
  protocol: string;
  certificateId: string;
  endpoints: readonly Endpoint[];
}

export interface Endpoint {
  namespace: string;
  functionName: string;
  qualifier: string;
  path: string;
}

export interface CurrentState {
  /** By name in the cloud: those of the file that are there, and others of the same project and stage. */
  functions: Readonly<Record<string, CurrentFunction>>;
  /** By name: the one of the file where it is there, and all others that lead to a function of this stage. */
  domains: Readonly<Record<string, CurrentDomain>>;
}

/** The alias that triggers lead to: one switch puts a new version before all callers, or takes it back. */
export const servedAlias = '$DEFAULT';

const changing = new Set(['Creating', 'Updating', 'Publishing', 'Deleting', 'Pending']);
/** Nothing can be done to a function until this is over. */
export const isChanging = (status: string) => changing.has(status);

export function statusText({ status, statusReason }: Pick<CurrentFunction, 'status' | 'statusReason'>): Text {
  const why = statusReason && `: ${statusReason}`;
  return { zh: `状态为 ${status}${why}`, en: `is ${status}${why}` };
}

/** The highest version that a deployment published, and that can serve. */
export function newestRelease({
  versions,
}: {
  versions: readonly CurrentVersion[];
}): CurrentVersion | undefined {
  return versions
    .filter(({ mark, status }) => mark !== undefined && status !== 'PublishFailed')
    .reduce<CurrentVersion | undefined>(
      (newest, version) => (Number(version.version) > Number(newest?.version ?? 0) ? version : newest),
      undefined,
    );
}
