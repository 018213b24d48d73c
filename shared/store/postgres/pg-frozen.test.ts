import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../testing/faulty-proxy.ts';
import { startWire, type Wire } from '../testing/wire.ts';

let wire: Wire;
let proxy: FaultyProxy;
let folder: string;
let instance: ChildProcess;

beforeAll(async () => {
  wire = await startWire();
  proxy = await startFaultyProxy(wire.url);
  folder = await mkdtemp(join(tmpdir(), 'frozen-'));
  const outfile = join(folder, 'instance.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../testing/instance.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  instance = fork(outfile, [proxy.url]);
});

afterAll(async () => {
  instance.kill('SIGKILL');
  await once(instance, 'exit');
  await proxy.close();
  await wire.dispose();
  await rm(folder, { recursive: true });
});

async function answer(): Promise<unknown> {
  const [message] = await once(instance, 'message');
  return message;
}

/** A process that is stopped has the state T in its third field. */
async function stopped(): Promise<void> {
  for (;;) {
    const stat = await readFile(`/proc/${instance.pid}/stat`, 'utf8');
    if (stat.slice(stat.lastIndexOf(')')).startsWith(') T')) return;
  }
}

// Only Linux shows the state of a process in this way; the functions run nowhere else.
describe.runIf(process.platform === 'linux')('an instance that is frozen between two events', () => {
  it('finds its connection closed by the server when it thaws, and writes once all the same', async () => {
    instance.send('create table notes (id int)');
    expect(await answer()).toEqual({ rows: [] });
    for (let event = 1; event <= 5; event += 1) {
      instance.kill('SIGSTOP');
      await stopped();
      await proxy.cut();
      instance.send(`insert into notes values (${event})`);
      instance.kill('SIGCONT');
      expect(await answer()).toEqual({ rows: [] });
    }
    instance.send('select id from notes order by id');
    expect(await answer()).toEqual({ rows: [1, 2, 3, 4, 5].map((id) => ({ id })) });
    expect(proxy.opened()).toBe(6);
  });
});
