import type { Language, Text } from '../shared/text.ts';
import { type CommandName, programs } from './command-help.ts';
import { code, generated, page } from './markdown.ts';

const words = {
  en: {
    title: 'Commands',
    other: '[中文](commands.zh-CN.md)',
    intro:
      'Every command says the same with `--help`, in the language of `LC_ALL`, `LC_MESSAGES` or `LANG`. The variables that they read are in [configuration.md](configuration.md). Their status is 0 when they have done their work, 1 when it failed, 2 when they were called in a wrong way. `NODE_DEBUG=qianma` adds the stack of a failure.',
    separator:
      'What stands behind `--` is for the command: `npm run keys -- list`. Without npm: `node commands/run.mjs keys list`.',
  },
  zh: {
    title: '命令',
    other: '[English](commands.md)',
    intro:
      '每个命令加 `--help` 都会打印同样的内容，语言取自 `LC_ALL`、`LC_MESSAGES` 或 `LANG`。它们读取的变量见 [configuration.zh-CN.md](configuration.zh-CN.md)。退出码 0 为完成，1 为失败，2 为用法有误。`NODE_DEBUG=qianma` 会附上失败的堆栈。',
    separator:
      '`--` 之后的内容交给命令本身：`npm run keys -- list`。不经 npm 则为 `node commands/run.mjs keys list`。',
  },
} as const;

const purposes: Readonly<Record<CommandName, Text>> = {
  start: {
    zh: '在本机运行全部：函数、仿真器、数据库。见 [local.zh-CN.md](local.zh-CN.md)。',
    en: 'Everything on this machine: the functions, the emulator, a database. See [local.md](local.md).',
  },
  emulator: {
    zh: '单独运行腾讯电子签的仿真器。见 [local.zh-CN.md](local.zh-CN.md)。',
    en: 'The emulator of Tencent e-sign on its own. See [local.md](local.md).',
  },
  scf: {
    zh: '运行 SCF 管理接口的替身，供演练部署。见 [local.zh-CN.md](local.zh-CN.md)。',
    en: 'The stand-in for the management API of SCF, to try a deployment on. See [local.md](local.md).',
  },
  conformance: {
    zh: '将仿真器（或腾讯的联调环境）的应答与文档比较。见 [local.zh-CN.md](local.zh-CN.md#仿真器有多真实)。',
    en: "Compares the answers of the emulator, or of Tencent's test host, with the documents. See [local.md](local.md#how-true-the-emulator-is).",
  },
  deploy: {
    zh: '把函数部署到 SCF。见 [deploy.zh-CN.md](deploy.zh-CN.md)。',
    en: 'Puts the functions on SCF. See [deploy.md](deploy.md).',
  },
  doctor: {
    zh: '检查函数所依赖的一切。见 [operate.zh-CN.md](operate.zh-CN.md)。',
    en: 'Examines everything that the functions depend on. See [operate.md](operate.md).',
  },
  keys: {
    zh: '创建、列出、轮换、吊销 API 密钥。见 [functions.zh-CN.md](functions.zh-CN.md)。',
    en: 'Makes, lists, rotates and revokes API keys. See [functions.md](functions.md).',
  },
  migrate: {
    zh: '升级数据库的表结构。部署时由 `migrate-database` 完成同样的事。',
    en: 'Brings the schema of a database up to date. In a deployment `migrate-database` does the same.',
  },
  policies: {
    zh: '打印部署所需的访问策略，只含所需的操作。见 [deploy.zh-CN.md](deploy.zh-CN.md)。',
    en: 'Prints the access policies that a deployment needs, and no right more. See [deploy.md](deploy.md).',
  },
  poster: {
    zh: '取得签署码的海报并写成文件。见 [gate.zh-CN.md](gate.zh-CN.md#海报)。',
    en: 'Writes the posters of codes to a file. See [gate.md](gate.md#the-poster).',
  },
};

/** `docs/commands.md` and `docs/commands.zh-CN.md`: each command with the help that it prints itself. */
export function commandsPage(language: Language, helpOf: (name: CommandName) => string): string {
  const text = words[language];
  const names = Object.keys(programs) as CommandName[]; // Object.keys forgets the keys of a literal
  return page(
    generated,
    `# ${text.title}`,
    text.other,
    text.intro,
    text.separator,
    ...names.flatMap((name) => [
      `## ${code(name === 'start' ? 'npm start' : `npm run ${name}`)}`,
      purposes[name][language],
      `\`\`\`text help\n${helpOf(name)}\n\`\`\``,
    ]),
  );
}
