import * as z from 'zod/mini';
import { modifyCode } from '../../shared/codes/life/modify-code.ts';
import { codeIds, findCodeKey, oneCodeToChange } from '../../shared/codes/reading/code-key.ts';
import { describeChanged } from '../../shared/codes/reading/describe-codes.ts';
import { RenewalPolicyInput } from '../../shared/codes/renewal/renewal-policy.ts';
import { versionCondition } from '../../shared/runtime/http/version-condition.ts';
import { externalIds, registerReads } from '../../shared/store/register/register-reads.ts';
import { registerWrites } from '../../shared/store/register/register-transactions.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

/** Changes a code's renewal policy, labels, external id or note; pauses it, resumes it, or has it renewed now. */
export const main_handler = action({
  name: 'ModifyMultiFlowSignQRCode',
  condition: versionCondition,
  role: 'operator',
  /** What people may change of a code. What is left out stays; null takes a member away, or back to its default. */
  request: z
    .strictObject({
      ...codeIds,
      /** The version that the caller has seen: a later change is not overwritten. */
      Version: z.int().check(z.minimum(1)),
      RenewalPolicy: z.optional(RenewalPolicyInput),
      /** The new one; where no other id is given, the one that the code has. */
      ExternalId: z.optional(z.nullable(z.string())),
      Labels: z.optional(z.array(z.string())),
      Note: z.optional(z.nullable(z.string())),
      Operation: z.optional(z.enum(['Pause', 'Resume', 'RenewNow'])),
    })
    .check(oneCodeToChange),
  needs: ['PUBLIC_BASE_URL'],
  open: ({ config, db }) => ({
    register: { ...registerReads(db), ...registerWrites(db) },
    externalIds: externalIds(db),
    publicBaseUrl: config.PUBLIC_BASE_URL,
  }),
  async run({ input, resources, caller }) {
    const { Version, RenewalPolicy, ExternalId, Labels, Note, Operation, ...ids } = input;
    const code = await modifyCode(resources, {
      key: await findCodeKey(resources.externalIds, { ...ids, ExternalId }, caller.scope),
      version: Version,
      members: defined({ externalId: ExternalId, labels: Labels, note: Note }),
      ...defined({ policy: RenewalPolicy, operation: Operation }),
      ...caller,
    });
    return describeChanged(resources, code);
  },
});
