import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Description } from '../schemas/configuration-members.ts';
import { functionMembers } from '../schemas/names.ts';
import { RoutingConfig } from '../schemas/structs.ts';
import { routingOf } from '../state/alias-rules.ts';
import { findFunction } from '../state/find.ts';

export const updateAlias = manage({
  name: 'UpdateAlias',
  request: z.strictObject({
    ...functionMembers,
    Name: z.string(),
    FunctionVersion: z.string(),
    RoutingConfig: z.optional(RoutingConfig),
    Description: z.optional(Description),
  }),
  publishedCodes: [
    'FailedOperation.UpdateAlias',
    'InvalidParameterValue.AdditionalVersionWeights',
    'InvalidParameterValue.Description',
    'InvalidParameterValue.RoutingConfig',
    'ResourceNotFound.Alias',
    'ResourceNotFound.Function',
    'ResourceNotFound.FunctionVersion',
    'ResourceNotFound.Namespace',
  ],
  valueCodes: {
    Description: 'InvalidParameterValue.Description',
    RoutingConfig: 'InvalidParameterValue.RoutingConfig',
  },
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const alias = fn.value.aliases.get(asked.Name);
    if (alias === undefined) return refuse('ResourceNotFound.Alias', asked.Name);
    // Without `RoutingConfig` everything goes to the main version: the routing is replaced as a whole.
    const routing = routingOf(
      fn.value,
      asked.FunctionVersion,
      asked.RoutingConfig,
      'FailedOperation.UpdateAlias',
    );
    if (!routing.ok) return routing;
    const description = asked.Description ?? alias.description;
    Object.assign(alias, { description, changedMs: services.nowMs() }, routing.value);
    return done;
  },
});
