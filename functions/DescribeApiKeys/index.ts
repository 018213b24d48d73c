import * as z from 'zod/mini';
import { manageApiKeys } from '../../shared/store/access/api-key-management.ts';
import { seconds } from '../../shared/world.ts';
import { action } from '../action.ts';
import { requireEverybodysAdmin, shownApiKey } from '../api-key-actions.ts';

/** Every API key: what it may do, until when, when it was last used. Never the key itself. */
export const main_handler = action({
  name: 'DescribeApiKeys',
  role: 'admin',
  request: z.strictObject({}),
  needs: [],
  open: ({ db }) => ({ keys: manageApiKeys(db) }),
  async run({ resources: { keys, surroundings }, caller }) {
    requireEverybodysAdmin(caller);
    const nowS = seconds(surroundings.nowMs());
    return { ApiKeys: (await keys.list()).map((key) => shownApiKey(key, nowS)) };
  },
});
