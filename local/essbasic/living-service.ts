import { type Announcements, createAnnouncements } from './callbacks/announcements.ts';
import { CallbackSettings, defaultCallbackSettings } from './callbacks/callback-settings.ts';
import { type Callbacks, createCallbacks } from './callbacks/callbacks.ts';
import { createDeliveryRuns } from './callbacks/delivery-runs.ts';
import type { Due } from './callbacks/outbox.ts';
import type { Attempt } from './callbacks/outbox-message.ts';
import type { PostNotification } from './callbacks/post.ts';
import { createPump } from './callbacks/pump.ts';
import { parseInput } from './parse-input.ts';
import { type ContractService, createContractService } from './state/contract-service.ts';
import type { FollowLink } from './state/follow-link.ts';
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
  followLink: FollowLink;
  /** Runs a task after so many real milliseconds. The answer cancels it. */
  after: (delayMs: number, task: () => void) => () => void;
  /** Called at every change. */
  onChange: () => void;
  /** Gets a line for each post. */
  logger: (line: string) => void;
  onDefect: (error: unknown) => void;
}

/** Over HTTP; loaded with the first notification. */
const postLazily: PostNotification = async (post) => {
  const { postOverHttp } = await import('./callbacks/post-over-http.ts');
  return await postOverHttp(post);
};

/** @throws {Failure} `InvalidRequest` where the settings have problems. */
export function createLivingService(parts: LivingServiceParts): LivingService {
  const { memory, post = postLazily, concurrency, leadsTo, followLink, after, logger, onDefect } = parts;
  const { world, clock, random } = memory;
  const atStart = settingsAtStart(parts.settings);
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
    followLink,
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
    visits: contracts.visits,
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

/** The defaults are right as they are. */
function settingsAtStart(given: Partial<CallbackSettings>): CallbackSettings {
  if (Object.keys(given).length === 0) return structuredClone(defaultCallbackSettings);
  return parseInput(CallbackSettings(), { ...defaultCallbackSettings, ...given });
}

/** Without the address: a path may hold a token. */
function lineOf(
  { message: { envelope, QrCodeId }, delivery }: Due,
  { status, error, spoiled, lost }: Attempt,
): string {
  const wrong = spoiled === undefined ? '' : ` (${spoiled} on purpose)`;
  const again = delivery.again ? ' (sent again)' : '';
  const unseen = lost ? ' (lost)' : '';
  const operation = operationIn(envelope.MsgData);
  return `notification ${envelope.MsgType}${operation} ${status ?? error}${wrong}${again}${unseen} [${envelope.MsgId}${QrCodeId === undefined ? '' : ` ${QrCodeId}`}]`;
}

/** What a message says that was done to a contract, after a blank. One made by hand may hold anything. */
function operationIn(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('Operate' in data)) return '';
  return typeof data.Operate === 'string' && /^[a-z]{1,20}$/.test(data.Operate) ? ` ${data.Operate}` : '';
}
