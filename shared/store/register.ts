import type { CancelQueue, RegisterReads, RegisterWrites, RenewalQueue } from '../codes/ports.ts';
import { cancelQueue } from './cancel-queue.ts';
import type { Database } from './database.ts';
import { registerReads } from './register-reads.ts';
import { registerWrites } from './register-transactions.ts';
import { renewalQueue } from './renewal-queue.ts';

/** All of the register. A function that needs one part alone takes that. */
export type Register = RegisterWrites & RegisterReads & RenewalQueue & CancelQueue;

export function createRegister(db: Database): Register {
  return { ...registerWrites(db), ...registerReads(db), ...renewalQueue(db), ...cancelQueue(db) };
}
