import { relative } from 'node:path';
import { inBoth, type Language, type Text } from '../../shared/text.ts';
import type { ApiKey } from './api-key.ts';
import { type FirstCode, firstCodePath, firstCodeRequest } from './first-code.ts';
import { terminalQrCode } from './terminal-qr-code.ts';

export interface StartReport {
  functionsUrl: string;
  emulatorUrl: string;
  /** Without a password. */
  databaseUrl: string;
  apiKey: ApiKey;
  code: FirstCode;
  /** The time of the run, in epoch milliseconds, and how far it is ahead of the machine's. */
  clock: { nowMs: number; shiftMs: number };
  /** Does the terminal understand colours? */
  colour: boolean;
}

/** What `npm start` prints, the last line beginning with `ready`. */
export function describeStart(report: StartReport): Text {
  const paint = painter(report.colour);
  return inBoth((language) =>
    [
      '',
      ...describePlaces(report, paint, language),
      ...describeClock(report.clock, language),
      '',
      ...describeCode(report, paint, language),
      '',
      ...describeKey(report.apiKey, paint, language),
      '',
      language === 'zh' ? '再创建一个签署码：' : 'Make another code:',
      curl(report.functionsUrl),
      '',
      words[language].from,
      `${paint('ready', 'green')}  functions ${report.functionsUrl}  emulator ${report.emulatorUrl}  database ${report.databaseUrl}`,
    ].join('\n'),
  );
}

/** The same for a machine, as one object. */
export function startRecord({
  functionsUrl,
  emulatorUrl,
  databaseUrl,
  apiKey,
  code,
  clock,
}: StartReport): object {
  return {
    level: 'info',
    message: 'ready',
    functions: functionsUrl,
    console: `${functionsUrl}/console`,
    mcp: `${functionsUrl}/mcp`,
    emulator: emulatorUrl,
    database: databaseUrl,
    stableUrl: code.stableUrl,
    codeId: code.codeId,
    ...(clock.shiftMs !== 0 && { clockAheadS: clock.shiftMs / 1000 }),
    // Shown once, and to nobody who has it already.
    ...(apiKey.isNew && { apiKey: apiKey.key }),
  };
}

const colours = { green: 32, cyan: 36, bold: 1, dim: 2 } as const;
type Paint = (text: string, colour: keyof typeof colours) => string;

const painter =
  (isColoured: boolean): Paint =>
  (text, colour) =>
    isColoured ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;

const words = {
  en: {
    runs: 'qianma runs on this machine',
    functions: 'functions  ',
    emulator: 'emulator   ',
    control: 'its control',
    console: 'console    ',
    look: 'pages for people: sign in with the API key',
    agents: 'agents     ',
    tools: 'tools for AI agents, by MCP: docs/agents.md',
    database: 'database   ',
    api: 'the API, and the links of posters',
    upstream: 'in the place of Tencent e-sign',
    play: 'let people scan, move the clock, break things',
    embedded: 'PostgreSQL',
    link: 'link   ',
    outlives: '(for posters: outlives every renewal)',
    alone:
      'A phone cannot open this link: its address is that of this machine alone. HOST=0.0.0.0 lets phones of the same network in.',
    from: 'From here on: a line for each thing that happens. Ctrl-C ends all of it.',
  },
  zh: {
    runs: 'qianma 正在本机运行',
    functions: '云函数  ',
    emulator: '模拟器  ',
    control: '控制面板',
    console: '控制台  ',
    look: '网页：以 API 密钥登录',
    agents: '智能体  ',
    tools: '供 AI 智能体调用的 MCP 工具：docs/agents.zh-CN.md',
    database: '数据库  ',
    api: '接口，以及海报上的链接',
    upstream: '代替腾讯电子签',
    play: '让人扫码、拨动时钟、制造故障',
    embedded: 'PostgreSQL',
    link: '稳定链接',
    outlives: '（用于海报：续期后仍然有效）',
    alone: '手机无法打开此链接：该地址仅限本机。设 HOST=0.0.0.0 可供同一局域网的手机打开。',
    from: '此后每发生一件事打印一行；按 Ctrl-C 结束。',
  },
} as const;

function describePlaces(
  { functionsUrl, emulatorUrl, databaseUrl }: StartReport,
  paint: Paint,
  language: Language,
): string[] {
  const word = words[language];
  const rows = [
    [word.console, `${functionsUrl}/console`, word.look],
    [word.functions, functionsUrl, word.api],
    [word.agents, `${functionsUrl}/mcp`, word.tools],
    [word.emulator, emulatorUrl, word.upstream],
    [word.control, `${emulatorUrl}/_emulator/`, word.play],
    [word.database, new URL(databaseUrl).host, word.embedded],
  ] as const;
  const width = Math.max(...rows.map(([, where]) => where.length));
  return [
    paint(word.runs, 'bold'),
    ...rows.map(
      ([what, where, why]) =>
        `  ${what}  ${paint(where, 'cyan')}${' '.repeat(width - where.length)}  ${paint(why, 'dim')}`,
    ),
  ];
}

function describeCode(
  { code: { stableUrl }, colour }: StartReport,
  paint: Paint,
  language: Language,
): string[] {
  const { FlowName, MaxFlowNum } = firstCodeRequest;
  const word = words[language];
  return [
    language === 'zh'
      ? `第一个签署码：「${FlowName}」，每代最多 ${MaxFlowNum} 份合同`
      : `A first code: 「${FlowName}」, ${MaxFlowNum} contracts a generation`,
    '',
    terminalQrCode(stableUrl, { colour }),
    '',
    `  ${word.link}  ${paint(stableUrl, 'cyan')}   ${paint(word.outlives, 'dim')}`,
    ...(isLoopback(stableUrl) ? [`  ${word.alone}`] : []),
  ];
}

const isLoopback = (url: string) => /^(127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname);

function describeKey({ key, isNew, file }: ApiKey, paint: Paint, language: Language): string[] {
  const kept = relative('', file);
  if (isNew) {
    const text = {
      zh: `API 密钥，仅显示这一次（${kept} 保存其哈希）：`,
      en: `The API key, shown this once (${kept} keeps its hash):`,
    };
    return [text[language], `  ${paint(`export API_KEY=${key}`, 'bold')}`];
  }
  const text =
    key !== undefined
      ? { zh: 'API 密钥为 API_KEY 中的那个。', en: 'The API key is the one in API_KEY.' }
      : {
          zh: 'API 密钥为先前启动时显示的那个。遗失时：结束后运行 npm start -- key 更换。',
          en: 'The API key is the one that an earlier start has shown. Lost? End this, and replace it: npm start -- key',
        };
  return [text[language]];
}

function describeClock({ nowMs, shiftMs }: StartReport['clock'], language: Language): string[] {
  if (shiftMs === 0) return [];
  const now = `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
  const hours = (shiftMs / 3_600_000).toFixed(1);
  return [
    '',
    language === 'zh'
      ? `时钟被拨快了 ${hours} 小时，现为 ${now}；使用新的 DATA_DIR 即回到真实时间。`
      : `The clock was moved ahead by ${hours} hours: it is ${now}. A new DATA_DIR has the real time.`,
  ];
}

function curl(functionsUrl: string): string {
  return [
    `  curl ${functionsUrl}${firstCodePath} \\`,
    '    -H "Authorization: Bearer $API_KEY" -H "Content-Type: application/json" \\',
    `    -d '${JSON.stringify(firstCodeRequest)}'`,
  ].join('\n');
}
