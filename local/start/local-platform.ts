import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/errors.ts';
import type { FunctionService } from '../../shared/scf/function-service.ts';
import { readServiceFile } from '../../shared/scf/service-file.ts';
import type { OnOpen } from '../../shared/shell/serve.ts';
import { systemClock } from '../clock/clock.ts';
import { credentials } from '../cloud-api/credentials.ts';
import { portFailure } from '../cloud-api/port-failure.ts';
import { createEmulator, type Emulator } from '../essbasic/create-emulator.ts';
import { once } from '../essbasic/once.ts';
import { createAsynchronousInvoker } from '../scf/asynchronous-invocation.ts';
import { createFunctionHost, type FunctionHost } from '../scf/function-host.ts';
import { createFunctionUrl } from '../scf/function-url.ts';
import { type ApiKey, mintApiKey, resolveApiKey } from './api-key.ts';
import { openDataDirectory } from './data-directory.ts';
import { type Database, openDatabase } from './database.ts';
import { followEmulator } from './emulator-address.ts';
import { keepEmulatorState } from './emulator-state.ts';
import { type FirstCode, firstCodeRequest, provideFirstCode } from './first-code.ts';
import { type OneClock, type OneClockParts, shiftOf, startOneClock } from './one-clock.ts';
import { reachDatabase } from './reach-database.ts';
import { itemsOf, type StartConfiguration } from './start-configuration.ts';
import { createTimeGate, type TimeGate } from './time-gate.ts';

export interface LocalPlatformOptions {
  configuration: StartConfiguration;
  /** The built functions. */
  codeRoot: string;
  /** The path of `serverless.yml`. */
  serviceFile: string;
  /** Where the other variables of the functions are looked up. */
  environment: Readonly<Record<string, string | undefined>>;
  log: (line: string) => void;
  onOpen: OnOpen;
}

export interface LocalPlatform {
  functionsUrl: string;
  emulatorUrl: string;
  /** Without a password. */
  databaseUrl: string;
  apiKey: ApiKey;
  code: FirstCode;
  /** What people call codes, by ids of them or of their generations. */
  namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Its time, in epoch milliseconds, and how far it is ahead of the machine's. */
  clock: { nowMs: number; shiftMs: number };
}

const migration = 'migrate-database';
/** The function that the emulator posts its notifications to, as Tencent would. */
const receiver = 'callback-handler';
/** Seals what names the people of the emulator, who do not exist: 32 bytes that are public. */
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
  const opening = createGate<FunctionHost>();
  const front = createFunctionUrl({
    functionNames: namesWith(services, 'http'),
    routes: routesOf(services),
    invoke: async (...call) => (await opening.opened).invoke(...call),
  });
  onOpen(front.close);
  const oneClock = createGate<OneClock>();
  const emulator = await openEmulator(options, directory.path, oneClock.opened);
  const { host: shownHost } = configuration;
  // A phone comes by the network's address; the functions and the emulator find each other by loopback.
  const bound = shownHost === '127.0.0.1' ? shownHost : '0.0.0.0';
  const { url: functionsUrl, port } = await front.listen(configuration.port, bound, shownHost);
  const ownUrl = `http://127.0.0.1:${port}`;
  if (namesWith(services, 'http').includes(receiver)) {
    emulator.callbacks.configure({ urls: [`${ownUrl}/${receiver}`] });
  }
  const [{ url: emulatorUrl, port: emulatorPort }, database] = await Promise.all([
    emulator.listen(configuration.emulatorPort, bound, shownHost).catch((cause: unknown) => {
      throw portFailure(configuration.emulatorPort, 'ESSBASIC_PORT', cause);
    }),
    provideDatabase(options, directory.path, shiftOf(emulator)),
  ]);

  const gate = createTimeGate();
  const host = createFunctionHost({
    services,
    shiftMs: () => shiftOf(emulator),
    codeRoot,
    log,
    environment: {
      ...options.environment,
      API_KEY_HASH: `${apiKey.hash},${ownKey.hash}`,
      DATABASE_URL: database.url,
      CALLBACK_BASE_URL: options.environment['CALLBACK_BASE_URL'] || `${ownUrl}/${receiver}`,
      // Receivers of a local run are on this machine.
      DELIVERY_ALLOW_LOOPBACK: 'true',
      ESS_APP_ID: firstCodeRequest.Agent.AppId,
      ESS_CALLBACK_KEYS: configuration.callbackKeys,
      ESS_CALLBACK_TOKENS: configuration.callbackTokens,
      ESS_ENDPOINT: `http://127.0.0.1:${emulatorPort}`,
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
  await followEmulator(directory.path, emulatorUrl, database.url);
  const gated = inTime(host, gate);
  opening.open(gated);
  const code = await provideFirstCode({
    functionsUrl: ownUrl,
    emulatorUrl,
    apiKey: ownKey.key,
    file: join(directory.path, 'first-code.json'),
    isKnown: (qrCodeId) => emulator.codes.get(qrCodeId) !== undefined,
  });
  const parts = { emulator, host: gated, gate, database: database.embedded, log };
  oneClock.open(startScheduling(parts, onOpen));
  const databaseUrl = withoutPassword(database.url);
  const clock = { nowMs: emulator.clock.nowMs(), shiftMs: shiftOf(emulator) };
  const namesOf = namesIn(database.url, onOpen);
  return { functionsUrl, emulatorUrl, databaseUrl, apiKey, code, namesOf, clock };
}

async function readServices({ serviceFile, codeRoot }: LocalPlatformOptions): Promise<FunctionService[]> {
  const services = readServiceFile(await readFile(serviceFile, 'utf8'));
  const missing = services.filter(({ name }) => !existsSync(join(codeRoot, name))).map(({ name }) => name);
  if (missing.length === 0) return services;
  const list = missing.join(', ');
  const detail = {
    zh: `尚未构建：${list}；请运行 npm run build`,
    en: `not built: ${list}; run npm run build`,
  };
  throw new Failure('Misconfigured', { detail });
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
  opening: Promise<OneClock>,
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
    moveClock: async (change) => (await opening).move(change),
    // The functions live by its clock, what else calls it on this machine does not.
    signatureClock: 'either',
    callbackConcurrency: 8,
    callbackKeys: itemsOf(configuration.callbackKeys),
    callbackTokens: itemsOf(configuration.callbackTokens),
  });
  const state = await keepEmulatorState(emulator, join(dataDirectory, 'emulator.json'), systemClock);
  // A snapshot of another run may have had another.
  if (emulator.clock.state().speed !== 1) emulator.clock.setSpeed(1);
  let clock: OneClock | undefined;
  void opening.then((started) => {
    clock = started;
  });
  onChange = () => {
    state.changed();
    clock?.follow();
  };
  // After its last request, so that nothing is missing.
  onOpen(state.close);
  onOpen(() => emulator.close());
  return emulator;
}

/** The embedded database, or the user's own. */
interface ProvidedDatabase {
  url: string;
  ready: Promise<void>;
  embedded?: Database;
}

async function provideDatabase(
  { configuration, onOpen, log }: LocalPlatformOptions,
  dataDirectory: string,
  shiftMs: number,
): Promise<ProvidedDatabase> {
  const { databaseUrl } = configuration;
  if (databaseUrl !== undefined) {
    refuseOtherTime(shiftMs);
    await reachDatabase(databaseUrl);
    return { url: databaseUrl, ready: Promise.resolve() };
  }
  const embedded = await openDatabase({ dataDirectory, shiftMs, log });
  onOpen(embedded.close);
  return { url: embedded.url, ready: embedded.ready, embedded };
}

/** Leases end by the clock of the database, and a database of the user's own has the time of the machine. */
function refuseOtherTime(shiftMs: number): void {
  if (shiftMs === 0) return;
  const days = Math.ceil(Math.abs(shiftMs) / 86_400_000);
  throw new Failure('Misconfigured', {
    detail: {
      zh: `DATA_DIR 中的时钟被拨动过（约 ${days} 天），而 DATABASE_URL 所指数据库的时钟无法拨动：请改用其他 DATA_DIR`,
      en: `the clock in DATA_DIR was moved (by some ${days} days), and that of the database in DATABASE_URL cannot be: use another DATA_DIR`,
    },
  });
}

async function migrate(host: FunctionHost, services: readonly FunctionService[]): Promise<void> {
  if (!services.some(({ name }) => name === migration)) return;
  const { error } = await host.invoke(migration, {});
  if (error === undefined) return;
  const first = error.stackTrace?.split('\n')[0];
  const why = `${error.errorMessage}${first === undefined ? '' : `: ${first}`}`;
  const detail = { zh: `${migration} 失败：${why}`, en: `${migration} failed: ${why}` };
  throw new Failure('Misconfigured', { detail });
}

/** The same functions, during whose work time does not jump. */
const inTime = (host: FunctionHost, gate: TimeGate): FunctionHost => ({
  ...host,
  invoke: (...call) => gate.pass(() => host.invoke(...call)),
});

function startScheduling(parts: Omit<OneClockParts, 'invoker'>, onOpen: OnOpen): OneClock {
  const invoker = createAsynchronousInvoker(parts.host.invoke, systemClock);
  const clock = startOneClock({ ...parts, invoker });
  onOpen(() => {
    clock.stop();
    invoker.close();
  });
  return clock;
}

/** Over a connection of its own, which is opened when a name is asked for first. */
function namesIn(databaseUrl: string, onOpen: OnOpen): LocalPlatform['namesOf'] {
  const opening = once(async () => {
    const [{ openPgDatabase }, { codeNames }] = await Promise.all([
      import('../../shared/store/postgres/pg-database.ts'),
      import('../../shared/store/register/code-names.ts'),
    ]);
    const db = openPgDatabase(databaseUrl);
    onOpen(() => db.close());
    return (ids: readonly string[]) => codeNames(db, ids);
  });
  return async (ids) => (await opening())(ids);
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
