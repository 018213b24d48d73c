import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { requireContract } from '../../../docs/testing/contract-check.ts';
import { readServiceFile } from '../../../shared/scf/service-file.ts';
import { startWire, type Wire } from '../../../shared/store/testing/wire.ts';
import { credentials } from '../../cloud-api/credentials.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../essbasic/create-emulator.ts';
import { exampleAgent } from '../../essbasic/seeds/organisations.ts';
import { createFunctionHost, type FunctionHost } from '../../scf/function-host.ts';
import { createFunctionUrl } from '../../scf/function-url.ts';
import { startBySmallProcess } from '../../scf/testing/small-starter.ts';
import { mintApiKey } from '../api-key.ts';
import { itemsOf, localCallbackKey, localCallbackToken } from '../start-configuration.ts';

interface Called {
  status: number;
  headers: Headers;
  /** The members of the answer: a test says with `expect` what they hold. */
  body: Record<string, unknown>;
}

/** The built functions with a database and the emulator, and a caller with an administrator's key. */
export interface Platform {
  emulator: Emulator;
  emulatorUrl: string;
  databaseUrl: string;
  host: FunctionHost;
  /** Where the functions answer. */
  url: string;
  /** The caller's key. */
  apiKey: string;
  /** All that the functions have logged. */
  lines: string[];
  /** @throws Error where an action answers against its contract */
  call(functionName: string, body: unknown, headers?: Record<string, string>): Promise<Called>;
  /** What `npm run keys` prints: of `create` the key. */
  keys(...args: string[]): Promise<string>;
  /** The database is gone from here on. */
  stopDatabase(): Promise<void>;
  close(): Promise<void>;
}

interface PlatformOptions {
  /** Every function's time limit, in place of its own. Seconds. */
  timeoutS?: number;
  /** What all randomness of the emulator follows from. */
  seed?: number;
  /** In place of one of its own. It is empty. */
  database?: Pick<Wire, 'url' | 'dispose'>;
  /** How else the emulator behaves. */
  emulated?: EmulatorOptions;
  /** Of one function. */
  maxInstances?: number;
  /** The functions live by the clock of the emulator, not by the machine's. */
  isOneClock?: boolean;
}

/** Variables in `environment` replace those that make everything work. */
export async function startPlatform(
  environment: Record<string, string> = {},
  { timeoutS, seed, emulated, maxInstances, isOneClock = false, ...given }: PlatformOptions = {},
): Promise<Platform> {
  const secrets = {
    ESS_CALLBACK_KEYS: localCallbackKey,
    ESS_CALLBACK_TOKENS: localCallbackToken,
    ...environment,
  };
  const emulator = createEmulator({
    callbackKeys: itemsOf(secrets.ESS_CALLBACK_KEYS),
    callbackTokens: itemsOf(secrets.ESS_CALLBACK_TOKENS),
    ...(seed !== undefined && { seed }),
    ...emulated,
  });
  const { url: emulatorUrl } = await emulator.listen();
  const database = given.database ?? (await startWire());
  const services = readServiceFile(await readFile('serverless.yml', 'utf8')).map((service) => ({
    ...service,
    timeoutS: timeoutS ?? service.timeoutS,
  }));
  const { key, hash } = mintApiKey();
  const lines: string[] = [];
  let host: FunctionHost | undefined;
  const front = createFunctionUrl({
    functionNames: services.map(({ name }) => name),
    routes: [{ path: '/s/*', functionName: 'stable-link' }],
    invoke: (...call) => started().invoke(...call),
  });
  const started = () => {
    if (host === undefined) throw new Error('not started');
    return host;
  };
  const { url } = await front.listen(0);
  // Posted when a test asks for it, by `emulator.callbacks`.
  emulator.callbacks.configure({ urls: [`${url}/callback-handler`] });
  host = createFunctionHost({
    services,
    codeRoot: resolve('dist'),
    instanceModule: resolve('dist/local/instance.mjs'),
    startInstance: startBySmallProcess,
    log: (line) => lines.push(line),
    ...(maxInstances !== undefined && { maxInstances }),
    ...(isOneClock && { shiftMs: () => emulator.clock.nowMs() - Date.now() }),
    environment: {
      API_KEY_HASH: hash,
      DATABASE_URL: database.url,
      DELIVERY_ALLOW_LOOPBACK: 'true',
      ESS_APP_ID: exampleAgent.AppId,
      ESS_ENDPOINT: emulatorUrl,
      ESS_SECRET_ID: credentials[0].secretId,
      ESS_SECRET_KEY: credentials[0].secretKey,
      PUBLIC_BASE_URL: url,
      REGISTER_KEYS: Buffer.alloc(32, 7).toString('base64'),
      ...secrets,
    },
  });
  const { error } = await host.invoke('migrate-database', {});
  if (error !== undefined) throw new Error(error.errorMessage);
  let isStopped = false;
  const stopDatabase = async () => {
    if (!isStopped) await database.dispose();
    isStopped = true;
  };
  return {
    emulator,
    emulatorUrl,
    databaseUrl: database.url,
    host,
    url,
    apiKey: key,
    lines,
    stopDatabase,
    async call(functionName, body, headers = {}) {
      const response = await fetch(`${url}/${functionName}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}`, ...headers },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as Called['body']; // every answer of a function is a JSON object
      if (/^[A-Z]/.test(functionName)) requireContract(functionName, response.status, answer);
      return { status: response.status, headers: response.headers, body: answer };
    },
    async keys(...args) {
      const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url };
      const command = [resolve('dist/commands/keys.mjs'), ...args];
      return (await promisify(execFile)(process.execPath, command, { env })).stdout.trim();
    },
    async close() {
      await Promise.all([front.close(), started().close(), emulator.close()]);
      await stopDatabase();
    },
  };
}
