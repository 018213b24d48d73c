/** What every layer takes from its surroundings, and the few words that they all use. A leaf: it imports nothing. */

export interface Ids {
  /** 22 characters: 128 bits. */
  id(): string;
  /** 12 characters: 70 bits, so that a million links leave nothing to be guessed. */
  slug(): string;
}

/** Everything around the rules, with its production defaults bound elsewhere. */
export interface Surroundings {
  /** Epoch milliseconds. */
  nowMs(): number;
  ids: Ids;
  /** From 0 to below 1. */
  random(): number;
  /** Lets so many milliseconds pass; left out: by a timer. */
  sleep?(ms: number): Promise<void>;
}

/** Lets so many milliseconds pass. */
export function pause({ sleep }: Pick<Surroundings, 'sleep'>, ms: number): Promise<void> {
  return sleep ? sleep(ms) : new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * A whole turn of the event loop. An instance that was frozen learns here which of its connections were closed in that
 * time: the loop reads it when it polls. One `setImmediate` is not enough, as it runs before the next poll when the
 * code that set it runs in a callback of the last one.
 */
export function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

/** Keeps what must stay secret unreadable in the database. */
export interface Seal {
  /** @throws Failure `Misconfigured` when there is no key. */
  seal(text: string): string;
  /** @throws Failure `Misconfigured` when the key that sealed it is gone, `InternalFailure` when the text was changed. */
  open(sealed: string): string;
}

/** Whose records a caller may see; null: those of all organisations. */
export type Scope = {
  /** Organisations are the platform's names inside one application: the same name in another application is another organisation. */
  readonly appId: string;
  readonly organizations: readonly string[];
} | null;

/** For how long calls of an API key are counted together: a minute of the database's clock. Seconds. */
export const keyWindowS = 60;

/** A turn under a rate limit, as a limiter asks for it. */
export interface SlotRequest {
  action: string;
  /** From one turn to the next. Microseconds. */
  intervalUs: number;
  /** A turn that begins later than this from now is not taken. Microseconds. */
  horizonUs: number;
}

/** `waitMs`: until the turn begins; where it is not taken, until the next free one. */
export interface SlotAnswer {
  taken: boolean;
  waitMs: number;
}

/** Takes a turn, alone or together with what is true from then on. What it throws, the limiter throws. */
export type TakeSlot = (slot: SlotRequest) => Promise<SlotAnswer>;

/** Hears which turn was asked for, and what came of it. */
export type HearOfTurn = (turn: SlotRequest & SlotAnswer) => void;

/** Hands out the right to call upstream. All callers under one limit of upstream share one of these. */
export interface Limiter {
  /**
   * Resolves when one request of the action may be sent.
   *
   * @param deadlineMs epoch milliseconds, by the clock of the caller
   * @param take asked until it has taken a turn; left out: a turn is taken and nothing else
   * @param told hears of each turn that was asked for
   * @throws Failure `RateLimited` with `retryAfterS`, at once, when no turn begins before the deadline; none is used up
   */
  acquire(action: string, deadlineMs: number, take?: TakeSlot, told?: HearOfTurn): Promise<void>;
}

/** The answer to an `Idempotency-Key`, for the transaction that makes the answer true. */
export interface RememberedAnswer {
  /** Of the claim on the key. */
  readonly token: string;
  /** As it is stored. */
  readonly text: string;
}

/** Something that was done, by whom, and why. Ids only: no names of people, no numbers of theirs. */
export interface AuditEntry {
  /** `key:<keyId>`, `cli` or the name of a timer. */
  actor: string;
  /** What was done, for example `api-key.revoke`. */
  action: string;
  /** Id of what it was done to. */
  subject: string;
  /** One line that a person can read. */
  reason: string;
}

/** Work under an `Idempotency-Key`: the same for each call with the key. An earlier call that never finished did it, perhaps in part. */
export interface Work {
  /** Names what the work makes. */
  readonly workId: string;
  /** Look for what was done under this id before doing anything. */
  readonly takenOver: boolean;
}

/** Work whose answer the call that does it may store. */
export interface RememberedWork extends Work {
  /**
   * The answer with these members, for who stores it in the transaction that makes it true: it is not stored again, and
   * a process that dies leaves nothing behind that is done and not remembered.
   */
  rememberedAs(members: object): RememberedAnswer;
}

/** Whole Unix seconds of epoch milliseconds. */
export function seconds(ms: number): number;
export function seconds(ms: number | null): number | null;
export function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.floor(ms / 1000);
}

/** The pause after some failures in a row, in seconds: it doubles with each, from the shortest up to the longest. */
export function grownPauseS(failures: number, shortestS: number, longestS: number): number {
  return Math.min(shortestS * 2 ** Math.min(failures, 20), longestS);
}

/** The members of an object that are given: under strict types an optional member may be left out, not be `undefined`. */
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without its members that are `undefined`. */
export function defined<T extends object>(members: T): Defined<T> {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  // Entries lose the names of their object; which members are left is what the type says.
  return Object.fromEntries(given) as Defined<T>;
}

/** Longest wait of `setTimeout`, in ms; longer ones would end at once. */
const longestTimerMs = 2_147_483_647;

/** The result of the work, or of `late` where it takes longer than `ms`; the work itself goes on. */
export async function within<T, Late>(ms: number, work: Promise<T>, late: () => Late): Promise<T | Late> {
  if (ms > longestTimerMs) return work;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Late>((resolve, reject) => {
    timer = setTimeout(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
