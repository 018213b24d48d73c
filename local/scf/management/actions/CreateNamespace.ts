import * as z from 'zod/mini';
import { namespacesPerRegion } from '../account-limits.ts';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Description } from '../schemas/configuration-members.ts';
import { NewNamespace } from '../schemas/names.ts';
import { Opaque } from '../schemas/structs.ts';
import { defaultNamespace } from '../state/account.ts';

export const createNamespace = manage({
  name: 'CreateNamespace',
  request: z.strictObject({
    Namespace: NewNamespace,
    Description: z.optional(Description),
    ResourceEnv: z.optional(Opaque),
  }),
  publishedCodes: [
    'InvalidParameterValue.DefaultNamespace',
    'InvalidParameterValue.Description',
    'InvalidParameterValue.NamespaceInvalid',
    'LimitExceeded.Namespace',
    'ResourceInUse.Namespace',
  ],
  valueCodes: {
    Namespace: 'InvalidParameterValue.NamespaceInvalid',
    Description: 'InvalidParameterValue.Description',
  },
  handle({ Namespace: name, Description: description = '' }, { account, nowMs }) {
    if (name === defaultNamespace) return refuse('InvalidParameterValue.DefaultNamespace', name);
    if (account.namespaces.has(name)) return refuse('ResourceInUse.Namespace', name);
    if (account.namespaces.size >= namespacesPerRegion) {
      return refuse('LimitExceeded.Namespace', `${namespacesPerRegion}`);
    }
    account.namespaces.set(name, { name, description, addedMs: nowMs(), changedMs: nowMs() });
    return done;
  },
});
