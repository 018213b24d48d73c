import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FunctionService } from '../../shared/scf/function-service.ts';
import { createFunctionHost, type FunctionHost, type FunctionHostOptions } from './function-host.ts';

export interface TestFunctions {
  codeRoot: string;
  /** The instance module, built as `npm run build` builds it. */
  instanceModule: string;
  services: FunctionService[];
  remove(): Promise<void>;
}

/** Writes the source of some functions into a folder of their own, as the build would have. */
export async function createTestFunctions(
  sources: Readonly<Record<string, string>>,
  service: Partial<FunctionService> = {},
): Promise<TestFunctions> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'qianma-scf-')));
  const codeRoot = join(root, 'code');
  const instanceModule = join(root, 'instance.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'instance.ts')],
    outfile: instanceModule,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
  });
  for (const [name, source] of Object.entries(sources)) {
    await mkdir(join(codeRoot, name), { recursive: true });
    await writeFile(join(codeRoot, name, 'index.js'), source);
  }
  return {
    codeRoot,
    instanceModule,
    services: Object.keys(sources).map((name) => ({
      name,
      handler: 'index.main_handler',
      memoryMb: 128,
      timeoutS: 10,
      environment: [],
      triggers: [{ type: 'http' }],
      ...service,
    })),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

interface StartedHost {
  host: FunctionHost;
  /** What has been logged. */
  lines: string[];
  /** Ends once a part of a line has been logged. */
  logged(part: string): Promise<void>;
}

export interface StartedHosts {
  host(options?: Partial<FunctionHostOptions>): StartedHost;
  closeAll(): Promise<void>;
}

/** Hosts of the same functions, whose log can be waited for. */
export function createHosts(functions: TestFunctions): StartedHosts {
  const hosts: FunctionHost[] = [];
  return {
    host(options) {
      const lines: string[] = [];
      const listeners = new Set<() => void>();
      const log = (line: string) => {
        lines.push(line);
        for (const listener of [...listeners]) listener();
      };
      const host = createFunctionHost({ ...functions, environment: {}, log, ...options });
      hosts.push(host);
      const logged = (part: string) =>
        new Promise<void>((resolve) => {
          const check = () => {
            if (!lines.some((line) => line.includes(part))) return;
            listeners.delete(check);
            resolve();
          };
          listeners.add(check);
          check();
        });
      return { host, lines, logged };
    },
    async closeAll() {
      await Promise.all(hosts.splice(0).map((host) => host.close()));
    },
  };
}
