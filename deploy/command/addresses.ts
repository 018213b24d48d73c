import { readState } from '../cloud/read-state.ts';
import type { CurrentState } from '../plan/current-state.ts';
import { baseUrlsOf, functionUrlOf } from '../plan/wired-variables.ts';
import { openTask, type Request, type Result, type Task, type World } from './task.ts';

/** Where a deployment is reached. */
export interface DeployedAddresses {
  /** Of functions, by their names. */
  urls: ReadonlyMap<string, string>;
  /** The base URLs that the deployment has found, as the variables that it gives to the functions. */
  env: Readonly<Record<string, string>>;
}

/** Asks the cloud where everything is reached. Changes nothing and prints nothing. */
export async function askAddresses(request: Request, world: World): Promise<DeployedAddresses> {
  const task = await openTask(request, world);
  const current = await readState(task.api, task.desired);
  const urls = task.desired.functions.flatMap(({ service }): [string, string][] => {
    const url = functionUrlOf(current, service.cloudName);
    return url === undefined ? [] : [[service.name, url]];
  });
  const { publicBaseUrl, callbackUrl } = addressesOf(task, current);
  return {
    urls: new Map(urls),
    env: {
      ...(publicBaseUrl !== undefined && { PUBLIC_BASE_URL: publicBaseUrl }),
      ...(callbackUrl !== undefined && { CALLBACK_BASE_URL: callbackUrl }),
    },
  };
}

/** Where the deployment is reached; what the deployer gave goes before what was found. */
export function addressesOf(
  { desired }: Task,
  current: CurrentState,
): Pick<Result, 'publicBaseUrl' | 'callbackUrl'> {
  const found = baseUrlsOf(desired, current).values;
  const given = Object.assign({}, ...desired.functions.map(({ environment }) => environment)) as Record<
    string,
    string
  >; // of texts
  const publicBaseUrl = given['PUBLIC_BASE_URL'] ?? found['PUBLIC_BASE_URL'];
  const callbackUrl = given['CALLBACK_BASE_URL'] ?? found['CALLBACK_BASE_URL'];
  return {
    ...(publicBaseUrl !== undefined && { publicBaseUrl }),
    ...(callbackUrl !== undefined && { callbackUrl }),
  };
}
