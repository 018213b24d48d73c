/** `npm run emulator`: the emulator on its own. */
import { runServer } from '../../shared/shell/serve.ts';
import { processShell } from '../../shared/shell/shell.ts';
import { portFailure } from '../cloud-api/port-failure.ts';
import { readShape } from './callbacks/read-shape.ts';
import { createEmulator } from './create-emulator.ts';
import { readEmulatorConfiguration } from './emulator-configuration.ts';
import { seedFacts } from './seeds/seed-facts.ts';

const usage = {
  en: [
    'usage: npm run emulator',
    'Serves the emulator of the upstream API until it is interrupted. Takes from the environment:',
    '  ESSBASIC_PORT            where it listens on this machine: 9300 unless set, 0 for any',
    '  ESS_CALLBACK_KEYS        what encrypts the notifications that it posts, the newest first; in plain text unless set',
    '  ESS_CALLBACK_TOKENS      what signs them, the newest first',
    '  ESSBASIC_CALLBACK_URLS   where they go whose code names no address',
    '  ESSBASIC_CALLBACK_SHAPE  flat, nested, minimal, or the path of a JSON template',
  ].join('\n'),
  zh: [
    '用法：npm run emulator',
    '运行上游接口的模拟器，直到被中断。读取以下环境变量：',
    '  ESSBASIC_PORT            本机监听端口，默认 9300，0 为任意',
    '  ESS_CALLBACK_KEYS        加密所发回调的密钥，新的在前；不填则为明文',
    '  ESS_CALLBACK_TOKENS      为回调签名的 Token，新的在前',
    '  ESSBASIC_CALLBACK_URLS   签署码未指定回调地址时的去处',
    '  ESSBASIC_CALLBACK_SHAPE  flat、nested、minimal，或 JSON 模板文件的路径',
  ].join('\n'),
};

const shell = processShell();
const ended = runServer({ argv: process.argv.slice(2), shell, usage }, async (onOpen) => {
  const { port, callbackShape, ...callbacks } = readEmulatorConfiguration(shell.env);
  const emulator = createEmulator({
    ...callbacks,
    ...(callbackShape !== undefined && { callbackShape: await readShape(callbackShape) }),
    automatic: true,
    callbackConcurrency: 8,
    logger: shell.print,
  });
  const { url } = await emulator.listen(port).catch((cause: unknown) => {
    throw portFailure(port, 'ESSBASIC_PORT', cause);
  });
  onOpen(emulator.close);
  for (const { en, value } of seedFacts) shell.print(`${en.padEnd(34)} ${value}`);
  shell.print({
    zh: `就绪：API ${url}/  控制面 ${url}/_emulator/`,
    en: `ready: API ${url}/  control plane ${url}/_emulator/`,
  });
});
// Without `await`: as CommonJS, which starts faster, there is none at this level.
void ended.then((code) => process.exit(code));
