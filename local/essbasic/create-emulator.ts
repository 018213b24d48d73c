import { randomInt } from 'node:crypto';
import type { Server } from 'node:http';
import { setTimeout as sleepForReal } from 'node:timers/promises';
import { Failure } from '../../shared/errors.ts';
import { credentials } from '../cloud-api/credentials.ts';
import { createFaults } from '../cloud-api/faults.ts';
import { createGateway } from '../cloud-api/gateway.ts';
import { createJournal, journalLine } from '../cloud-api/journal/journal.ts';
import { closeServer, listen } from '../cloud-api/listen.ts';
import { createRateLimit } from '../cloud-api/rate-limit.ts';
import type { ApiCall } from '../cloud-api/read-call.ts';
import type { CallbackSettings } from './callbacks/callback-settings.ts';
import type { PostNotification } from './callbacks/post.ts';
import type { ClockChange, Emulator, MoveReport } from './emulator.ts';
import { essbasicService } from './gateway/essbasic-service.ts';
import type { EmulatedName } from './good-requests.ts';
import { createHttpServer } from './http-server.ts';
import { createLivingService } from './living-service.ts';
import { type FollowLink, followOverHttp } from './state/follow-link.ts';
import { numericRequestId, uuid } from './state/ids.ts';
import { createMemory } from './state/memory.ts';
import { truthOf } from './state/truth.ts';
import { type VirtualClock, watchedClock } from './state/virtual-clock.ts';
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
   * unless said otherwise; `either` where some of them live by the virtual clock.
   */
  signatureClock?: 'real' | 'virtual' | 'either';
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
   * The code that a person reaches who scans this one. The code itself unless given; the current one of the same
   * poster, where there is a stable link on it.
   */
  leadsTo?: (QrCodeId: string) => string;
  /** Moves the clock by hand, and all that lives by it; the clock alone unless given. */
  moveClock?: Emulator['moveClock'];
  /** Opens the link on a poster; over HTTP unless given. */
  followLink?: FollowLink;
  /** Called when something has changed that a snapshot keeps, other than by a request to the API. */
  onChange?: () => void;
  /** Gets a line for each request and each notification, and one for each defect of the emulator itself. */
  logger?: (line: string) => void;
  /** Real time. Epoch milliseconds. */
  realNowMs?: () => number;
  /** Waits for real milliseconds, where a fault asks for latency. */
  sleep?: (ms: number) => Promise<void>;
}

function settingsOf(options: EmulatorOptions): Partial<CallbackSettings> {
  const { callbackKeys = [], callbackTokens = [], callbackUrls = [], callbackShape } = options;
  return {
    ...(callbackKeys.length > 0 && { keys: [...callbackKeys] }),
    ...(callbackTokens.length > 0 && { tokens: [...callbackTokens] }),
    ...(callbackUrls.length > 0 && { urls: [...callbackUrls] }),
    ...(callbackShape && { shape: callbackShape }),
  };
}

/** `setTimeout` takes a signed 32-bit number of milliseconds. Waking up early does no harm. */
const longestDelayMs = 2_147_483_647;

function afterByTimer(delayMs: number, task: () => void): () => void {
  const handle = setTimeout(task, Math.min(delayMs, longestDelayMs));
  return () => clearTimeout(handle);
}

/** The action whose answers have the numeric form of a RequestId. */
const numberedAction: EmulatedName = 'ChannelCreateMultiFlowSignQRCode';

const sleepByTimer = async (ms: number) => {
  await sleepForReal(ms);
};

function moveAlone(clock: VirtualClock, { setMs, advanceMs, speed }: ClockChange): MoveReport {
  if (setMs !== undefined) clock.set(setMs);
  if (advanceMs !== undefined) clock.advance(advanceMs);
  if (speed !== undefined) clock.setSpeed(speed);
  return {};
}

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
    followLink: options.followLink ?? followOverHttp,
    after: afterByTimer,
    logger,
    onChange: options.onChange ?? (() => undefined),
    onDefect,
  });
  const { contracts, callbacks, changed } = service;
  let baseUrl = '';
  let server: Server | undefined;

  const gateway = createGateway({
    service: essbasicService,
    act: (action, request) => action.act(request, { world, nowS: clock.nowS(), random: random.ids, baseUrl }),
    credentials,
    faults,
    rateLimit,
    journal,
    requestsPerSecond: options.requestsPerSecond,
    // The published create answers with the numeric form, the published cancel with the other.
    newRequestId: (action) =>
      action === numberedAction ? numericRequestId(clock.nowMs(), random.requests) : uuid(random.requests),
    nowMs: clock.nowMs,
    signatureNowS: (timestampS) => {
      const realS = Math.floor(realNowMs() / 1000);
      if (signatureClock !== 'either') return signatureClock === 'real' ? realS : clock.nowS();
      return Math.abs(timestampS - realS) < Math.abs(timestampS - clock.nowS()) ? realS : clock.nowS();
    },
    sleep: options.sleep ?? sleepByTimer,
    onJournal: (entry) => logger(journalLine(entry)),
    onDefect,
  });
  const api = async (call: ApiCall) => {
    // Everything that is due takes place before the call.
    contracts.catchUp();
    return await gateway(call);
  };

  const watched = watchedClock(clock, changed);
  const emulator: Emulator = {
    clock: watched,
    moveClock: options.moveClock ?? (async (change) => moveAlone(watched, change)),
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
      changed();
    },
    async listen(port = 0, host = '127.0.0.1', shownHost = host) {
      if (server !== undefined)
        throw new Failure('StateConflict', {
          detail: { zh: '模拟服务已在监听', en: 'The emulator listens already' },
        });
      const pageContext = () => ({ world, nowS: clock.nowS(), baseUrl });
      const opening = createHttpServer({ emulator, api, pageContext, onDefect });
      const address = await listen(opening, port, host, shownHost);
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
