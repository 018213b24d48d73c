import { readArguments, wrong } from '../../shared/shell/arguments.ts';
import { type ExitCode, runCommand } from '../../shared/shell/run-command.ts';
import type { Shell } from '../../shared/shell/shell.ts';
import type { Text } from '../../shared/text.ts';
import { allCases, type Case } from './cases.ts';
import type { emulatedTarget } from './emulated-target.ts';
import { type Account, testHost } from './real-target.ts';
import { type Outcome, runCases, type Target } from './run-cases.ts';

const options = {
  to: { type: 'string' },
  single: { type: 'boolean' },
  real: { type: 'boolean' },
  app: { type: 'string' },
  organization: { type: 'string' },
  operator: { type: 'string' },
  template: { type: 'string' },
  recipient: { type: 'string' },
} as const;

const usage: Text = {
  en: [
    'usage: npm run conformance -- --to <file> [--single]',
    'Sends thousands of requests derived from the contract, good ones and bad ones, and compares each answer with what',
    "Tencent's documents say. Writes a line of JSON for each case; fails where an answer disagrees.",
    '  --to <file>             what is written; what is there is replaced',
    '  --single                each condition by itself, without the pairs',
    `  --real                  asks ${testHost} instead of the emulator, with an account of your own:`,
    '                          ESS_SECRET_ID and ESS_SECRET_KEY in the environment, and',
    '  --app <AppId>           --organization <ProxyOrganizationOpenId>  --operator <OpenId>',
    '  --template <TemplateId> --recipient <RecipientId of that template>',
  ].join('\n'),
  zh: [
    '用法：npm run conformance -- --to <文件> [--single]',
    '发送由接口约定导出的数千个请求，有对有错，并将每个应答与腾讯文档所写的比较。每个用例写一行 JSON；应答不一致则失败。',
    '  --to <文件>             写入的文件，已有的会被替换',
    '  --single                只单独尝试每种情况，不含两两组合',
    `  --real                  以您自己的账号询问 ${testHost}，而非仿真器：`,
    '                          环境变量 ESS_SECRET_ID 与 ESS_SECRET_KEY，以及',
    '  --app <AppId>           --organization <ProxyOrganizationOpenId>  --operator <OpenId>',
    '  --template <TemplateId> --recipient <该模板的 RecipientId>',
  ].join('\n'),
};

/** Upstream allows 20 requests of an action in a second: a quarter of that leaves room for others. */
const perSecond = 5;

export interface Ports {
  emulated: typeof emulatedTarget;
  real(account: Account): Target;
  pause(ms: number): Promise<void>;
  /** Empties a file. @returns what adds to it */
  open(file: string): Promise<Writer>;
}

type Writer = (text: string) => Promise<void>;

/** `npm run conformance`: exit code 1 where an answer disagrees with the documents. */
export async function runConformance(argv: readonly string[], shell: Shell, ports: Ports): Promise<ExitCode> {
  let disagreements = 0;
  const code = await runCommand({ argv, shell, usage }, async () => {
    const { values } = readArguments(argv, options);
    const { to, single = false, real = false } = values;
    if (to === undefined) throw wrong([{ zh: '缺少 --to', en: '--to is missing' }]);
    const given = Object.keys(ids).filter((name) => values[name as keyof typeof ids] !== undefined); // their own keys
    if (!real && given.length > 0)
      throw wrong([{ zh: `--${given[0]} 须与 --real 同时使用`, en: `--${given[0]} needs --real beside it` }]);
    const account = real ? accountOf(values, shell, ports) : undefined;
    const write = await ports.open(to);
    const target = account ? { ...ports.real(account), close: async () => {} } : await ports.emulated();
    try {
      disagreements = await record(runCases(some(single), target), write, shell);
    } finally {
      await target.close();
    }
  });
  return code === 0 && disagreements > 0 ? 1 : code;
}

function* some(single: boolean): Generator<Case> {
  for (const one of allCases()) if (!single || one.variants.length < 2) yield one;
}

/** The options that name what an account has. */
const ids = {
  app: 'AppId',
  organization: 'ProxyOrganizationOpenId',
  operator: 'OpenId',
  template: 'TemplateId',
  recipient: 'RecipientId',
} as const;

function accountOf(
  values: { [Name in keyof typeof ids]?: string | undefined },
  { env }: Shell,
  { pause }: Ports,
): Account {
  const problems: Text[] = [];
  const needed = (value: string | undefined, name: string) => {
    if (!value) problems.push({ zh: `缺少 ${name}`, en: `${name} is missing` });
    return value ?? '';
  };
  const account = {
    credentials: {
      secretId: needed(env['ESS_SECRET_ID'], 'ESS_SECRET_ID'),
      secretKey: needed(env['ESS_SECRET_KEY'], 'ESS_SECRET_KEY'),
    },
    having: {
      AppId: needed(values.app, '--app'),
      ProxyOrganizationOpenId: needed(values.organization, '--organization'),
      OpenId: needed(values.operator, '--operator'),
      TemplateId: needed(values.template, '--template'),
      RecipientId: needed(values.recipient, '--recipient'),
    },
    perSecond,
    pause,
  };
  if (problems.length > 0) throw wrong(problems);
  return account;
}

/** Writes each outcome as a line and tells of those that disagree. @returns how many do */
async function record(outcomes: AsyncIterable<Outcome>, write: Writer, shell: Shell): Promise<number> {
  const counts = { all: 0, wrong: 0 };
  for await (const outcome of outcomes) {
    counts.all += 1;
    await write(`${lineOf(outcome)}\n`);
    if (outcome.isMet) continue;
    counts.wrong += 1;
    shell.tell(disagreement(outcome));
  }
  shell.print({
    zh: `共 ${counts.all} 个用例，${counts.wrong} 个与文档不一致`,
    en: `${counts.all} cases, of which ${counts.wrong} disagree with the documents`,
  });
  return counts.wrong;
}

/** The change of the request and not the request: that names an account. */
function lineOf({ id, changes, expected, answered, isMet }: Outcome): string {
  const { codes, sources } = expected;
  return JSON.stringify({
    id,
    changes,
    expected: codes.length === 0 ? ['ok'] : codes,
    sources,
    answered,
    isMet,
  });
}

function disagreement({ id, changes, expected, answered }: Outcome): Text {
  const change = JSON.stringify(changes);
  const wanted = expected.codes.join(', ') || 'ok';
  return {
    zh: `${id} ${change}：应为 ${wanted}，实为 ${answered}`,
    en: `${id} ${change}: expected ${wanted}, got ${answered}`,
  };
}
