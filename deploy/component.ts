/**
 * The component of Serverless Devs, for its engine of editions 1 and 2: one method for each command, called once for
 * each service, one after the other. A deployment is planned as a whole, so the first call does it all and the others
 * are told what came of their service.
 */
import { QianmaError } from '../shared/errors.ts';
import { usage } from './arguments.ts';
import { systemClock } from './clock.ts';
import { createCloudApi } from './cloud-api.ts';
import { print } from './print.ts';
import { runMethod } from './run-method.ts';
import type { Request, Result, World } from './task.ts';
import { wholeProject } from './whole-project.ts';

/** What the engine hands over, as far as it is used. Never to be logged: it holds credentials. */
interface Inputs {
  path: { configPath: string };
  project: { projectName: string };
  credentials?: unknown;
  argsObj?: readonly string[];
  /** The services that have been done; left out where one service was asked for by its name. */
  services?: readonly unknown[];
}

const world: World = {
  env: process.env,
  clock: systemClock,
  fetch,
  print,
  createApi: createCloudApi,
};

const runs = new Map<string, Promise<Result>>();

async function run(method: Request['method'], inputs: Inputs): Promise<Record<string, unknown>> {
  const { path, project, credentials, argsObj = [], services } = inputs;
  const isWhole = services !== undefined || argsObj.includes(wholeProject);
  const args = argsObj.filter((arg) => arg !== wholeProject);
  if (args.includes('--help')) {
    world.print(usage);
    return {};
  }
  const only = isWhole ? undefined : project.projectName;
  const key = JSON.stringify([method, path.configPath, only]);
  const begun =
    runs.get(key) ?? runMethod({ method, configPath: path.configPath, args, credentials, only }, world);
  runs.set(key, begun);
  const { publicBaseUrl, callbackUrl } = await begun;
  return isWhole && services?.length !== 0 ? {} : { publicBaseUrl, callbackUrl };
}

/** The engine shows the message alone, with a stack. */
async function plainly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof QianmaError) error.stack = '';
    throw error;
  }
}

export default class QianmaComponent {
  deploy(inputs: Inputs) {
    return plainly(run('deploy', inputs));
  }
  plan(inputs: Inputs) {
    return plainly(run('plan', inputs));
  }
  info(inputs: Inputs) {
    return plainly(run('info', inputs));
  }
  rollback(inputs: Inputs) {
    return plainly(run('rollback', inputs));
  }
  remove(inputs: Inputs) {
    return plainly(run('remove', inputs));
  }
}
