import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Description } from '../schemas/configuration-members.ts';
import { AliasName, functionMembers } from '../schemas/names.ts';
import { RoutingConfig } from '../schemas/structs.ts';
import { routingOf } from '../state/alias-rules.ts';
import { findFunction } from '../state/find.ts';

export const createAlias = manage({
  name: 'CreateAlias',
  request: z.strictObject({
    ...functionMembers,
    Name: AliasName,
    FunctionVersion: z.string(),
    RoutingConfig: z.optional(RoutingConfig),
    Description: z.optional(Description),
  }),
  publishedCodes: [
    'FailedOperation.CreateAlias',
    'InvalidParameterValue.AdditionalVersionWeights',
    'InvalidParameterValue.Description',
    'InvalidParameterValue.Name',
    'InvalidParameterValue.RoutingConfig',
    'ResourceInUse.Alias',
    'ResourceNotFound.Function',
    'ResourceNotFound.FunctionVersion',
  ],
  assumedCodes: ['ResourceNotFound.Namespace'],
  valueCodes: {
    Name: 'InvalidParameterValue.Name',
    Description: 'InvalidParameterValue.Description',
    RoutingConfig: 'InvalidParameterValue.RoutingConfig',
  },
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { Name: name, Description: description = '' } = asked;
    if (fn.value.aliases.has(name)) return refuse('ResourceInUse.Alias', name);
    const routing = routingOf(
      fn.value,
      asked.FunctionVersion,
      asked.RoutingConfig,
      'FailedOperation.CreateAlias',
    );
    if (!routing.ok) return routing;
    const nowMs = services.nowMs();
    fn.value.aliases.set(name, { name, description, addedMs: nowMs, changedMs: nowMs, ...routing.value });
    return done;
  },
});
