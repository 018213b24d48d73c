import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDatabase } from '../local/database.ts';
import { bareEnvironment, runNode, startNode } from './child.ts';

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

export interface CreateEnvironment {
  /** Environment variables of the create function. */
  env: Record<string, string>;
  upstreamPort: string;
  close(): Promise<void>;
}

/** A loopback upstream and a migrated database: the one of `DATABASE_URL`, or an embedded one. */
export async function openCreateEnvironment(): Promise<CreateEnvironment> {
  const { line: upstreamPort, child } = await startNode([resolve('dist/bench/loopback-upstream.mjs')]);
  const directory = await mkdtemp(join(tmpdir(), 'qianma-bench-'));
  const given = process.env['DATABASE_URL'];
  const embedded = given === undefined ? await openDatabase({ dataDirectory: directory }) : undefined;
  await embedded?.ready;
  const env = bareEnvironment({
    API_KEY_HASH: createHash('sha256').update(benchKey).digest('hex'),
    DATABASE_URL: given ?? embedded?.url ?? '',
    ESS_APP_ID: createBody.Agent.AppId,
    ESS_ENDPOINT: `http://127.0.0.1:${upstreamPort}`,
    // What a call costs is measured, not how long upstream's limit makes it wait.
    ESS_REQUESTS_PER_SECOND: '1000000',
    ESS_SECRET_ID: 'AKIDqianmalocal000000000000000000000',
    ESS_SECRET_KEY: 'qianmalocalsecretkey000000000000',
    PUBLIC_BASE_URL: 'http://127.0.0.1:9000',
  });
  const migrate = `require(${JSON.stringify(resolve('dist/migrate-database/index.js'))}).main_handler({}, {}).then(() => process.exit(0))`;
  await runNode(['-e', migrate], env);
  return {
    env,
    upstreamPort,
    async close() {
      child.kill();
      await embedded?.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
