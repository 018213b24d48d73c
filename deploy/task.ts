import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { Failure } from '../shared/errors.ts';
import { type Project, readProjectFile } from '../shared/scf/project-file.ts';
import { misconfigured } from '../shared/scf/read-yaml.ts';
import { type Arguments, readArguments } from './arguments.ts';
import type { Clock } from './clock.ts';
import { type CloudApi, type CloudApiOptions, type CloudCredentials, defaultEndpoint } from './cloud-api.ts';
import { type DesiredState, desiredState } from './desired-state.ts';
import { packageCode } from './package-code.ts';
import { createPatientApi } from './patient-api.ts';
import type { Note } from './plan.ts';
import { createReport, type Report } from './report.ts';

/** What a method is asked to do. */
export interface Request {
  method: 'deploy' | 'plan' | 'info' | 'rollback' | 'remove';
  /** The path of `serverless.yml`. */
  configPath: string;
  args: readonly string[];
  /** As the engine of Serverless Devs hands them over. */
  credentials: unknown;
  /** One service alone; undefined: all. */
  only: string | undefined;
}

/** What a method has of the world. */
export interface World {
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
  fetch: typeof fetch;
  print: (line: string) => void;
  createApi: (options: CloudApiOptions) => CloudApi;
}

/** All that a method works on. */
export interface Task {
  request: Request;
  args: Arguments;
  project: Project;
  desired: DesiredState;
  api: CloudApi;
  world: World;
  report: Report;
}

export interface Result {
  /** How many calls were made that write. */
  calls: number;
  text: string;
  failed: readonly Note[];
  publicBaseUrl?: string;
  callbackUrl?: string;
}

/** Variables of functions whose values may be shown. */
const shown = new Set(['PUBLIC_BASE_URL', 'CALLBACK_BASE_URL', 'ESS_ENDPOINT', 'CORS_ORIGINS']);

/** Reads everything that a method needs from this machine. Throws `Misconfigured` with all that is wrong at once. */
export function openTask(request: Request, world: World): Task {
  const { configPath } = request;
  const args = readArguments(request.args);
  const values = valuesOf(dirname(configPath), args.stage ?? world.env['STAGE'], world.env);
  const { credentials, state } = together({
    credentials: () => readCredentials(request.credentials),
    state: () => {
      const project = readProjectFile(readFileSync(configPath, 'utf8'), values);
      const { prune, replace } = args;
      const desired = desiredState({
        project,
        packageOf: packagesOf(request, project),
        values,
        prune,
        replace,
      });
      return { project, desired };
    },
  });
  const { project, desired } = state;
  const endpoint = values['QIANMA_SCF_ENDPOINT'] || defaultEndpoint;
  const { clock, print } = world;
  const api = world.createApi({ endpoint, region: project.region, credentials, clock });
  const report = createReport({
    json: args.json,
    print,
    prefix: desired.prefix,
    secrets: [credentials.secretKey, ...secretsOf(desired)],
  });
  return { request, args, project, desired, api: createPatientApi(api, clock), world, report };
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
  const detail = failures.map((failure) => failure.detail).join('; ');
  throw new Failure('Misconfigured', { detail, problems: failures.flatMap(({ problems }) => problems) });
}

/** The environment goes before `.env.<stage>`, which lies beside the file. */
function valuesOf(folder: string, stage: string | undefined, env: World['env']): World['env'] {
  if (!stage) return env;
  const path = join(folder, `.env.${stage}`);
  const file = existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
  return { ...file, ...env, STAGE: stage };
}

/** Nothing but an upload needs the code. */
function packagesOf({ method, configPath }: Request, { functions }: Project) {
  const folderOf = (name: string) => join(dirname(configPath), 'dist', name);
  const none = { zip: new Uint8Array(), sha256: '' };
  if (method !== 'deploy' && method !== 'plan') return () => none;
  const missing = functions.filter(({ name }) => !existsSync(join(folderOf(name), 'index.js')));
  if (missing.length > 0) {
    const problems = missing.map(({ name }) => ({
      path: `services.${name}`,
      message: 'is not built: npm run build',
    }));
    throw misconfigured('serverless.yml', problems);
  }
  return (name: string) => packageCode(folderOf(name));
}

function secretsOf({ functions }: DesiredState): string[] {
  const values = functions.flatMap(({ environment }) =>
    Object.entries(environment).flatMap(([name, value]) =>
      shown.has(name) ? [] : [value, ...value.split(',')],
    ),
  );
  return [...new Set(values)];
}

/** Throws `Misconfigured` where the credentials that Serverless Devs hands over are none. */
function readCredentials(given: unknown): CloudCredentials {
  const members = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const text = (...names: string[]) => {
    const value = members.find(
      ([name, member]) => names.includes(name) && typeof member === 'string' && member !== '',
    );
    return value === undefined ? undefined : String(value[1]);
  };
  const secretId = text('SecretID', 'SecretId', 'AccessKeyID');
  const secretKey = text('SecretKey', 'AccessKeySecret');
  if (secretId === undefined || secretKey === undefined) {
    throw new Failure('Misconfigured', {
      problems: [{ path: 'qianma_serverless_devs_access', message: 'must be the API key of the deployer' }],
      detail:
        'qianma_serverless_devs_access must be {"AccountID":"…","SecretID":"…","SecretKey":"…"}, the API key of the deployer',
    });
  }
  return { secretId, secretKey, token: text('SecurityToken', 'Token') };
}
