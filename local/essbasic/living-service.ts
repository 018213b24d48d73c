import { type Announcements, createAnnouncements } from './callbacks/announcements.ts';
import { CallbackSettings, defaultCallbackSettings } from './callbacks/callback-settings.ts';
import { type Callbacks, createCallbacks } from './callbacks/callbacks.ts';
import { createDeliveryRuns } from './callbacks/delivery-runs.ts';
import type { Due } from './callbacks/outbox.ts';
import type { Attempt } from './callbacks/outbox-message.ts';
import type { PostNotification } from './callbacks/post.ts';
import { postOverHttp } from './callbacks/post-over-http.ts';
import { createPump } from './callbacks/pump.ts';
import { parseInput } from './parse-input.ts';
import { type ContractService, createContractService } from './state/contract-service.ts';
import type { Memory } from './state/memory.ts';

/** What of the emulated service goes on by itself as its clock moves: people, deadlines, notifications. */
export interface LivingService {
  announce: Announcements;
  contracts: ContractService;
  callbacks: Callbacks;
  /** Something has changed: what is due now, and when the next is, may be another. */
  changed(): void;
  /** Posts by itself from now on. */
  start(): void;
  stop(): void;
  /** Sends notifications as it did at the beginning. */
  resetSettings(): void;
}

export interface LivingServiceParts {
  memory: Memory;
  /** In place of the defaults. */
  settings: Partial<CallbackSettings>;
  concurrency: number;
  post: PostNotification | undefined;
  leadsTo: (QrCodeId: string) => string;
  /** Runs a task after so many real milliseconds. The answer cancels it. */
  after: (delayMs: number, task: () => void) => () => void;
  /** Is told of every change. */
  onChange: () => void;
  /** Gets a line for each post. */
  logger: (line: string) => void;
  onDefect: (error: unknown) => void;
}

/** @throws {Failure} `InvalidRequest` where the settings have problems. */
export function createLivingService(parts: LivingServiceParts): LivingService {
  const { memory, post = postOverHttp, concurrency, leadsTo, after, logger, onDefect } = parts;
  const { world, clock, random } = memory;
  const atStart = parseInput(CallbackSettings, { ...defaultCallbackSettings, ...parts.settings });
  const settings = { current: atStart };
  let isRunning = false;

  const changed = () => {
    if (isRunning) pump.poke();
    parts.onChange();
  };
  const announce = createAnnouncements({ world, clock, random, settings: () => settings.current });
  const contracts = createContractService({
    world,
    clock,
    random,
    announce,
    leadsTo,
    onChange: () => changed(),
  });
  const runs = createDeliveryRuns({
    outbox: world.outbox,
    clock,
    settings: () => settings.current,
    post,
    concurrency,
    before: contracts.catchUp,
    onAttempt(due, attempt) {
      logger(lineOf(due, attempt));
      changed();
    },
    onDefect,
  });
  const nextDueMs = () => {
    const times = [contracts.nextDueMs(), world.outbox.nextDueMs()].filter((ms) => ms !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  };
  const pump = createPump({ clock, nextDueMs, run: runs.start, after });
  const callbacks = createCallbacks({
    world,
    clock,
    announce,
    runs,
    settings,
    nextDueMs,
    post,
    onChange: changed,
  });

  return {
    announce,
    contracts,
    callbacks,
    changed,
    start() {
      isRunning = true;
      changed();
    },
    stop() {
      isRunning = false;
      pump.stop();
      runs.stop();
    },
    resetSettings() {
      settings.current = atStart;
    },
  };
}

/** Without the address: a path may hold a token. */
function lineOf({ message: { envelope } }: Due, { status, error, spoiled, lost }: Attempt): string {
  const wrong = spoiled === undefined ? '' : ` (${spoiled} on purpose)`;
  const unseen = lost ? ' (treated as lost)' : '';
  return `notification ${envelope.MsgType} ${status ?? error}${wrong}${unseen} [${envelope.MsgId}]`;
}
