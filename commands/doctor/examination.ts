import { readFile } from 'node:fs/promises';
import { DescribeTemplates } from '../../shared/contract/DescribeTemplates.ts';
import { type Environment, readConfig } from '../../shared/runtime/config.ts';
import type { Language } from '../../shared/runtime/language.ts';
import type { Database } from '../../shared/store/database.ts';
import { openPgDatabase } from '../../shared/store/pg-database.ts';
import { configuredUpstream, upstreamVariables } from '../../shared/upstream/configured-upstream.ts';
import type { Upstream } from '../../shared/upstream/create-upstream.ts';
import { createWindowLimiter } from '../../shared/upstream/limiter.ts';
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
  /** The text of a file. @throws what the system throws */
  readFile(path: string): Promise<string>;
}

export const production: DoctorSurroundings = {
  openDatabase: openPgDatabase,
  http: createHttpProbe(Date.now),
  nowMs: Date.now,
  readFile: (path) => readFile(path, 'utf8'),
};

/** For one call, its connection included. */
export const callTimeMs = 15_000;

/** Nobody's: upstream's own ids have another form. */
const nobody = { organization: 'qianma-doctor', operator: 'qianma-doctor' };

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
    return configuredUpstream(config, createWindowLimiter({ requestsPerSecondOf: () => 1 }));
  }

  async function call(): Promise<void> {
    const { organization, operator } = agent ?? nobody;
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
