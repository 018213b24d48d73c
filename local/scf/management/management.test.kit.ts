import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createSigner } from '../../../shared/tc3/sign.ts';
import { createManualClock, type ManualClock } from '../../clock/manual-clock.test.kit.ts';
import { type ApiAnswer, type RawAnswer, send } from '../../cloud-api/call.test.kit.ts';
import { credentials } from '../../cloud-api/credentials.ts';
import { createScfManagement, type ScfManagementOptions } from './create-scf-management.ts';
import type { ScfManagement } from './scf-management.ts';
import { zipOf } from './zip.test.kit.ts';

/** The process that functions run in, built as `npm run build` builds it. */
export async function buildInstance(): Promise<{ instanceModule: string; remove(): Promise<void> }> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'qianma-instance-')));
  const instanceModule = join(root, 'instance.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '..', 'instance.ts')],
    outfile: instanceModule,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
  });
  return { instanceModule, remove: () => rm(root, { recursive: true, force: true }) };
}

export interface Twist {
  secretId?: string;
  secretKey?: string;
  service?: string;
  method?: string;
  headers?: Record<string, string>;
  /** The body as it is sent, in place of the request. */
  text?: string;
}

export interface StartedManagement {
  management: ScfManagement;
  url: string;
  clock: ManualClock;
  /** What has been logged. */
  lines: string[];
  /** Ends once a part of a line has been logged. */
  logged(part: string): Promise<void>;
  raw(action: string, request: unknown, twist?: Twist): Promise<RawAnswer>;
  call(action: string, request?: unknown, twist?: Twist): Promise<ApiAnswer>;
  /** The code that an action answers, or `ok`. */
  resultOf(action: string, request?: unknown, twist?: Twist): Promise<string>;
  /** Calls, and throws where it is refused. */
  done(action: string, request?: unknown): Promise<ApiAnswer>;
  /** Creates a function of some files, and waits until it is active. */
  deploy(request: Record<string, unknown>, files?: Record<string, string>): Promise<void>;
}

/** What `deploy` gives a function, whose handler answers with what it was given. */
export const echo = `exports.main_handler = async (event, context) => ({ event, context, environment: process.env });`;
export const zipFile = (files: Record<string, string>) => ({ ZipFile: zipOf(files).toString('base64') });

/** Starts a stand-in whose clock stands still, without a rate limit, in which everything is settled at once. */
export async function startManagement(
  options: Partial<ScfManagementOptions> = {},
): Promise<StartedManagement> {
  const clock = createManualClock();
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const management = createScfManagement({
    credentials,
    clock,
    settling: { polls: 0 },
    urlPolls: 0,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    seed: 1,
    logger(line) {
      lines.push(line);
      for (const listener of [...listeners]) listener();
    },
    ...options,
  });
  const { url } = await management.listen();

  const raw = (action: string, request: unknown, twist: Twist = {}) => {
    const body = Buffer.from(twist.text ?? JSON.stringify(request));
    const method = twist.method ?? 'POST';
    return send(url, { method, headers: signedHeaders(url, action, body, twist), body });
  };
  const call = async (action: string, request: unknown = {}, twist: Twist = {}) => {
    const { text } = await raw(action, request, twist);
    return (JSON.parse(text) as { Response: ApiAnswer }).Response; // the shape of every answer
  };
  const done = async (action: string, request: unknown = {}) => {
    const answer = await call(action, request);
    if (answer.Error) throw new Error(`${action}: ${answer.Error.Code}: ${answer.Error.Message}`);
    return answer;
  };
  return {
    management,
    url,
    clock,
    lines,
    logged: (part) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (!lines.some((line) => line.includes(part))) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
      }),
    raw,
    call,
    done,
    async resultOf(action, request, twist) {
      return (await call(action, request, twist)).Error?.Code ?? 'ok';
    },
    async deploy(request, files = { 'index.js': echo }) {
      await done('CreateFunction', { Runtime: 'Nodejs20.19', Code: zipFile(files), ...request });
      for (let looks = 0; looks < 10; looks += 1) {
        const { Status } = await done('GetFunction', { FunctionName: request['FunctionName'] });
        if (Status === 'Active') return;
      }
      throw new Error('The function does not become active');
    },
  };
}

function signedHeaders(url: string, action: string, body: Uint8Array, twist: Twist): Record<string, string> {
  const { secretId = credentials[0].secretId, secretKey = credentials[0].secretKey, service = 'scf' } = twist;
  const timestampS = Math.floor(Date.now() / 1000);
  const { host } = new URL(url);
  const contentType = 'application/json';
  const authorization = createSigner(
    { secretId, secretKey },
    service,
  )({ host, contentType, body, timestampS });
  return {
    'X-TC-Action': action,
    'X-TC-Version': '2018-04-16',
    'X-TC-Region': 'ap-guangzhou',
    'X-TC-Language': 'en-US',
    Host: host,
    'Content-Type': contentType,
    'Content-Length': String(body.byteLength),
    'X-TC-Timestamp': String(timestampS),
    Authorization: authorization,
    ...twist.headers,
  };
}
