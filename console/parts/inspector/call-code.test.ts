/** What the inspector shows as code is run as it stands, against the built functions. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { good, platformSuite } from '../../../functions/testing/platform-suite.ts';
import { type CodedCall, codeLanguages, codeOf } from './call-code.ts';

const platform = platformSuite();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qianma-code-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Quotes, a line break and more, each of which some language reads otherwise. */
const note = `it's "odd": \\n $HOME \`x\`\n第二行 😀`;

const run = async (file: string, ...args: string[]) => {
  const env = { ...process.env, API_KEY: platform.apiKey };
  return (await promisify(execFile)(file, args, { cwd: folder, env })).stdout;
};

const ways: Readonly<Record<string, (code: string) => Promise<string>>> = {
  curl: (code) => run('bash', '-c', code.replace('curl ', 'curl -sS ')),
  Python: (code) => run('python3', '-c', code),
  async JavaScript(code) {
    await writeFile(join(folder, 'call.mjs'), code);
    await build({
      entryPoints: [join(folder, 'call.mjs')],
      outfile: join(folder, 'bundle.mjs'),
      ...{ bundle: true, format: 'esm', platform: 'node' },
      alias: { 'qianma-client': resolve('client/index.ts') },
    });
    return run(process.execPath, 'bundle.mjs');
  },
  async qianma(code) {
    await build({
      entryPoints: ['cli/main.ts'],
      outfile: join(folder, 'qianma.mjs'),
      ...{ bundle: true, format: 'esm', platform: 'node' },
    });
    return run('bash', '-c', code.replace('npx qianma', `'${process.execPath}' qianma.mjs`));
  },
};

/** What runs the code, where it may be missing. */
const programs = { curl: 'curl', JavaScript: 'node', Python: 'python3', qianma: 'bash' } as const;
const isThere = (program: string) => spawnSync(program, ['--version']).error === undefined;

describe.each(codeLanguages)('the code of a call in %s', (language) => {
  const program = programs[language];
  const missing = !isThere(program) || !isThere('bash');
  it.skipIf(missing)(`makes the call${missing ? `: SKIPPED, needs ${program} and bash` : ''}`, async () => {
    const call: CodedCall = {
      url: `${platform.url}/ChannelCreateMultiFlowSignQRCode`,
      action: 'ChannelCreateMultiFlowSignQRCode',
      body: JSON.stringify({ ...good, Note: note, ExternalId: language }),
      idempotencyKey: `code-${language}`,
    };
    const code = codeOf(language, call);
    expect(code).not.toContain(platform.apiKey);
    const way = ways[language];
    // Twice: it is the same call.
    for (let times = 0; times < 2; times += 1) expect(await way?.(code)).toContain('StableUrl');
    const { body } = await platform.call('DescribeMultiFlowSignQRCodes', { ExternalId: language });
    expect(body['Codes']).toMatchObject([{ Note: note }]);
  });
});
