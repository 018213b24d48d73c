import { credentials } from '../../../local/cloud-api/credentials.ts';
import { exampleAgent } from '../../../local/essbasic/seeds/organisations.ts';
import type { Environment } from '../../../shared/runtime/config.ts';
import type { Database } from '../../../shared/store/postgres/database.ts';
import type { DoctorArguments } from '../arguments.ts';
import type { Check, Finding } from '../check.ts';
import { createExamination, type DoctorSurroundings, production } from '../examination.ts';
import { runChecks } from '../run-checks.ts';

/** An environment in which nothing is wrong; a test that needs upstream or the functions sets their addresses. */
export const soundEnvironment = {
  ESS_SECRET_ID: credentials[0].secretId,
  ESS_SECRET_KEY: credentials[0].secretKey,
  ESS_APP_ID: exampleAgent.AppId,
  ESS_ENDPOINT: 'http://127.0.0.1:1',
  ESS_CALLBACK_KEYS: 'MADEUPKEYOFTHETESTS0000000000001,MADEUPKEYOFTHETESTS0000000000002',
  ESS_CALLBACK_TOKENS: 'made-up-token-1,made-up-token-2',
  DATABASE_URL: 'postgresql://app:geheim@127.0.0.1:1/app',
  REGISTER_KEYS: Buffer.alloc(32, 7).toString('base64'),
  PUBLIC_BASE_URL: 'http://127.0.0.1:1',
} as const satisfies Environment;

export const exampleOperator = {
  organization: exampleAgent.ProxyOrganizationOpenId,
  operator: exampleAgent.ProxyOperator.OpenId,
};

export interface Circumstances {
  env?: Environment;
  given?: Partial<DoctorArguments>;
  /** In the place of the one that DATABASE_URL names. It is not closed. */
  db?: Database;
  http?: DoctorSurroundings['http'];
  httpFunctions?: readonly string[];
}

/** What a check finds when those that it needs have gone well. */
export async function examined(check: Check, circumstances: Circumstances = {}): Promise<Finding> {
  const { env = {}, given = {}, db, http = production.http, httpFunctions = [] } = circumstances;
  const nothing: DoctorArguments = {
    agent: null,
    template: null,
    stage: null,
    info: null,
    urls: new Map(),
    skip: new Set(),
    json: false,
    language: 'en',
  };
  const examination = createExamination(
    { ...soundEnvironment, ...env },
    { ...nothing, ...given },
    httpFunctions,
    {
      ...production,
      http,
      ...(db !== undefined && { openDatabase: () => ({ ...db, close: async () => {} }) }),
      readOptional: async () => '',
    },
  );
  try {
    const [item] = await runChecks([{ ...check, needs: [] }], examination, new Set());
    if (item === undefined) throw new Error('A check makes an item');
    const { id: _, ...finding } = item;
    return finding;
  } finally {
    await examination.close();
  }
}
