import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { zipLimitBytes } from '../../shared/scf/limits.ts';
import { packageCode } from './package-code.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'qianma-package-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function folderOf(name: string, files: readonly (readonly [string, string | Uint8Array])[]): string {
  const folder = join(root, name);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const files = [
  ['index.js', 'exports.main_handler = async () => 1;'],
  ['data/names.json', '["签码"]'],
] as const;

describe('a package', () => {
  it('has the same bytes whenever and in whatever order it was written', () => {
    const one = packageCode(folderOf('one', files));
    const folder = folderOf('other', files.toReversed());
    utimesSync(join(folder, 'index.js'), 0, 0);
    const other = packageCode(folder);
    expect(Buffer.from(other.zip).equals(one.zip)).toBe(true);
    expect(other.sha256).toBe(one.sha256);
  });

  it.each([
    ['Asia/Shanghai', -480],
    ['America/New_York', 300],
  ])('has the same bytes in the time zone %s', (timeZone, offset) => {
    const folder = folderOf('zone', files);
    const here = packageCode(folder).sha256;
    vi.stubEnv('TZ', timeZone);
    expect(new Date(1980, 0, 1).getTimezoneOffset()).toBe(offset);
    expect(packageCode(folder).sha256).toBe(here);
    vi.unstubAllEnvs();
  });

  it('changes with its content and with its names', () => {
    const [index] = files;
    const hashes = [
      [index],
      [['index.js', 'exports.main_handler = async () => 2;']],
      [['main.js', index[1]]],
    ].map(
      (content, at) => packageCode(folderOf(`changed-${at}`, content as (typeof files)[number][])).sha256,
    ); // pairs of texts
    expect(new Set(hashes).size).toBe(3);
  });

  it('leaves source maps out and keeps folders', () => {
    const { zip } = packageCode(folderOf('maps', [...files, ['index.js.map', '{}']]));
    expect(Object.keys(unzipSync(zip))).toEqual(['data/names.json', 'index.js']);
  });
});

/** Events of every shape; what cannot be configured answers so, and what is not meant for a function is refused. */
const events = {
  'Function URL': {
    httpMethod: 'POST',
    path: '/',
    queryString: {},
    headers: { 'content-type': 'application/json' },
    body: '{}',
  },
  'API Gateway': {
    httpMethod: 'POST',
    path: '/x',
    queryString: {},
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
    isBase64Encoded: false,
    requestContext: {
      serviceId: 's',
      path: '/x',
      httpMethod: 'POST',
      requestId: 'r',
      identity: {},
      sourceIp: '10.0.0.1',
      stage: 'release',
    },
  },
  timer: { Type: 'Timer', TriggerName: 'every-minute', Time: '2026-11-24T00:00:00Z', Message: '' },
};

const caller = `
const { main_handler } = require('./index.js');
const context = { request_id: 'r', function_name: 'f', memory_limit_in_mb: 128, time_limit_in_ms: 10000, getRemainingTimeInMillis: () => 10000 };
(async () => {
  const answers = {};
  for (const [shape, event] of Object.entries(JSON.parse(process.argv[1]))) {
    answers[shape] = await main_handler(event, context).then((it) => String(it?.statusCode), (error) => 'thrown ' + error.message);
  }
  process.stdout.write('\\n' + JSON.stringify(answers));
  process.exit();
})();`;

const names = readdirSync('functions', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
  .map(({ name }) => name);

describe.each(names)('the code of %s', (name) => {
  it('answers events of every shape, unpacked alone in an empty folder', () => {
    const { zip } = packageCode(join('dist', name));
    // That of posters has a typeface.
    expect(zip.length).toBeLessThan(zipLimitBytes.update / (name === 'poster' ? 8 : 100));
    const folder = folderOf(`unpacked-${name}`, Object.entries(unzipSync(zip)));
    expect(existsSync(join(folder, 'node_modules'))).toBe(false);
    const printed = execFileSync(process.execPath, ['-e', caller, JSON.stringify(events)], {
      cwd: folder,
      env: {},
      encoding: 'utf8',
    });
    const answers = JSON.parse(printed.split('\n').at(-1) ?? '') as Record<string, string>; // our own caller wrote it
    expect(Object.keys(answers)).toEqual(Object.keys(events));
    // A refusal or "not configured": never a crash.
    for (const answer of Object.values(answers))
      expect(answer).toMatch(/^(2|4)\d\d$|^503$|^thrown .*(InvalidRequest|Misconfigured)/);
  });
});
