import { randomInt } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as sleepForReal } from 'node:timers/promises';
import { Failure } from '../../shared/errors.ts';
import type { Emulator } from './emulator.ts';
import { createApiGateway } from './gateway/api-gateway.ts';
import { createFaults } from './gateway/faults.ts';
import { createJournal, type JournalEntry } from './gateway/journal.ts';
import { createRateLimit } from './gateway/rate-limit.ts';
import { createHttpServer } from './http-server.ts';
import { closeServer, listen } from './listen.ts';
import { pageAt } from './pages/pages.ts';
import { credentials } from './seeds/credentials.ts';
import { createMemory } from './state/memory.ts';
import { scanCrowd } from './state/scan-crowd.ts';
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
  /** Keys and tokens of the notifications. None is sent yet, so nothing reads them. */
  callbackKeys?: readonly string[];
  callbackTokens?: readonly string[];
  /** Gets a line for each request, and one for each defect of the emulator itself. */
  logger?: (line: string) => void;
  /** Real time. Epoch milliseconds. */
  realNowMs?: () => number;
  /** Waits for real milliseconds, where a fault asks for latency. */
  sleep?: (ms: number) => Promise<void>;
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
    clock,
    faults,
    journal,
    ...worldControls(world),
    scan: (QrCodeId, crowd) => scanCrowd(memory, QrCodeId, crowd),
    snapshot: memory.snapshot,
    restore(snapshot) {
      memory.restore(snapshot);
      rateLimit.reset();
    },
    reset(change = {}) {
      memory.reset(change.seed);
      rateLimit.reset();
      faults.clear();
      journal.clear();
    },
    async listen(port = 0, host = '127.0.0.1') {
      if (server !== undefined)
        throw new Failure('StateConflict', { detail: 'The emulator listens already' });
      const page = (path: string, query: URLSearchParams) =>
        pageAt(path, query, { world, nowS: clock.nowS(), baseUrl });
      const opening = createHttpServer({ emulator, api, pageAt: page, onDefect });
      const address = await listen(opening, port, host);
      server = opening;
      baseUrl = address.url;
      return address;
    },
    async close() {
      const closing = server;
      server = undefined;
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
