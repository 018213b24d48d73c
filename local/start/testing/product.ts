import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** All that `npm start` starts, as a process of its own. */
export interface Product {
  /** Where the functions answer. */
  url: string;
  /** The administrator's key, as it was printed. */
  apiKey: string;
  /** Tells the emulator what happens in its world: a route of its control plane, and what is said to it. */
  tell(route: string, body: object): Promise<object>;
  /** What the emulator knows, by a route of its control plane. */
  ask(route: string): Promise<object>;
  stop(): Promise<void>;
}

/** On any free ports, with a data directory of its own, from what was built. */
export async function startProduct(): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'qianma-product-'));
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['dist/local/start.mjs'], {
    env: { PATH, NO_COLOR: '1', PORT: '0', ESSBASIC_PORT: '0', DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const printed = await untilReady(child);
    const [, url = '', emulatorUrl = ''] = /^ready +functions (\S+) +emulator (\S+)/m.exec(printed) ?? [];
    const [, apiKey = ''] = /API_KEY=(\S+)/.exec(printed) ?? [];
    const control = async (route: string, init: RequestInit) => {
      const response = await fetch(`${emulatorUrl}/_emulator/${route}`, init);
      if (!response.ok) throw new Error(`${route} is answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as object; // what every route of the control plane answers
    };
    return {
      url,
      apiKey,
      tell: (route, body) => control(route, { method: 'POST', body: JSON.stringify(body) }),
      ask: (route) => control(route, { method: 'GET' }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('what it prints cannot be read');
  const lines: string[] = [];
  for await (const line of createInterface(stdout)) {
    lines.push(line);
    if (line.startsWith('ready')) {
      // What it prints from now on must not fill the pipe.
      stdout.resume();
      return lines.join('\n');
    }
  }
  throw new Error(`npm start ended before it was ready: ${lines.join('\n')}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
