/** `npm start`: the emulator, the database and the functions on this machine, and a first code in the terminal. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments, wrong } from '../../shared/shell/arguments.ts';
import { runCommand } from '../../shared/shell/run-command.ts';
import { type OnOpen, serveUntilStopped } from '../../shared/shell/serve.ts';
import { processShell } from '../../shared/shell/shell.ts';
import { systemClock } from '../clock/clock.ts';
import { replaceApiKey } from './api-key.ts';
import { openDataDirectory } from './data-directory.ts';
import { type LocalPlatform, startLocalPlatform } from './local-platform.ts';
import { jsonLineOf } from './log-entry.ts';
import { createNarration } from './narration.ts';
import { readStartConfiguration } from './start-configuration.ts';
import { describeStart, startRecord } from './start-report.ts';

const usage = {
  en: [
    'usage: npm start [-- --json] | npm start -- key',
    'Runs the functions, the emulator and a database on this machine until it is interrupted, and tells what happens.',
    '  --json               all that is logged, as lines of JSON',
    '  key                  makes a new API key, prints it and ends; the earlier one no longer works',
    'Takes from the environment:',
    '  PORT                 of the functions: 9000 unless set, 0 for any',
    '  ESSBASIC_PORT        of the emulator: 9300 unless set, 0 for any',
    '  HOST                 this machine in its private network, 0.0.0.0 to find it out: phones there can open the links',
    '  DATA_DIR             where everything is kept: .local unless set',
    '  API_KEY              the key to call with; unless set, one is made and shown once',
    '  DATABASE_URL         a PostgreSQL of your own; unless set, one is embedded in DATA_DIR',
    '  ESS_CALLBACK_KEYS, ESS_CALLBACK_TOKENS   of both sides, the emulator and the functions',
    '  LOG                  json: as --json',
    '  NO_COLOR             anything: no colours',
    'and every other variable of the functions that docs/configuration.md lists.',
  ].join('\n'),
  zh: [
    '用法：npm start [-- --json] | npm start -- key',
    '在本机运行云函数、模拟器与数据库，直到被中断，并逐行说明发生的事。',
    '  --json               以 JSON 逐行输出全部日志',
    '  key                  生成并打印新的 API 密钥后结束；先前的密钥随即失效',
    '读取以下环境变量：',
    '  PORT                 云函数的端口，默认 9000，0 为任意',
    '  ESSBASIC_PORT        模拟器的端口，默认 9300，0 为任意',
    '  HOST                 本机的局域网地址，0.0.0.0 为自动选取：同一局域网的手机即可打开链接',
    '  DATA_DIR             数据所在文件夹，默认 .local',
    '  API_KEY              调用所用的密钥；不填则新建一个并显示一次',
    '  DATABASE_URL         自备的 PostgreSQL；不填则使用 DATA_DIR 中的内嵌数据库',
    '  ESS_CALLBACK_KEYS、ESS_CALLBACK_TOKENS   模拟器与云函数共用',
    '  LOG                  json：同 --json',
    '  NO_COLOR             任意值：不使用颜色',
    '以及 docs/configuration.zh-CN.md 所列云函数的其他环境变量。',
  ].join('\n'),
};

const noCommand = { zh: '唯一可用的参数是 key', en: 'the only argument there is, is key' };
const shell = processShell();
const [, , ...argv] = process.argv;
const code = await runCommand({ argv, shell, usage }, async () => {
  const { values, positionals } = readArguments(argv, { json: { type: 'boolean' } }, { positionals: true });
  const [command, ...more] = positionals;
  if (command === 'key' && more.length === 0) return await printNewKey();
  if (command !== undefined) throw wrong([noCommand]);
  await serveUntilStopped((onOpen) => start(onOpen, values.json === true), shell);
});
process.exit(code);

async function start(onOpen: OnOpen, asksForJson: boolean): Promise<void> {
  const configuration = readStartConfiguration(shell.env);
  const colour = process.stdout.isTTY === true && !shell.env['NO_COLOR'];
  const isJson = asksForJson || configuration.log === 'json';
  let nameCodes: (namesOf: LocalPlatform['namesOf']) => void = () => {};
  const names = new Promise<LocalPlatform['namesOf']>((resolve) => {
    nameCodes = resolve;
  });
  const narration = createNarration({
    print: shell.print,
    language: shell.language,
    colour,
    clock: systemClock,
    namesOf: async (ids) => (await names)(ids),
  });
  const platform = await startLocalPlatform({
    configuration,
    // Built into the same folder, above this module's own `local/`.
    codeRoot: fileURLToPath(new URL('..', import.meta.url)),
    // npm runs scripts in the root of the repository.
    serviceFile: resolve('serverless.yml'),
    environment: shell.env,
    log: isJson ? (line) => shell.print(jsonLineOf(line, Date.now())) : narration.log,
    onOpen,
  });
  const report = { ...configuration, ...platform, colour };
  const time = new Date().toISOString();
  shell.print(isJson ? JSON.stringify({ time, ...startRecord(report) }) : describeStart(report));
  if (isJson) return;
  nameCodes(platform.namesOf);
  narration.begin();
  // What functions say while they are ended happened to nobody.
  onOpen(narration.end);
}

/** While nothing runs: a run that is under way would go on with the hash of the earlier key. */
async function printNewKey(): Promise<void> {
  const { dataDirectory } = readStartConfiguration(shell.env);
  const directory = await openDataDirectory(dataDirectory);
  try {
    const { key } = await replaceApiKey(directory.path);
    shell.tell({
      zh: '新的 API 密钥，仅显示这一次；先前的已失效：',
      en: 'A new API key, shown this once; the earlier one no longer works:',
    });
    shell.print(`export API_KEY=${key}`);
  } finally {
    await directory.release();
  }
}
