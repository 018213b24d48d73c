import { randomInt } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as sleepForReal } from 'node:timers/promises';
import { Failure } from '../../shared/errors.ts';
import type { CallbackSettings } from './callbacks/callback-settings.ts';
import type { PostNotification } from './callbacks/post.ts';
import type { Emulator } from './emulator.ts';
import type { ApiCall } from './gateway/api-call.ts';
import { createApiGateway } from './gateway/api-gateway.ts';
import { createFaults } from './gateway/faults.ts';
import { createJournal, type JournalEntry } from './gateway/journal.ts';
import { createRateLimit } from './gateway/rate-limit.ts';
import { createHttpServer } from './http-server.ts';
import { closeServer, listen } from './listen.ts';
import { createLivingService } from './living-service.ts';
import { pageAt } from './pages/pages.ts';
import { credentials } from './seeds/credentials.ts';
import { createMemory } from './state/memory.ts';
import { truthOf } from './state/truth.ts';
import { watchedClock } from './state/virtual-clock.ts';
import { createWallClock } from './state/wall-clock.ts';
import { worldControls } from './state/world-controls.ts';

export type { Emulator } from './emulator.ts';

export interface EmulatorOptions {
  /**
   * What all randomness follows from: the same seed, clock and requests make the same answers. A random one unless
   * given, lest a restarted emulator give out ids that a register still knows from the last run. 32 bits.
   */
  seed?: number;
  /** Where the virtual clock starts; real time unless given. Epoch milliseconds. */
  startMs?: number;
  /** How fast it runs: 1 unless given, 0 stands still. */
  speed?: number;
  /** Requests per second, account and action, in place of what the contract says. `Infinity` for no limit. */
  requestsPerSecond?: number;
  /**
   * The clock that the 300 s around `X-TC-Timestamp` are counted by. Clients sign with real time, so it is real time
   * unless said otherwise.
   */
  signatureClock?: 'real' | 'virtual';
  /** Keys of the notifications, newest first. Without one they go in plain text. */
  callbackKeys?: readonly string[];
  /** Tokens of the notifications, newest first. Without one they go unsigned. */
  callbackTokens?: readonly string[];
  /** Where the application has its notifications sent. */
  callbackUrls?: readonly string[];
  /** What those look like whose fields no document names: a shipped shape, `flat` unless given, or one of your own. */
  callbackShape?: CallbackSettings['shape'];
  /** Posts by itself what falls due. Unless asked for, only `callbacks.deliverDue` and `settle` do. */
  automatic?: boolean;
  /** As many notifications are posted at once: one unless given, which keeps their order. */
  callbackConcurrency?: number;
  /** Posts a notification; over HTTP unless given. */
  post?: PostNotification;
  /**
   * The code that somebody comes to who wants to scan this one. The code itself unless given; the current one of the
   * same poster, where there is a stable link on it.
   */
  leadsTo?: (QrCodeId: string) => string;
  /** Is told when something has changed that a snapshot keeps, other than by a request to the API. */
  onChange?: () => void;
  /** Gets a line for each request and each notification, and one for each defect of the emulator itself. */
  logger?: (line: string) => void;
  /** Real time. Epoch milliseconds. */
  realNowMs?: () => number;
  /** Waits for real milliseconds, where a fault asks for latency. */
  sleep?: (ms: number) => Promise<void>;
}

function settingsOf(options: EmulatorOptions): Partial<CallbackSettings> {
  const { callbackKeys, callbackTokens, callbackUrls, callbackShape } = options;
  return {
    ...(callbackKeys && { keys: [...callbackKeys] }),
    ...(callbackTokens && { tokens: [...callbackTokens] }),
    ...(callbackUrls && { urls: [...callbackUrls] }),
    ...(callbackShape && { shape: callbackShape }),
  };
}

/** `setTimeout` takes a signed 32-bit number of milliseconds. Waking up early does no harm. */
const longestDelayMs = 2_147_483_647;

function afterByTimer(delayMs: number, task: () => void): () => void {
  const handle = setTimeout(task, Math.min(delayMs, longestDelayMs));
  return () => clearTimeout(handle);
}

const sleepByTimer = async (ms: number) => {
  await sleepForReal(ms);
};

/** A stand-in for essbasic on this machine, seeded and ready. `COVERAGE.md` says what it does and does not do. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { realNowMs = createWallClock(), signatureClock = 'real', logger = () => undefined } = options;
  const { seed = randomInt(2 ** 32), startMs, speed = 1 } = options;
  const memory = createMemory({ seed, startMs, speed, realNowMs });
  const { world, clock, random } = memory;
  const faults = createFaults(random.faults);
  const journal = createJournal();
  const rateLimit = createRateLimit();
  const onDefect = (error: unknown) =>
    logger(`defect: ${error instanceof Error ? error.stack : String(error)}`);
  const service = createLivingService({
    memory,
    settings: settingsOf(options),
    concurrency: options.callbackConcurrency ?? 1,
    post: options.post,
    leadsTo: options.leadsTo ?? ((QrCodeId) => QrCodeId),
    after: afterByTimer,
    logger,
    onChange: options.onChange ?? (() => undefined),
    onDefect,
  });
  const { contracts, callbacks, changed } = service;
  let baseUrl = '';
  let server: Server | undefined;

  const api = createApiGateway({
    memory,
    credentials,
    faults,
    rateLimit,
    journal,
    requestsPerSecond: options.requestsPerSecond,
    signatureNowS: () => (signatureClock === 'real' ? Math.floor(realNowMs() / 1000) : clock.nowS()),
    baseUrl: () => baseUrl,
    sleep: options.sleep ?? sleepByTimer,
    onJournal: (entry) => logger(lineOf(entry)),
    onDefect,
  });

  const emulator: Emulator = {
    clock: watchedClock(clock, changed),
    faults,
    journal,
    callbacks,
    ...worldControls({ memory, announce: service.announce, catchUp: contracts.catchUp, onChange: changed }),
    scan: contracts.scan,
    crowd: contracts.crowd,
    contracts,
    truth() {
      contracts.catchUp();
      return truthOf(world);
    },
    snapshot: memory.snapshot,
    restore(snapshot) {
      memory.restore(snapshot);
      rateLimit.reset();
      changed();
    },
    reset(change = {}) {
      memory.reset(change.seed);
      service.resetSettings();
      rateLimit.reset();
      faults.clear();
      journal.clear();
    },
    async listen(port = 0, host = '127.0.0.1') {
      if (server !== undefined)
        throw new Failure('StateConflict', { detail: 'The emulator listens already' });
      const page = (path: string, query: URLSearchParams) =>
        pageAt(path, query, { world, nowS: clock.nowS(), baseUrl });
      const inTime = async (call: ApiCall) => {
        // What should have happened before the call, happens before it.
        contracts.catchUp();
        return await api(call);
      };
      const opening = createHttpServer({ emulator, api: inTime, pageAt: page, onDefect });
      const address = await listen(opening, port, host);
      server = opening;
      baseUrl = address.url;
      if (options.automatic) service.start();
      return address;
    },
    async close() {
      const closing = server;
      server = undefined;
      service.stop();
      if (closing !== undefined) await closeServer(closing);
    },
  };
  return emulator;
}

function lineOf({ method, action, result, reason, requestId, fault }: JournalEntry): string {
  const why = reason === undefined ? '' : `: ${reason}`;
  const struck = fault === undefined ? '' : ` (fault ${fault.id}: ${fault.effect})`;
  return `${method} ${action || '(no action)'} ${result}${why}${struck} [${requestId}]`;
}
