import * as z from 'zod/mini';
import { action } from '../action.ts';

/** Whose key a call carries: its role, the organisations that it acts for, and who acts where a call does not say. */
export const main_handler = action({
  name: 'GetCallerIdentity',
  role: 'viewer',
  request: z.strictObject({}),
  needs: [],
  open: () => ({}),
  async run({ principal: { keyId, role, organizations, agent }, config: { ESS_APP_ID: AppId } }) {
    return { KeyId: keyId, Role: role, AppId, Organizations: organizations, Agent: agent };
  },
});
