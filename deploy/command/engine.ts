/**
 * The engine of Serverless Devs under `npm run deploy`, without its network, its log files and its lines. The program
 * and the component meet in a {@link Handover}.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type coreModule from '@serverless-devs/core';
import * as z from 'zod/mini';
import { readYaml } from '../../shared/scf/read-yaml.ts';
import type { ExitCode } from '../../shared/shell/run-command.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import { readTextFile } from '../../shared/shell/text-file.ts';
import { inLanguage } from '../../shared/text.ts';
import type { Method } from './arguments.ts';
import { accessVariable } from './credentials.ts';
import { type Handover, hand } from './handover.ts';

/** Has the engine run the component on all services. @throws what the engine throws before it comes to the component */
export async function throughEngine(
  method: Method,
  configPath: string,
  command: { argv: readonly string[]; shell: Shell },
): Promise<ExitCode> {
  const serverName = await firstService(configPath);
  const home = mkdtempSync(join(tmpdir(), 'qianma-deploy-'));
  // No registry, which also means no telemetry; no log files, and no process beside ours that tidies them up.
  process.env['serverless_devs_config_home'] = home;
  process.env['default_serverless_devs_registry_mode'] = 'local';
  process.env['SERVERLESS_DEVS_CICD'] = 'true';
  // The engine would ask for them at the terminal; the component reads them itself, also from the file of the stage.
  const ownAccess = process.env[accessVariable];
  process.env[accessVariable] ??= '{}';
  const { write } = process.stdout;
  const print: Shell['print'] = (line) =>
    void write.call(process.stdout, `${inLanguage(line, command.shell.language)}\n`);
  // The handover has the environment as it was.
  const env = { ...process.env, [accessVariable]: ownAccess };
  const run: Handover = { argv: command.argv, shell: { ...command.shell, env, print } };
  hand(run);
  process.stdout.write = () => true;
  try {
    // CommonJS of 2 MB: as a module it would be read twice more, for its format and for its names.
    const core: typeof coreModule = createRequire(import.meta.url)('@serverless-devs/core');
    await core.execCommand({
      syaml: configPath,
      method,
      serverName,
      globalArgs: { access: accessVariable, debug: false },
    });
  } finally {
    process.stdout.write = write;
    hand(undefined);
    rmSync(home, { recursive: true, force: true });
  }
  if (run.exitCode === undefined) throw new Error('the engine of Serverless Devs did not run the component');
  return run.exitCode;
}

const outline = z.looseObject({ services: z.record(z.string(), z.unknown()) });

/** The engine is asked for one service, and the component does all of them. */
async function firstService(configPath: string): Promise<string> {
  const { services } = readYaml(await readTextFile(configPath), {
    fileName: 'serverless.yml',
    schema: outline,
    prepare: (content) => content,
    isNeeded: () => false,
  });
  return Object.keys(services)[0] ?? '';
}
