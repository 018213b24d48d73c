import * as z from 'zod/mini';
import { mintApiKey } from '../../shared/runtime/http/api-keys.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { rotateApiKey } from '../../shared/store/access/issue-api-keys.ts';
import { action } from '../action.ts';
import { requireEverybodysAdmin } from '../api-key-actions.ts';

const defaultGraceHours = 24;

/** Puts a new key with the same rights in the place of another. The answer shows it this once. */
export const main_handler = action({
  name: 'RotateApiKey',
  role: 'admin',
  request: z.strictObject({
    KeyId: z.string().check(z.minLength(1), z.maxLength(64)),
    /** The old one goes on for so long, or for less if it ends sooner. */
    GraceHours: z.optional(z.int().check(z.minimum(0), z.maximum(87_600))),
  }),
  needs: ['REGISTER_KEYS'],
  open: ({ config }) => ({ seal: createSeal(config.REGISTER_KEYS) }),
  answerSeal: ({ seal }) => seal,
  async run({ input: { KeyId, GraceHours = defaultGraceHours }, resources: { db }, caller }) {
    requireEverybodysAdmin(caller);
    const { key, ...minted } = mintApiKey();
    await rotateApiKey(db, KeyId, minted, { graceHours: GraceHours, actor: caller.actor });
    return { KeyId: minted.keyId, ApiKey: key, Replaces: KeyId };
  },
});
