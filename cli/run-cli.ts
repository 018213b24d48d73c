import type { ParseArgsConfig } from 'node:util';
import { type ActionName, type Client, createClient, type RequestOf } from '../client/create-client.ts';
import { QianmaProblem, QianmaUnreachable } from '../client/problem.ts';
import { Failure } from '../shared/errors.ts';
import { explain } from '../shared/explain/explain.ts';
import { readArguments, wrong } from '../shared/shell/arguments.ts';
import { tellFailure } from '../shared/shell/run-command.ts';
import type { Shell } from '../shared/shell/shell.ts';
import { completionFor } from './completion.ts';
import { type ActionContract, actionContract } from './contract.ts';
import { lookThrough } from './explain/look-through.ts';
import { followBatch } from './follow-batch.ts';
import { actionHelp, generalHelp } from './help.ts';
import { printAnswer, printWhole } from './print-answer.ts';
import { findProfile } from './profile.ts';
import { type Given, requestOf } from './request-of.ts';
import type { CallbackPost } from './verify-callback/callback-case.ts';
import { post } from './verify-callback/post.ts';
import { secretsIn, verifyCallback } from './verify-callback/verify-callback.ts';

const ownOptions = {
  json: { type: 'string' },
  table: { type: 'boolean' },
  columns: { type: 'string' },
  all: { type: 'boolean' },
  wait: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'idempotency-key': { type: 'string' },
  profile: { type: 'string' },
  language: { type: 'string' },
} as const;

type Options = Partial<Record<keyof typeof ownOptions, string | boolean>>;

/** What the command has beside its shell. */
export interface CliPorts {
  readInput(): Promise<string>;
  pause(ms: number): Promise<void>;
}

/** 0 done, 1 refused, 2 called in a wrong way, 3 the same call may succeed later. */
export type CliExitCode = 0 | 1 | 2 | 3;

/** `qianma …`: every action of the contract, and what explains and completes them. Tells failures, and throws none. */
export async function runCli(argv: readonly string[], shell: Shell, ports: CliPorts): Promise<CliExitCode> {
  try {
    return (await run(argv, shell, ports)) ? 0 : 1;
  } catch (error) {
    if (error instanceof QianmaProblem) return tellProblem(error, shell);
    tellFailure(shell, error);
    if (error instanceof QianmaUnreachable) return 3;
    return error instanceof Failure && error.code === 'InvalidRequest' ? 2 : 1;
  }
}

function tellProblem(
  { code, document, errors, requestId, status }: QianmaProblem,
  shell: Shell,
): CliExitCode {
  shell.tell(`${code}: ${document.detail ?? document.title}`);
  for (const { path, message } of errors) shell.tell(`  ${path} ${message}`);
  shell.tell(`  requestId ${requestId}`);
  return status === 429 || status >= 502 ? 3 : 1;
}

/** @returns whether all is well */
async function run(argv: readonly string[], shell: Shell, ports: CliPorts): Promise<boolean> {
  const [word, ...rest] = argv;
  if (word === 'verify-callback') return verifyReceiver(rest, shell, ports);
  await say(word, rest, shell, ports);
  return true;
}

async function say(
  word: string | undefined,
  rest: readonly string[],
  shell: Shell,
  ports: CliPorts,
): Promise<void> {
  const asksHelp = [word, ...rest].some((argument) => argument === '--help' || argument === '-h');
  if (word === undefined || word === 'help' || (asksHelp && word.startsWith('-'))) {
    const action = rest[0] === undefined ? undefined : contractOf(rest[0]);
    return shell.print(action === undefined ? generalHelp() : actionHelp(action));
  }
  if (word === 'completion') return shell.print(completionFor(rest[0]));
  if (word === 'explain') return explainOne(rest, shell, ports);
  const action = contractOf(word);
  return asksHelp ? shell.print(actionHelp(action)) : callAction(action, rest, shell, ports);
}

/** As long as a receiver may take for its answer. Nobody says how long Tencent waits: assumed. Milliseconds. */
const timeoutMs = 10_000;

async function verifyReceiver(argv: readonly string[], shell: Shell, { pause }: CliPorts): Promise<boolean> {
  const { positionals } = readArguments(argv, {}, { positionals: true });
  const [address = ''] = positionals;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw wrong([
      {
        zh: 'verify-callback 后须有 http(s) 地址',
        en: 'verify-callback needs an address with http or https',
      },
    ]);
  }
  const secrets = secretsIn(shell.env);
  const send = (one: CallbackPost) => post(url, one, { timeoutMs, pause });
  return (await verifyCallback(send, secrets, shell)) === 0;
}

/** @throws Failure `InvalidRequest` where there is no such action, with one of a like name */
function contractOf(name: string): ActionContract {
  const action = actionContract(name);
  if (action === undefined)
    throw wrong([
      { zh: `没有接口 ${name}，请看 qianma help`, en: `there is no action ${name}: see qianma help` },
    ]);
  return action;
}

async function explainOne(argv: readonly string[], shell: Shell, ports: CliPorts): Promise<void> {
  const { values, positionals } = readArguments(argv, ownOptions, { positionals: true });
  const [what] = positionals;
  if (what === undefined)
    throw wrong([{ zh: 'explain 后须有编号或错误码', en: 'explain needs an id or an error code' }]);
  const open = async () => lookThrough(await clientOf(values, shell, ports));
  for (const sentence of await explain(what, open)) shell.print(sentence);
}

async function clientOf({ profile, language }: Options, shell: Shell, { pause }: CliPorts): Promise<Client> {
  const { url, key } = await findProfile(shell.env, text(profile));
  return createClient({
    baseUrl: url,
    key,
    language: language === 'zh' || language === 'en' ? language : shell.language,
    pause,
  });
}

const text = (option: string | boolean | undefined) => (typeof option === 'string' ? option : undefined);

async function callAction(
  action: ActionContract,
  argv: readonly string[],
  shell: Shell,
  ports: CliPorts,
): Promise<void> {
  const { values } = readArguments(argv, { ...optionsOf(action), ...ownOptions });
  const options: Options = values;
  const given: Given = values;
  const body = await requestOf(action, given, text(options.json), ports.readInput);
  const isDry = options['dry-run'] === true;
  const canBeTried = action.members.some(({ path }) => path === 'DryRun');
  if (isDry && !canBeTried) return shell.print(JSON.stringify(body, null, 2));
  const client = await clientOf(options, shell, ports);
  const call = { client, action, request: isDry ? { ...body, DryRun: true } : body };
  const isWhole = options.all === true;
  if (isWhole && action.list !== undefined) return printWhole(call, action.list, options, shell);
  const idempotencyKey = text(options['idempotency-key']);
  // The command line knows names at run time alone; the functions check what is sent.
  const answer = await client.call(
    action.name as ActionName,
    call.request as RequestOf<ActionName>,
    idempotencyKey === undefined ? {} : { idempotencyKey },
  );
  if (options.wait === true && 'BatchId' in answer && 'State' in answer) {
    const batch = await followBatch(client, answer.BatchId, shell.tell, ports.pause);
    return shell.print(JSON.stringify(batch, null, 2));
  }
  printAnswer(answer, action, options, shell);
}

function optionsOf({ members }: ActionContract): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    members.map(({ path, kind }) => [
      path,
      kind === 'boolean' ? { type: 'boolean' as const } : { type: 'string' as const, multiple: true },
    ]),
  );
}
