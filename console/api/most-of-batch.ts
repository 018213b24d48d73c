import type { mostRows } from '../../shared/codes/batch/batch.ts';

/** Codes of one batch. Its type is the functions' own bound, so that it can be no other number. */
export const mostOfBatch: typeof mostRows = 500;
