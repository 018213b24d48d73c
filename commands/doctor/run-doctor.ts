import { parseEnv } from 'node:util';
import { Failure } from '../../shared/errors.ts';
import { type Environment, secretsOf } from '../../shared/runtime/config.ts';
import { type ExitCode, runCommand, type Shell } from '../shell/run-command.ts';
import { type DoctorArguments, parseDoctorArguments, usage } from './arguments.ts';
import { checks } from './checks.ts';
import { deployedAddresses } from './deployed-addresses.ts';
import { createExamination, type DoctorSurroundings, type Examination, production } from './examination.ts';
import { httpFunctionsOf } from './http-functions.ts';
import { isHealthy, reportDocument, reportLines } from './report.ts';
import { runChecks } from './run-checks.ts';

/**
 * Looks at the deployment that the environment describes, changes nothing, and says of each thing whether it is in
 * order. From the root of the repository, where npm runs scripts.
 */
export async function runDoctor(
  argv: readonly string[],
  shell: Shell,
  surroundings: DoctorSurroundings = production,
): Promise<ExitCode> {
  let healthy = false;
  const code = await runCommand(shell, async () => {
    const ids = checks.map(({ id }) => id);
    const given = parseDoctorArguments(argv, shell.env, ids);
    const examination = await examine(given, shell.env, surroundings);
    try {
      const items = await runChecks(checks, examination, given.skip);
      const options = { language: given.language, secrets: secretsOf(examination.env) };
      if (given.json) shell.print(reportDocument(items, options));
      else for (const line of reportLines(items, options)) shell.print(line);
      healthy = isHealthy(items);
    } finally {
      await examination.close();
    }
  });
  if (code === 2) shell.tell(usage);
  return code === 0 && !healthy ? 1 : code;
}

/** As a deployment of the stage has it: the environment goes before the files, and an option before all of them. */
async function examine(
  given: DoctorArguments,
  shellEnv: Environment,
  surroundings: DoctorSurroundings,
): Promise<Examination> {
  const read = (path: string) => readText(path, surroundings);
  const httpFunctions = httpFunctionsOf(await read('serverless.yml'));
  const ofStage = given.stage === null ? {} : parseEnv(await read(`.env.${given.stage}`));
  const deployed = deployedAddresses(given.info === null ? '' : await read(given.info), httpFunctions);
  const env = { ...deployed.env, ...ofStage, ...shellEnv };
  const urls = new Map([...deployed.urls, ...given.urls]);
  return createExamination(env, { ...given, urls }, httpFunctions, surroundings);
}

async function readText(path: string, { readFile }: DoctorSurroundings): Promise<string> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Failure('Misconfigured', { detail: `${path} cannot be read`, cause });
  }
}
