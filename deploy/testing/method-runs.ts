/** Methods as a person runs them, in a folder of their own and on the model of the cloud. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { recordedShell } from '../../shared/shell/testing/recorded-shell.ts';
import type { Language } from '../../shared/text.ts';
import { type Method, readDeployArguments } from '../command/arguments.ts';
import { runMethod } from '../command/run-method.ts';
import type { World } from '../command/task.ts';
import { type CloudModel, createCloudModel, isWrite } from './cloud-model.ts';
import { createTestClock, projectYaml, secret } from './project.ts';

export const credentials = { AccountID: '1', SecretID: 'AKIDofNobody', SecretKey: 'key-of-nobody' };
export const services = ['stable-link', 'callback-handler', 'renew-expired-codes', 'migrate-database'];

interface Changes {
  credentials?: unknown;
  only?: string;
  answer?: string;
  language?: Language;
}

interface MethodRuns {
  folder: string;
  model: CloudModel;
  env: Record<string, string>;
  /** How each function answers. */
  answer: () => Promise<Response>;
  /** What the last run has printed and asked. */
  lines: string[];
  asked: string[];
  run(method: Method, options?: string[], changes?: Changes): ReturnType<typeof runMethod>;
  writes(): string[];
}

export function methodRuns(): MethodRuns {
  const runs: MethodRuns = Object.assign(Object.create(null), {
    run(method: Method, options: string[] = ['--stage', 'dev'], changes: Changes = {}) {
      const { only, language = 'en' } = changes;
      const shell = recordedShell(runs.env, {
        language,
        ...('answer' in changes && { answer: changes.answer ?? '' }),
      });
      Object.assign(runs, { asked: shell.asked, lines: shell.printed });
      const world: World = {
        shell,
        clock: createTestClock(),
        fetch: () => runs.answer(),
        createApi: () => runs.model.api,
      };
      const args = readDeployArguments([method, ...options]);
      const given = 'credentials' in changes ? changes.credentials : credentials;
      const configPath = join(runs.folder, 'serverless.yml');
      return runMethod({ args, configPath, credentials: given, only }, world);
    },
    writes: () =>
      runs.model.calls
        .filter(isWrite)
        .map(({ action, parameters }) => `${action} ${parameters['FunctionName']}`),
  });
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'qianma-method-'));
    Object.assign(runs, {
      folder,
      model: createCloudModel(),
      env: { DATABASE_URL: secret },
      answer: async () => new Response('', { status: 401 }),
    });
    writeFileSync(join(folder, 'serverless.yml'), projectYaml());
    for (const name of services) {
      mkdirSync(join(folder, 'dist', name), { recursive: true });
      writeFileSync(join(folder, 'dist', name, 'index.js'), `// ${name}`);
    }
  });
  afterEach(() => rmSync(runs.folder, { recursive: true, force: true }));
  return runs;
}
