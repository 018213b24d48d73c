import * as z from 'zod/mini';
import { revokeApiKey } from '../../shared/store/access/issue-api-keys.ts';
import { action } from '../action.ts';
import { requireEverybodysAdmin } from '../api-key-actions.ts';

/** Ends an API key at once. */
export const main_handler = action({
  name: 'RevokeApiKey',
  role: 'admin',
  request: z.strictObject({ KeyId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  needs: [],
  open: () => ({}),
  async run({ input: { KeyId }, resources: { db }, caller }) {
    requireEverybodysAdmin(caller);
    await revokeApiKey(db, KeyId, { actor: caller.actor, reason: 'RevokeApiKey' });
    return { KeyId };
  },
});
