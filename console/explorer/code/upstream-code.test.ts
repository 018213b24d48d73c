/** The code of a call as people copy it, run as it stands against the emulator: by Node.js, a shell with curl, and tccli. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentials } from '../../../local/cloud-api/credentials.ts';
import { createEmulator } from '../../../local/essbasic/create-emulator.ts';
import { goodRequests } from '../../../local/essbasic/good-requests.ts';
import { verify } from '../../../shared/tc3/verify.ts';
import { oddBody } from './testing/bodies.ts';
import { isThere, writeFiles } from './testing/compilers.ts';
import { listenAndKeep } from './testing/kept-requests.ts';
import { stubSdks } from './testing/stub-sdks.ts';
import { type TlsFront, tlsFrontOf } from './testing/tls-front.ts';
import {
  languagesRun,
  type UpstreamCall,
  type UpstreamLanguage,
  upstreamCodeOf,
  upstreamLanguages,
} from './upstream-code.ts';

const emulator = createEmulator({ seed: 1 });
const [{ secretId, secretKey }] = credentials;
let folder: string;
let host: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qianma-code-'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const { port } = await emulator.listen();
  host = `127.0.0.1:${port}`;
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

/** Each of these is safe in a name of a QR code, and means something to some shell or language. */
const name = `it's $HOME \`x\` {a} \\n 第二个门`;
const create = { ...goodRequests.ChannelCreateMultiFlowSignQRCode, QrCodeName: name };
const callOf = (body: string, at = host): UpstreamCall => ({
  action: 'ChannelCreateMultiFlowSignQRCode',
  body,
  host: `http://${at}`,
  version: '2021-05-26',
});

async function run(program: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey };
  const { stdout } = await promisify(execFile)(program, args, { cwd: folder, env: { ...env, ...more } });
  return stdout;
}

async function runNode(call: UpstreamCall): Promise<string> {
  await writeFiles(folder, { 'call.cjs': upstreamCodeOf('Node.js', call) });
  return run(process.execPath, ['call.cjs']);
}

async function runShell(language: UpstreamLanguage, call: UpstreamCall, more = {}): Promise<string> {
  await writeFiles(folder, { 'call.sh': upstreamCodeOf(language, call) });
  return run('sh', ['call.sh'], more);
}

const skippedWithout = (...programs: string[]) => {
  const missing = programs.filter((program) => !isThere(program));
  return missing.length > 0 ? `: SKIPPED, needs ${missing.join(' and ')}` : '';
};

/** An answer whose code the emulator has, under the name that was asked for. */
function expectCreated(answer: string): void {
  const [, qrCodeId = 'no code'] = /"QrCodeId": ?"(yD[A-Za-z0-9]{30})"/.exec(answer) ?? [];
  expect(emulator.snapshot()).toMatchObject({
    codes: expect.arrayContaining([expect.objectContaining({ QrCodeId: qrCodeId, QrCodeName: name })]),
  });
}

describe('the code of a create', () => {
  it('in Node.js makes a code', async () => {
    expectCreated(await runNode(callOf(JSON.stringify(create))));
  });

  const withoutCurl = skippedWithout('sh', 'curl', 'openssl');
  it.skipIf(withoutCurl !== '')(`in curl makes a code${withoutCurl}`, async () => {
    expectCreated(await runShell('curl', callOf(JSON.stringify(create))));
  });

  const withoutTccli = skippedWithout('tccli', 'openssl');
  it.skipIf(withoutTccli !== '')(`of tccli makes a code${withoutTccli}`, async () => {
    const front: TlsFront = await tlsFrontOf(host, folder);
    try {
      // The authorities that it trusts are the file of a package, which no variable changes.
      await writeFiles(folder, {
        'trust/sitecustomize.py': `import certifi\ncertifi.where = lambda: ${JSON.stringify(front.certificate)}\n`,
      });
      const more = { PYTHONPATH: join(folder, 'trust'), HOME: folder };
      expectCreated(await runShell('tccli', callOf(JSON.stringify(create), front.host), more));
    } finally {
      await front.close();
    }
  });

  it('takes any body to the character, and signs what it sends', async () => {
    const kept = await listenAndKeep();
    try {
      const body = oddBody();
      const call = { ...callOf(body, kept.host), region: 'ap-guangzhou' };
      const ways = [() => runNode(call), ...(withoutCurl === '' ? [() => runShell('curl', call)] : [])];
      for (const way of ways) {
        await way();
        const request = kept.take();
        expect(request.headers).toMatchObject({ 'x-tc-region': 'ap-guangzhou' });
        const nowS = Math.floor(Date.now() / 1000);
        expect(verify(request, { secretKeyOf: () => secretKey, nowS })).toMatchObject({ ok: true, secretId });
        expect(JSON.parse(Buffer.from(request.body).toString())).toEqual(JSON.parse(body));
      }
    } finally {
      await kept.close();
    }
  });
});

describe('the code of a call, in each language,', () => {
  it('is run, here or on a stand-in for its SDK', () => {
    expect([...languagesRun, ...Object.keys(stubSdks)].sort()).toEqual([...upstreamLanguages].sort());
  });

  it.each(upstreamLanguages)('names host, action and no key: %s', (language) => {
    const code = upstreamCodeOf(language, {
      ...callOf('{}'),
      host: 'essbasic.tencentcloudapi.com',
      action: 'DescribeTemplates',
    });
    expect(code).toContain('essbasic.tencentcloudapi.com');
    expect(code).toContain('DescribeTemplates');
    expect(code).not.toMatch(/\bhttp:|\bHTTP\b/);
    expect(code).toMatch(language === 'tccli' ? /^# pip install tccli\n/ : /TENCENTCLOUD_SECRET_KEY/);
  });
});
