import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable, Writable } from 'node:stream';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { cancelled, created, say, serve } from './testing/loopback.ts';
import { selfSigned } from './testing/self-signed.ts';

let folder = '';
const tls = selfSigned();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qianma-frozen-'));
  await writeFile(join(folder, 'ca.pem'), tls.cert);
  await build({
    entryPoints: [join(import.meta.dirname, 'testing/frozen-instance.ts')],
    outfile: join(folder, 'instance.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** Closes at once, without waiting for the other side, which cannot react. */
const close = (socket: Socket) => socket.destroy();
const reset = (socket: Socket) => socket.resetAndDestroy();

// Signals that stop a process exist on POSIX systems only.
describe.runIf(process.platform !== 'win32')(
  'an instance that is frozen, and thawed by the next event',
  () => {
    it.each([
      ['create', 'http', 'closed', close],
      ['create', 'http', 'reset', reset],
      ['create', 'https', 'closed', close],
      ['cancel', 'http', 'closed', close],
      ['cancel', 'https', 'closed', close],
    ] as const)(
      'answers a %s over %s every time, though upstream has %s its connection',
      async (action, scheme, _, hangUp) => {
        const answer = action === 'create' ? created : cancelled;
        const server = await serve([say(answer)], scheme === 'https' ? tls : undefined);
        const instance = start(server.endpoint);
        // As many as the limiter lets through at once.
        const rounds = 20;

        for (let round = 1; round <= rounds; round++) {
          await told(instance, () => instance.stdin.write(action), 'ready');
          expect(server.connections).toHaveLength(round - 1);
          await freeze(instance);
          if (round > 1) await hungUp(server.connections.at(-1), hangUp);
          const thaw = () => {
            instance.wake.write('x');
            instance.process.kill('SIGCONT');
          };
          await told(instance, thaw, answer.Response.RequestId);
        }
        expect(server.received).toHaveLength(rounds);
      },
    );
  },
);

interface Instance {
  process: ChildProcess;
  stdin: Writable;
  stdout: Readable;
  /** Descriptor 3. */
  wake: Writable;
}

function start(endpoint: string): Instance {
  const instance = spawn(process.execPath, [join(folder, 'instance.cjs'), endpoint], {
    env: { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') },
    stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
  });
  onTestFinished(() => void instance.kill('SIGKILL'));
  const { stdin, stdout } = instance;
  const wake = instance.stdio[3];
  if (stdin === null || stdout === null || !(wake instanceof Writable)) return expect.unreachable();
  return { process: instance, stdin, stdout, wake };
}

/** Does something and waits for what the instance says to it. */
async function told({ stdout }: Instance, act: () => void, expected: string): Promise<void> {
  const answer = once(stdout, 'data');
  act();
  expect(String((await answer)[0])).toBe(expected);
}

async function freeze(instance: Instance): Promise<void> {
  instance.process.kill('SIGSTOP');
  // Elsewhere the state cannot be read; a process that waits stops at once all the same.
  while (process.platform === 'linux' && (await stateOf(instance)) !== 'T') await new Promise(setImmediate);
}

/** The letter of proc(5): `T` is stopped. */
async function stateOf(instance: Instance): Promise<string | undefined> {
  const stat = await readFile(`/proc/${instance.process.pid}/stat`, 'utf8');
  return /\) (\w)/.exec(stat)?.[1];
}

async function hungUp(socket: Socket | undefined, hangUp: (socket: Socket) => void): Promise<void> {
  if (socket === undefined) return expect.unreachable();
  const closed = once(socket, 'close');
  hangUp(socket);
  await closed;
}
