/** Which calls are let in: all, or only those that the cloud account signed. */
type Auth = 'NONE' | 'CAM';

/** What the platform itself answers to a browser. Without it, `OPTIONS` reaches the function. */
export interface CorsRules {
  origins: readonly string[];
  methods?: readonly string[] | undefined;
  headers?: readonly string[] | undefined;
  exposeHeaders?: readonly string[] | undefined;
  maxAgeS?: number | undefined;
  credentials?: boolean | undefined;
}

export interface HttpTrigger {
  type: 'http';
  /** `NONE` where it is left out. */
  auth?: Auth | undefined;
  cors?: CorsRules | undefined;
  /** What else leads here on a host that several functions share; `/<FunctionName>` always does. */
  paths?: readonly `/${string}/*`[] | undefined;
}

export interface TimerTrigger {
  type: 'timer';
  name: string;
  /** Seven fields, in UTC+8. */
  cron: string;
  /** Arrives as `Message`; at most 4 KB. */
  argument: string;
}

/** One cloud function, as `serverless.yml` describes it: what it needs to run, in the cloud or elsewhere. */
export interface FunctionService {
  name: string;
  /** `<file>.<export>`, the file without its extension. */
  handler: string;
  memoryMb: number;
  timeoutS: number;
  /** Names of the environment variables that the function is given, as far as they have a value. */
  environment: readonly string[];
  triggers: readonly (HttpTrigger | TimerTrigger)[];
}

/** The settings of a function that only the cloud needs. An undefined member stays as the platform has it. */
export interface CloudSettings {
  /** Such as `Nodejs20.19`. */
  runtime: string;
  description: string;
  region: string;
  namespace: string;
  stage: string;
  vpc: { vpcId: string; subnetId: string } | undefined;
  publicNetwork: boolean;
  role: string | undefined;
  /** `none`: logs go nowhere, and cost nothing. */
  log: { logsetId: string; topicId: string } | 'none' | undefined;
  /** Of asynchronous events, which is what timers send. */
  asyncRetry: { attempts: number; maxAgeS: number } | undefined;
  /** Cap and guarantee in one, in MB of all instances together. */
  reservedConcurrencyMb: number | undefined;
  /** Instances that are kept warm. */
  provisionedConcurrency: number | undefined;
  tags: Readonly<Record<string, string>>;
}
