import * as z from 'zod/mini';
import { mintApiKey, roles } from '../../shared/runtime/http/api-keys.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { issueApiKey } from '../../shared/store/access/issue-api-keys.ts';
import { seconds } from '../../shared/world.ts';
import { action } from '../action.ts';
import { requireEverybodysAdmin } from '../api-key-actions.ts';

const operatorOfOne = {
  zh: 'ProxyOperatorOpenId 须与恰好一个 Organizations 同时填写',
  en: 'ProxyOperatorOpenId needs exactly one of Organizations, for which it acts',
};
const oneLine = { zh: '须为一行，1 至 100 个字符', en: 'must be 1 to 100 characters on one line' };

const id = z.string().check(z.minLength(1), z.maxLength(64));
const dayS = 86_400;

/** Makes an API key. The answer shows it this once. */
export const main_handler = action({
  name: 'CreateApiKey',
  role: 'admin',
  request: z
    .strictObject({
      Name: z.string().check(z.refine((name) => /^[^\p{Cc}]{1,100}$/u.test(name), { params: oneLine })),
      Role: z.enum(roles),
      /** Left out: the key acts for all of them. */
      Organizations: z.optional(z.array(id).check(z.minLength(1), z.maxLength(100))),
      /** Who acts where a request names nobody. */
      ProxyOperatorOpenId: z.optional(id),
      /** Left out: it does not end. */
      ExpiresInDays: z.optional(z.int().check(z.minimum(1), z.maximum(87_600))),
    })
    .check(
      z.refine(
        ({ Organizations, ProxyOperatorOpenId }) =>
          ProxyOperatorOpenId === undefined || new Set(Organizations).size === 1,
        { params: operatorOfOne },
      ),
    ),
  needs: ['REGISTER_KEYS'],
  open: ({ config }) => ({ seal: createSeal(config.REGISTER_KEYS) }),
  answerSeal: ({ seal }) => seal,
  async run({ input, resources: { db, surroundings }, caller }) {
    requireEverybodysAdmin(caller);
    const { Name, Role, Organizations, ProxyOperatorOpenId, ExpiresInDays } = input;
    const [only] = Organizations ?? [];
    const expiresAtS =
      ExpiresInDays === undefined ? null : seconds(surroundings.nowMs()) + ExpiresInDays * dayS;
    const { key, ...minted } = mintApiKey();
    const rights = {
      name: Name,
      role: Role,
      organizations: Organizations === undefined ? null : [...new Set(Organizations)],
      agent:
        ProxyOperatorOpenId === undefined || only === undefined
          ? null
          : { ProxyOrganizationOpenId: only, ProxyOperatorOpenId },
      expiresAtS,
    };
    await issueApiKey(db, minted, rights, caller.actor);
    return { KeyId: minted.keyId, ApiKey: key, ExpiresOn: expiresAtS };
  },
});
