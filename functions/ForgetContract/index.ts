import * as z from 'zod/mini';
import { forgetContract } from '../../shared/notifications/forget-contract.ts';
import { contractForgetting } from '../../shared/store/notifications/forget-contracts.ts';
import { action } from '../action.ts';

/** Removes what is kept of one person's contract, and sees to it that no message that comes late brings it back. */
export const main_handler = action({
  name: 'ForgetContract',
  /** It cannot be undone. A key that is bound to the organisation will do. */
  role: 'admin',
  request: z.strictObject({ FlowId: z.string().check(z.minLength(1), z.maxLength(200)) }),
  needs: [],
  open: ({ db }) => ({ contracts: contractForgetting(db) }),
  run: async ({ input, resources, caller }) => forgetContract(resources, { flowId: input.FlowId, ...caller }),
});
