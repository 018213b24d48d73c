/** `npm run scf`: the stand-in for the management API on its own, to deploy to without an account. */
import { runServer } from '../../../shared/shell/serve.ts';
import { processShell } from '../../../shared/shell/shell.ts';
import { isPort, misconfigured, portForm } from '../../../shared/shell/variables.ts';
import { credentials } from '../../cloud-api/credentials.ts';
import { portFailure } from '../../cloud-api/port-failure.ts';
import { createScfManagement } from './create-scf-management.ts';

/** As long as a person would notice, and no longer. */
const settlingMs = 1500;

const usage = {
  en: [
    'usage: npm run scf',
    'Serves a stand-in for the SCF management API until it is interrupted, to deploy to without an account: docs/local.md.',
    '  SCF_PORT   where it listens on this machine: 9400 unless set, 0 for any',
  ].join('\n'),
  zh: [
    '用法：npm run scf',
    '运行云函数管理接口的替身，直到被中断；无需账号即可部署到它，见 docs/local.zh-CN.md。',
    '  SCF_PORT   本机监听端口，默认 9400，0 为任意',
  ].join('\n'),
};

const shell = processShell();
const code = await runServer({ argv: process.argv.slice(2), shell, usage }, async (onOpen) => {
  const text = shell.env['SCF_PORT']?.trim() || '9400';
  if (!isPort(text)) throw misconfigured([{ path: 'SCF_PORT', message: portForm }]);
  const port = Number(text);
  const management = createScfManagement({
    credentials,
    settling: { ms: settlingMs },
    logger: shell.print,
  });
  const { url } = await management.listen(port).catch((cause: unknown) => {
    throw portFailure(port, 'SCF_PORT', cause);
  });
  onOpen(management.close);
  const [{ secretId, secretKey }] = credentials;
  shell.print(`SecretId ${secretId}\nSecretKey ${secretKey}`);
  shell.print({
    zh: `就绪：API ${url}/  自定义域名同一端口，按 Host 区分`,
    en: `ready: API ${url}/  custom domains at the same port, by their Host`,
  });
});
process.exit(code);
