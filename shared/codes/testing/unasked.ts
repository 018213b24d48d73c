import type { RegisterWrites } from '../ports.ts';

/** What a test double does where it was not told what to do. */
export const unasked = () => Promise.reject(new Error('No test has asked for this'));

/** A register to which nothing may be written, but what a test puts in the place of it. */
export const unaskedRegister: RegisterWrites = {
  noteFirstCreate: unasked,
  noteCreate: unasked,
  noteCancel: unasked,
  settleCancel: unasked,
  transaction: unasked,
  transactionIf: unasked,
  findCancel: unasked,
  isRegistered: unasked,
};
