/**
 * The component of Serverless Devs, for its engine of editions 1 and 2: one method for each command, called once for
 * each service, one after the other. A deployment is planned as a whole, so the first call does it all and the others
 * get the result of their service.
 */
import { QianmaError } from '../../shared/errors.ts';
import { failureText } from '../../shared/shell/failure-text.ts';
import { runCommand } from '../../shared/shell/run-command.ts';
import { processShell } from '../../shared/shell/shell.ts';
import { type Method, readDeployArguments, usage } from './arguments.ts';
import { type Handover, handover } from './handover.ts';
import { runMethod } from './run-method.ts';
import { productionWorld, type Result } from './task.ts';

/** What the engine hands over, as far as it is used. Never to be logged: it holds credentials. */
interface Inputs {
  path: { configPath: string };
  project: { projectName: string };
  credentials?: unknown;
  argsObj?: readonly string[];
  /** The services that have been done; left out where one service was asked for by its name. */
  services?: readonly unknown[];
}

const world = { ...productionWorld, shell: processShell() };

/** Options of Serverless Devs itself, which it may hand on. Its `-y` is the answer to our question too. */
const foreign = {
  plain: /^(--debug)$/,
  withValue: /^(-t|--template|-a|--access)$/,
  yes: /^(-y|--assume-yes)$/,
};

function ownArguments(method: Method, args: readonly string[]): string[] {
  const own = args.filter(
    (arg, index) =>
      !foreign.plain.test(arg) &&
      !foreign.withValue.test(arg) &&
      !foreign.withValue.test(args[index - 1] ?? ''),
  );
  return [method, ...own.map((arg) => (foreign.yes.test(arg) ? '--yes' : arg))];
}

const runs = new Map<string, Promise<Result>>();

async function run(method: Method, inputs: Inputs): Promise<Record<string, unknown>> {
  const given = handover();
  if (given !== undefined) return runGiven(given, inputs.path.configPath);
  const { path, project, credentials, argsObj = [], services } = inputs;
  if (argsObj.includes('--help')) {
    world.shell.print(usage);
    return {};
  }
  const args = readDeployArguments(ownArguments(method, argsObj));
  const only = services === undefined ? project.projectName : undefined;
  const key = JSON.stringify([method, path.configPath, only]);
  const begun = runs.get(key) ?? runMethod({ args, configPath: path.configPath, credentials, only }, world);
  runs.set(key, begun);
  const { publicBaseUrl, callbackUrl } = await begun;
  // Of all services, the first alone is reported: the others would only repeat it.
  return only === undefined && services?.length !== 0 ? {} : { publicBaseUrl, callbackUrl };
}

/** For `npm run deploy`, which shows itself what came of it. */
async function runGiven(given: Handover, configPath: string): Promise<Record<string, unknown>> {
  const { argv, shell } = given;
  given.exitCode = await runCommand({ argv, shell, usage }, async () => {
    await runMethod({ args: readDeployArguments(argv), configPath }, { ...productionWorld, shell });
  });
  return {};
}

/** The engine shows the message alone, with a stack. */
async function plainly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof QianmaError)) throw error;
    const plain = new Error(failureText(error)[world.shell.language], { cause: error });
    plain.stack = '';
    throw plain;
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
