import type { DeployedAddresses } from '../../deploy/command/addresses.ts';
import { accessVariable } from '../../deploy/command/credentials.ts';
import { Failure } from '../../shared/errors.ts';
import { type Environment, secretsOf } from '../../shared/runtime/config.ts';
import { readServiceFile } from '../../shared/scf/service-file.ts';
import { notesOnValues, readStageValues } from '../../shared/scf/stage-values.ts';
import { failureText } from '../../shared/shell/failure-text.ts';
import { type ExitCode, runCommand } from '../../shared/shell/run-command.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import { type DoctorArguments, parseDoctorArguments, usage } from './arguments.ts';
import { checks } from './checks.ts';
import { readDeployInfo } from './deploy-info.ts';
import { createExamination, type DoctorSurroundings, type Examination, production } from './examination.ts';
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
  let isIll = false;
  const code = await runCommand({ argv, shell, usage }, async () => {
    const ids = checks.map(({ id }) => id);
    const given = parseDoctorArguments(argv, shell.language, ids);
    const examination = await examine(given, shell, surroundings);
    try {
      const items = await runChecks(checks, examination, given.skip);
      const options = { language: given.language, secrets: secretsOf(examination.env) };
      if (given.json) shell.print(reportDocument(items, options));
      else for (const line of reportLines(items, options)) shell.print(line);
      isIll = !isHealthy(items);
    } finally {
      await examination.close();
    }
  });
  return isIll ? 1 : code;
}

/**
 * As a deployment of the stage has it: the environment goes before the file of the stage, both before the addresses of
 * the deployment, and an option before all of them.
 */
async function examine(
  given: DoctorArguments,
  shell: Shell,
  surroundings: DoctorSurroundings,
): Promise<Examination> {
  const httpFunctions = httpFunctionsOf(await readNeeded('serverless.yml', surroundings));
  const stage = given.stage ?? shell.env['STAGE'];
  const stageValues = await readStageValues('.', stage, shell.env, surroundings.readOptional);
  for (const note of notesOnValues(stageValues)) shell.tell(note);
  const { values } = stageValues;
  const deployed =
    given.info === null
      ? await askedAddresses(stage, values, shell, surroundings)
      : readDeployInfo(await readNeeded(given.info, surroundings), httpFunctions);
  const urls = new Map([...deployed.urls, ...given.urls]);
  return createExamination({ ...deployed.env, ...values }, { ...given, urls }, httpFunctions, surroundings);
}

/** Where the deployment is reached, by itself: the key of the deployer, and no other, can ask for it. */
async function askedAddresses(
  stage: string | undefined,
  values: Environment,
  shell: Shell,
  { askDeployment }: DoctorSurroundings,
): Promise<DeployedAddresses> {
  const unknown = { urls: new Map<string, string>(), env: {} };
  if (!stage || values[accessVariable] === undefined) return unknown;
  try {
    return await askDeployment(stage, shell);
  } catch (error) {
    const why = failureText(error);
    shell.tell({
      zh: `无法得知部署的地址（${why.zh}）：可用 --info 给出`,
      en: `where the deployment is reached could not be asked (${why.en}): give it with --info`,
    });
    return unknown;
  }
}

/** Names of the functions that a service description gives a URL. */
function httpFunctionsOf(serviceFile: string): string[] {
  return readServiceFile(serviceFile)
    .filter(({ triggers }) => triggers.some(({ type }) => type === 'http'))
    .map(({ name }) => name);
}

async function readNeeded(path: string, { readOptional }: DoctorSurroundings): Promise<string> {
  const text = await readOptional(path);
  if (text !== undefined) return text;
  throw new Failure('Misconfigured', { detail: { zh: `${path} 不存在`, en: `${path} is not there` } });
}
