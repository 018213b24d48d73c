import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { Failure } from '../../shared/errors.ts';
import { type Environment, secretsOf } from '../../shared/runtime/config.ts';
import { type ExitCode, runCommand, type Shell } from '../shell/run-command.ts';
import { parseDoctorArguments, usage } from './arguments.ts';
import { checks } from './checks.ts';
import { createExamination, type DoctorSurroundings, production } from './examination.ts';
import { httpFunctionsOf } from './http-functions.ts';
import { isHealthy, reportDocument, reportLines } from './report.ts';
import { runChecks } from './run-checks.ts';

/** From the root of the repository, where npm runs scripts. */
const ofRepository: DoctorSurroundings = {
  ...production,
  serviceFile: () => readFile('serverless.yml', 'utf8'),
  stageFile: (stage) => readFile(`.env.${stage}`, 'utf8'),
};

/** Looks at the deployment that the environment describes, changes nothing, and says of each thing whether it is in order. */
export async function runDoctor(
  argv: readonly string[],
  shell: Shell,
  surroundings: DoctorSurroundings = ofRepository,
): Promise<ExitCode> {
  let healthy = false;
  const code = await runCommand(shell, async () => {
    const ids = checks.map(({ id }) => id);
    const given = parseDoctorArguments(argv, shell.env, ids);
    const env = await environmentOf(given.stage, shell.env, surroundings);
    const httpFunctions = httpFunctionsOf(await surroundings.serviceFile());
    const examination = createExamination(env, given, httpFunctions, surroundings);
    try {
      const items = await runChecks(checks, examination, given.skip);
      const options = { language: given.language, secrets: secretsOf(env) };
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

/** As a deployment of the stage has it: the environment goes before the file. */
async function environmentOf(
  stage: string | null,
  env: Environment,
  { stageFile }: DoctorSurroundings,
): Promise<Environment> {
  if (stage === null) return env;
  try {
    return { ...parseEnv(await stageFile(stage)), ...env };
  } catch (cause) {
    throw new Failure('Misconfigured', { detail: `.env.${stage} cannot be read`, cause });
  }
}
