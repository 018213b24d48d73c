import { setTimeout as sleep } from 'node:timers/promises';

export interface Clock {
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = { nowMs: Date.now, sleep: (ms) => sleep(ms) };
