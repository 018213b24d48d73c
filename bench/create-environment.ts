import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { bareEnvironment, runNode, startNode } from './child.ts';
import { openBenchDatabase } from './own-database.ts';

export const benchKey = `qm_${'b'.repeat(12)}_${'k'.repeat(43)}`;

/** The body that the handler and the SDK send alike. */
export const createBody = {
  Agent: {
    AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
    ProxyOrganizationOpenId: 'proxy-org-openid',
    ProxyOperator: { OpenId: 'proxy-operator-openid' },
  },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '劳务合同',
  MaxFlowNum: 100,
  FlowEffectiveDay: 7,
};

/** A create as the platform hands it to the function. */
export const createEvent = {
  httpMethod: 'POST',
  path: '/',
  queryString: {},
  headers: { 'content-type': 'application/json', authorization: `Bearer ${benchKey}` },
  body: JSON.stringify(createBody),
};

export interface CreateEnvironment {
  /** Environment variables of the create function. */
  env: Record<string, string>;
  upstreamPort: string;
  close(): Promise<void>;
}

interface CreateEnvironmentOptions {
  /** One of its own on the server of `DATABASE_URL` unless given, or an embedded one. */
  databaseUrl?: string | undefined;
  /** Where the built functions are that migrate it. */
  dist?: string;
}

/** A loopback upstream and a migrated database. */
export async function openCreateEnvironment({
  databaseUrl,
  dist = 'dist',
}: CreateEnvironmentOptions = {}): Promise<CreateEnvironment> {
  const database = databaseUrl === undefined ? await openBenchDatabase() : undefined;
  const { line: upstreamPort, child } = await startNode([resolve('dist/bench/loopback-upstream.mjs')]).catch(
    async (error: unknown) => {
      await database?.close();
      throw error;
    },
  );
  const env = bareEnvironment({
    API_KEY_HASH: createHash('sha256').update(benchKey).digest('hex'),
    DATABASE_URL: databaseUrl ?? database?.url ?? '',
    ESS_APP_ID: createBody.Agent.AppId,
    ESS_ENDPOINT: `http://127.0.0.1:${upstreamPort}`,
    // What a call costs is measured, not how long upstream's limit makes it wait.
    ESS_REQUESTS_PER_SECOND: '1000000',
    ESS_SECRET_ID: 'AKIDqianmalocal000000000000000000000',
    ESS_SECRET_KEY: 'qianmalocalsecretkey000000000000',
    PUBLIC_BASE_URL: 'http://127.0.0.1:9000',
  });
  const close = async () => {
    child.kill();
    await database?.close();
  };
  const migrate = `require(${JSON.stringify(resolve(dist, 'migrate-database/index.js'))}).main_handler({}, {}).then(() => process.exit(0))`;
  try {
    await runNode(['-e', migrate], env);
  } catch (error) {
    await close();
    throw error;
  }
  return { env, upstreamPort, close };
}
