import { Failure } from '../../shared/errors.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { recordAudit } from '../../shared/store/access/audit.ts';
import { createDatabaseLimiter } from '../../shared/store/limits/rate-limiter.ts';
import { repeatableTransaction } from '../../shared/store/postgres/repeatable-transaction.ts';
import { createPlainUpstream } from '../../shared/upstream/plain-call.ts';
import { upstreamVariables } from '../../shared/upstream/upstream-variables.ts';
import { action } from '../action.ts';
import { callUpstream } from './call.ts';
import { changes, request } from './request.ts';

/** One call of upstream as somebody has written it, signed here and shown as it went and came: for the Explorer. */
export const main_handler = action({
  name: 'CallUpstream',
  role: 'admin',
  request,
  needs: [...upstreamVariables, 'EXPLORER_REAL_CALLS', 'REGISTER_KEYS'],
  open: ({ config, db, thawed }) => ({
    seal: createSeal(config.REGISTER_KEYS),
    upstream: createPlainUpstream({
      credentials: {
        secretId: config.ESS_SECRET_ID,
        secretKey: config.ESS_SECRET_KEY,
        token: config.ESS_SECRET_TOKEN,
      },
      endpoint: config.ESS_ENDPOINT,
      limiter: createDatabaseLimiter(db, {
        share: 'interactive',
        requestsPerSecond: config.ESS_REQUESTS_PER_SECOND,
      }),
      thawed,
    }),
  }),
  changes,
  // What is sent may name signers.
  answerSeal: ({ seal }) => seal,
  async run({ input, resources, config, caller, language, deadlineMs, work, log }) {
    const { db, upstream, seal } = resources;
    // The request is not held against the key's organisations: it may be wrong, and say so to upstream.
    if (!caller.isAdmin) throw new Failure('Forbidden', { detail: everybodyOnly });
    // An answer that cannot be remembered is found out before the call.
    if (work !== undefined) seal.seal('');
    return callUpstream(
      {
        upstream,
        endpoint: config.ESS_ENDPOINT,
        realCalls: config.EXPLORER_REAL_CALLS,
        audit: (entry) => repeatableTransaction(db, (tx) => recordAudit(tx, entry)),
        log,
      },
      input,
      { actor: caller.actor, language, deadlineMs, work },
    );
  },
});

const everybodyOnly = {
  zh: '仅不限定企业的 admin 密钥可以直接调用上游',
  en: 'Upstream is called directly with a key with the role admin that is made for all organisations alone',
};
