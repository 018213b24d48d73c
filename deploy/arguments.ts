import { parseArgs } from 'node:util';
import { Failure } from '../shared/errors.ts';

/** What the component is told on the command line, after the method. */
export interface Arguments {
  stage: string | undefined;
  json: boolean;
  prune: boolean;
  replace: boolean;
  /** Leaves the smoke tests out. */
  skipSmoke: boolean;
  help: boolean;
}

const options = {
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  prune: { type: 'boolean', default: false },
  replace: { type: 'boolean', default: false },
  'skip-smoke': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;

/** Of Serverless Devs itself; it may hand them on. */
const foreign = /^(-y|--assume-yes|-t|--template|-a|--access|--debug)$/;

/** Throws `InvalidRequest` for an argument that is not known. */
export function readArguments(args: readonly string[]): Arguments {
  const own = args.filter((arg, index) => {
    const takesValue = /^(-t|--template|-a|--access)$/;
    return !foreign.test(arg) && !takesValue.test(args[index - 1] ?? '');
  });
  try {
    const { values } = parseArgs({ args: own, options, strict: true });
    const { stage, json, prune, replace, help } = values;
    return { stage, json, prune, replace, help, skipSmoke: values['skip-smoke'] };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('InvalidRequest', { detail, cause });
  }
}

export const usage = `npm run deploy -- [method] [options]        or        s <method> -t serverless.yml [options]

methods
  deploy     makes the cloud as serverless.yml describes it (the default)
  plan       shows every call that deploy would make, and why; changes nothing
  info       shows what is there: status, version, addresses
  rollback   serves again what was served before the last deployment
  remove     deletes every function of the stage, and its paths on the custom domain

options
  --stage <name>  dev, prod, …; or the variable STAGE. Values come from the environment and from .env.<stage>
  --json          one JSON object a line instead of text
  --prune         deploy, plan: deletes functions of the stage that serverless.yml no longer has
  --replace       deploy, plan: deletes and creates what cannot be changed; its Function URL becomes another one
  --skip-smoke    deploy: does not call the functions afterwards`;
