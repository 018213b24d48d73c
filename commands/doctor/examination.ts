import { resolve } from 'node:path';
import { askAddresses, type DeployedAddresses } from '../../deploy/command/addresses.ts';
import { readDeployArguments } from '../../deploy/command/arguments.ts';
import { productionWorld } from '../../deploy/command/task.ts';
import { DescribeTemplates } from '../../shared/essbasic/DescribeTemplates.ts';
import { type Environment, readConfig } from '../../shared/runtime/config.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import { readOptionalFile } from '../../shared/shell/text-file.ts';
import type { Database } from '../../shared/store/postgres/database.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';
import type { Language } from '../../shared/text.ts';
import { configuredUpstream } from '../../shared/upstream/configured-upstream.ts';
import type { Upstream } from '../../shared/upstream/create-upstream.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import type { DoctorArguments } from './arguments.ts';
import { createHttpProbe, type HttpProbe } from './http-probe.ts';

/** What the checks look at: the deployment, and what they have learned of it together. */
export interface Examination {
  readonly env: Environment;
  readonly agent: DoctorArguments['agent'];
  readonly template: string | null;
  readonly language: Language;
  /** Functions that are reached over HTTP, by the service description. */
  readonly httpFunctions: readonly string[];
  /** Where a function is said to be, or undefined. */
  urlOf(functionName: string): string | undefined;
  http: HttpProbe;
  nowMs(): number;
  /** Opened when first asked for. */
  database(): Database;
  upstream(): Upstream;
  /**
   * One signed call that changes nothing, made once for all who ask. Without an agent it acts for an organisation
   * that does not exist: that the call is refused for this reason shows that its signature was accepted.
   *
   * @throws what the call throws
   */
  trialCall(): Promise<void>;
  close(): Promise<void>;
}

/** What an examination has of the world. */
export interface DoctorSurroundings {
  openDatabase(url: string): Database;
  http: HttpProbe;
  nowMs(): number;
  /** The text of a file; undefined where there is none. @throws what the system throws where it cannot be read */
  readOptional(path: string): Promise<string | undefined>;
  /** Asks the cloud where a stage is reached. @throws what the deployment throws */
  askDeployment(stage: string, shell: Shell): Promise<DeployedAddresses>;
}

export const production: DoctorSurroundings = {
  openDatabase: openPgDatabase,
  http: createHttpProbe(Date.now),
  nowMs: Date.now,
  readOptional: readOptionalFile,
  askDeployment: (stage, shell) => {
    const args = readDeployArguments(['info', '--stage', stage]);
    return askAddresses({ args, configPath: resolve('serverless.yml') }, { ...productionWorld, shell });
  },
};

/** For one call, its connection included. */
export const callTimeMs = 15_000;

/** Ids of no organisation: upstream's own ids have another form. */
const nonexistent = { organization: 'qianma-doctor', operator: 'qianma-doctor' };

/** `ContentType` 1 asks for the list alone, without the fields of each template. */
const listOnly = { ContentType: 1, Limit: 1 };

export function createExamination(
  env: Environment,
  { agent, template, urls, language }: DoctorArguments,
  httpFunctions: readonly string[],
  { openDatabase, http, nowMs }: DoctorSurroundings,
): Examination {
  let opened: Database | undefined;
  let tried: Promise<void> | undefined;

  function database(): Database {
    opened ??= openDatabase(readConfig(env, ['DATABASE_URL']).DATABASE_URL);
    return opened;
  }

  function upstream(): Upstream {
    const config = readConfig(env, upstreamVariables);
    return configuredUpstream(config);
  }

  async function call(): Promise<void> {
    const { organization, operator } = agent ?? nonexistent;
    const Agent = {
      AppId: readConfig(env, ['ESS_APP_ID']).ESS_APP_ID,
      ProxyOrganizationOpenId: organization,
      ProxyOperator: { OpenId: operator },
    };
    await upstream().call(DescribeTemplates, { Agent, ...listOnly }, { deadlineMs: nowMs() + callTimeMs });
  }

  return {
    env,
    agent,
    template,
    language,
    httpFunctions,
    urlOf: (functionName) => urls.get(functionName),
    http,
    nowMs,
    database,
    upstream,
    trialCall() {
      tried ??= call();
      return tried;
    },
    close: async () => opened?.close(),
  };
}
