import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../shared/errors.ts';
import type { FunctionService } from '../shared/scf/function-service.ts';
import { readServiceFile } from '../shared/scf/service-file.ts';
import { type ApiKey, mintApiKey, resolveApiKey } from './api-key.ts';
import { openDataDirectory } from './data-directory.ts';
import { openDatabase } from './database.ts';
import { keepEmulatorState } from './emulator-state.ts';
import { createEmulator, type Emulator } from './essbasic/create-emulator.ts';
import { credentials } from './essbasic/seeds/credentials.ts';
import { codeStatus } from './essbasic/state/code-status.ts';
import { type FirstCode, firstCodeRequest, provideFirstCode } from './first-code.ts';
import { portFailure } from './port-failure.ts';
import { createAsynchronousInvoker } from './scf/asynchronous-invocation.ts';
import { systemClock } from './scf/clock.ts';
import { createFunctionHost, type FunctionHost } from './scf/function-host.ts';
import { createFunctionUrl } from './scf/function-url.ts';
import { startTimers } from './scf/timer.ts';
import { itemsOf, type StartConfiguration } from './start-configuration.ts';

export interface LocalPlatformOptions {
  configuration: StartConfiguration;
  /** The built functions. */
  codeRoot: string;
  /** The path of `serverless.yml`. */
  serviceFile: string;
  /** Where names that the functions ask for and nobody here sets are looked up. */
  environment: Readonly<Record<string, string | undefined>>;
  log: (line: string) => void;
  /** Is told of each thing that is to be closed again, as it comes up. */
  onOpen: (close: () => Promise<void> | void) => void;
}

export interface LocalPlatform {
  functionsUrl: string;
  emulatorUrl: string;
  /** Without a password. */
  databaseUrl: string;
  apiKey: ApiKey;
  code: FirstCode;
}

const migration = 'migrate-database';
/** The function that the emulator posts its notifications to, as Tencent would. */
const receiver = 'callback-handler';
/** Seals what names the people of the emulator, who do not exist: 32 bytes that everybody may know. */
const localRegisterKey = Buffer.from('qianma-local-register-key-000000').toString('base64');

/**
 * Starts all that the functions need, then the functions, migrates the database and creates a first code.
 *
 * Throws `Misconfigured` with one clear sentence; what has been opened by then is for the caller to close.
 */
export async function startLocalPlatform(options: LocalPlatformOptions): Promise<LocalPlatform> {
  const { configuration, codeRoot, log, onOpen } = options;
  const services = await readServices(options);
  const directory = await openDataDirectory(configuration.dataDirectory);
  onOpen(directory.release);
  const apiKey = await resolveApiKey(directory.path, configuration.apiKey);
  // The first code is created as a user would, and of the user's key there may be no more than the hash.
  const ownKey = mintApiKey();

  // The port is taken first, so that a conflict shows at once; calls wait until they can be answered.
  const gate = createGate<FunctionHost>();
  const front = createFunctionUrl({
    functionNames: namesWith(services, 'http'),
    routes: routesOf(services),
    invoke: async (...call) => (await gate.opened).invoke(...call),
  });
  onOpen(front.close);
  const emulator = await openEmulator(options, directory.path);
  const { url: functionsUrl } = await front.listen(configuration.port);
  if (namesWith(services, 'http').includes(receiver)) {
    emulator.callbacks.configure({ urls: [`${functionsUrl}/${receiver}`] });
  }
  const [{ url: emulatorUrl }, database] = await Promise.all([
    emulator.listen(configuration.emulatorPort).catch((cause: unknown) => {
      throw portFailure(configuration.emulatorPort, cause);
    }),
    provideDatabase(options, directory.path),
  ]);

  const host = createFunctionHost({
    services,
    codeRoot,
    log,
    environment: {
      ...options.environment,
      API_KEY_HASH: `${apiKey.hash},${ownKey.hash}`,
      DATABASE_URL: database.url,
      // Receivers of a local run are on this machine.
      DELIVERY_ALLOW_LOOPBACK: 'true',
      ESS_APP_ID: firstCodeRequest.Agent.AppId,
      ESS_CALLBACK_KEYS: configuration.callbackKeys,
      ESS_CALLBACK_TOKENS: configuration.callbackTokens,
      ESS_ENDPOINT: emulatorUrl,
      ESS_SECRET_ID: credentials[0].secretId,
      ESS_SECRET_KEY: credentials[0].secretKey,
      ESS_SECRET_TOKEN: '',
      PUBLIC_BASE_URL: functionsUrl,
      REGISTER_KEYS: localRegisterKey,
    },
  });
  onOpen(host.close);
  await database.ready;
  await migrate(host, services);
  gate.open(host);
  const code = await provideFirstCode({
    functionsUrl,
    emulatorUrl,
    apiKey: ownKey.key,
    file: join(directory.path, 'first-code.json'),
    isAlive: (qrCodeId) => isAlive(emulator, qrCodeId),
  });
  startScheduling(host, onOpen);
  return { functionsUrl, emulatorUrl, databaseUrl: withoutPassword(database.url), apiKey, code };
}

async function readServices({ serviceFile, codeRoot }: LocalPlatformOptions): Promise<FunctionService[]> {
  const services = readServiceFile(await readFile(serviceFile, 'utf8'));
  const missing = services.filter(({ name }) => !existsSync(join(codeRoot, name))).map(({ name }) => name);
  if (missing.length === 0) return services;
  throw new Failure('Misconfigured', { detail: `not built: ${missing.join(', ')}; run npm run build` });
}

const namesWith = (services: readonly FunctionService[], type: 'http' | 'timer') =>
  services
    .filter(({ triggers }) => triggers.some((trigger) => trigger.type === type))
    .map(({ name }) => name);

/** The same paths as on the custom domain in the cloud. */
const routesOf = (services: readonly FunctionService[]) =>
  services.flatMap(({ name, triggers }) =>
    triggers.flatMap((trigger) =>
      trigger.type === 'http' ? (trigger.paths ?? []).map((path) => ({ path, functionName: name })) : [],
    ),
  );

async function openEmulator(
  { configuration, log, onOpen }: LocalPlatformOptions,
  dataDirectory: string,
): Promise<Emulator> {
  let onChange = () => {};
  const logger = (line: string) => {
    log(`emulator | ${line}`);
    onChange();
  };
  const emulator = createEmulator({
    logger,
    onChange: () => onChange(),
    automatic: true,
    callbackConcurrency: 8,
    callbackKeys: itemsOf(configuration.callbackKeys),
    callbackTokens: itemsOf(configuration.callbackTokens),
  });
  const state = await keepEmulatorState(emulator, join(dataDirectory, 'emulator.json'), systemClock);
  onChange = state.changed;
  // After its last request, so that nothing is missing.
  onOpen(state.close);
  onOpen(() => emulator.close());
  return emulator;
}

function isAlive(emulator: Emulator, qrCodeId: string): boolean {
  const code = emulator.codes.get(qrCodeId);
  return code !== undefined && codeStatus(code, emulator.clock.nowS()) === 'alive';
}

async function provideDatabase(
  { configuration, onOpen, log }: LocalPlatformOptions,
  dataDirectory: string,
): Promise<{ url: string; ready: Promise<void> }> {
  const { databaseUrl } = configuration;
  if (databaseUrl !== undefined) return { url: databaseUrl, ready: Promise.resolve() };
  const database = await openDatabase({ dataDirectory, log });
  onOpen(database.close);
  return database;
}

async function migrate(host: FunctionHost, services: readonly FunctionService[]): Promise<void> {
  if (!services.some(({ name }) => name === migration)) return;
  const { error } = await host.invoke(migration, {});
  if (error === undefined) return;
  const first = error.stackTrace?.split('\n')[0];
  const detail = `${migration} failed: ${error.errorMessage}${first === undefined ? '' : `: ${first}`}`;
  throw new Failure('Misconfigured', { detail });
}

function startScheduling(host: FunctionHost, onOpen: LocalPlatformOptions['onOpen']): void {
  const invoker = createAsynchronousInvoker(host.invoke, systemClock);
  const timers = startTimers(host.services, invoker.deliver);
  onOpen(() => {
    timers.stop();
    invoker.close();
  });
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = '';
  return url.href;
}

/** A promise for something that comes later. */
function createGate<T>(): { opened: Promise<T>; open(value: T): void } {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
