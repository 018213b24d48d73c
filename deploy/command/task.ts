import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure, listed, type Problem } from '../../shared/errors.ts';
import { readConfig, type VariableName, variables } from '../../shared/runtime/config.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { type Project, readProjectFile } from '../../shared/scf/project-file.ts';
import { misconfigured } from '../../shared/scf/read-yaml.ts';
import { notesOnValues, readStageValues, type StageValues } from '../../shared/scf/stage-values.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import { readOptionalFile, readTextFile } from '../../shared/shell/text-file.ts';
import { inBoth, type Text } from '../../shared/text.ts';
import { type Clock, systemClock } from '../cloud/clock.ts';
import { type CloudApi, type CloudApiOptions, createCloudApi, defaultEndpoint } from '../cloud/cloud-api.ts';
import { packageCode } from '../cloud/package-code.ts';
import { createPatientApi } from '../cloud/patient-api.ts';
import { type DesiredState, desiredState } from '../plan/desired-state.ts';
import type { Note } from '../plan/plan.ts';
import { isWired } from '../plan/wired-variables.ts';
import type { DeployArguments } from './arguments.ts';
import { accessVariable, readCredentials } from './credentials.ts';
import { createReport, type Report } from './report.ts';

/** What is asked for. */
export interface Request {
  args: DeployArguments;
  /** The path of `serverless.yml`. */
  configPath: string;
  /** As the engine of Serverless Devs hands them over; left out: those of the values. */
  credentials?: unknown;
  /** One service alone; undefined: all. */
  only?: string | undefined;
}

/** What a method has of the world. */
export interface World {
  shell: Shell;
  clock: Clock;
  fetch: typeof fetch;
  createApi: (options: CloudApiOptions) => CloudApi;
}

export const productionWorld: Omit<World, 'shell'> = { clock: systemClock, fetch, createApi: createCloudApi };

/** All that a method works on. */
export interface Task {
  request: Request;
  project: Project;
  desired: DesiredState;
  api: CloudApi;
  world: World;
  report: Report;
  /** What a person should know of the values. */
  notes: readonly Note[];
  /** Variables that the functions cannot do without or cannot use. */
  variableProblems: readonly Problem[];
}

export interface Result {
  /** How many calls were made that write. */
  calls: number;
  text: Text;
  failed: readonly Note[];
  publicBaseUrl?: string;
  callbackUrl?: string;
}

/** Variables of functions whose values may be shown. */
const shown = new Set([
  ...['PUBLIC_BASE_URL', 'CALLBACK_BASE_URL', 'ESS_ENDPOINT'],
  ...['CONSOLE_ORIGIN', 'CORS_ORIGINS', 'FUNCTION_URLS'],
]);

/** Reads everything that a method needs from this machine. Throws `Misconfigured` with all that is wrong at once. */
export async function openTask(request: Request, world: World): Promise<Task> {
  const { args, configPath } = request;
  const { env, language, print } = world.shell;
  const stage = await readStageValues(dirname(configPath), args.stage ?? env['STAGE'], env, readOptionalFile);
  const { values } = stage;
  const yaml = await readTextFile(configPath);
  const { credentials, state } = together({
    credentials: () => readCredentials(request.credentials ?? values[accessVariable]),
    state: () => readDesired(request, yaml, values),
  });
  const { project, desired } = state;
  const { clock } = world;
  const endpoint = values['QIANMA_SCF_ENDPOINT'] || defaultEndpoint;
  const api = world.createApi({ endpoint, region: project.region, credentials, clock });
  const secrets = [credentials.secretKey, ...secretsOf(desired)];
  const report = createReport({ json: args.json, language, print, prefix: desired.prefix, secrets });
  const notes = notesOnValues(stage).map((text) => ({ target: `${desired.prefix}*`, text }));
  const variableProblems = problemsOf(request, project, values);
  return {
    request,
    project,
    desired,
    api: createPatientApi(api, clock),
    world,
    report,
    notes,
    variableProblems,
  };
}

function readDesired(request: Request, yaml: string, values: StageValues['values']) {
  const project = readProjectFile(yaml, values);
  const { prune, replace } = request.args;
  const packageOf = packagesOf(request, project);
  return { project, desired: desiredState({ project, packageOf, values, prune, replace }) };
}

/** Reads one thing after the other, and throws what is wrong with all of them in one failure. */
function together<T extends Record<string, unknown>>(readers: { [K in keyof T]: () => T[K] }): T {
  const failures: Failure[] = [];
  const read = Object.entries(readers).map(([name, reader]) => {
    try {
      return [name, reader()];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
      return [name, undefined];
    }
  });
  if (failures.length === 0) return Object.fromEntries(read) as T; // every reader has read
  const detail = inBoth((language) => failures.map((failure) => failure.sentence(language)).join('; '));
  throw new Failure('Misconfigured', { detail, problems: failures.flatMap(({ problems }) => problems) });
}

/** Nothing but an upload needs the code. */
function packagesOf({ args: { method }, configPath }: Request, { functions }: Project) {
  const folderOf = (name: string) => join(dirname(configPath), 'dist', name);
  const none = { zip: new Uint8Array(), sha256: '' };
  if (method !== 'deploy' && method !== 'plan') return () => none;
  const missing = functions.filter(({ name }) => !existsSync(join(folderOf(name), 'index.js')));
  if (missing.length > 0) {
    const message = { zh: '尚未构建：npm run build', en: 'is not built: npm run build' };
    const problems = missing.map(({ name }) => ({ path: `services.${name}`, message }));
    throw misconfigured('serverless.yml', problems);
  }
  return (name: string) => packageCode(folderOf(name));
}

/** The functions would refuse to work with these; those that the deployment finds out are not among them. */
function problemsOf({ only }: Request, { functions }: Project, values: StageValues['values']): Problem[] {
  const needed = functions
    .filter(({ name }) => only === undefined || name === only)
    .flatMap(({ environment }) => environment)
    .filter((name): name is VariableName => Object.hasOwn(variables, name))
    .filter((name) => values[name] || !isWired(name));
  const sealing = needed.includes('REGISTER_KEYS') ? () => createSeal(values['REGISTER_KEYS']) : () => {};
  return [...problemsIn(() => readConfig(values, needed)), ...problemsIn(sealing)];
}

function problemsIn(reader: () => unknown): readonly Problem[] {
  try {
    reader();
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.problems.length > 0
      ? error.problems
      : [{ path: '', message: inBoth((language) => error.sentence(language)) }];
  }
}

function secretsOf({ functions }: DesiredState): string[] {
  const values = functions.flatMap(({ environment }) =>
    Object.entries(environment).flatMap(([name, value]) =>
      shown.has(name) ? [] : [value, ...value.split(',')],
    ),
  );
  return [...new Set(values)];
}

/** A problem of a variable as a note. */
export const problemNote = (problem: Problem, target: string): Note => ({ target, text: listed([problem]) });
