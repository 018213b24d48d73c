import type { RegisterWrites } from '../../codes/ports.ts';
import type { RegisterLists, RegisterReads } from '../../codes/reading/ports.ts';
import type { CancelQueue, RenewalQueue } from '../../codes/renewal/ports.ts';
import type { Database } from '../postgres/database.ts';
import { cancelQueue } from '../register/cancels.ts';
import { registerLists } from '../register/register-lists.ts';
import { registerReads } from '../register/register-reads.ts';
import { registerWrites } from '../register/register-transactions.ts';
import { renewalQueue } from '../register/renewal-queue.ts';

/** All of the register. A function that needs one part alone takes that. */
export type Register = RegisterWrites & RegisterReads & RegisterLists & RenewalQueue & CancelQueue;

export function createRegister(db: Database): Register {
  return {
    ...registerWrites(db),
    ...registerReads(db),
    ...registerLists(db),
    ...renewalQueue(db),
    ...cancelQueue(db),
  };
}
