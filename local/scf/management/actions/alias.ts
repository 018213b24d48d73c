/** Aliases, which lead to versions. */
import * as z from 'zod/mini';
import { done, manageFunction } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Description } from '../schemas/configuration-members.ts';
import { AliasName } from '../schemas/names.ts';
import { RoutingConfig } from '../schemas/structs.ts';
import { aliasView, routingOf } from '../state/alias-rules.ts';

export const createAlias = manageFunction({
  name: 'CreateAlias',
  members: {
    Name: AliasName,
    FunctionVersion: z.string(),
    RoutingConfig: z.optional(RoutingConfig),
    Description: z.optional(Description),
  },
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
  handle(asked, fn, services) {
    const { Name: name, Description: description = '' } = asked;
    if (fn.aliases.has(name)) return refuse('ResourceInUse.Alias', name);
    const routing = routingOf(fn, asked.FunctionVersion, asked.RoutingConfig, 'FailedOperation.CreateAlias');
    if (!routing.ok) return routing;
    const nowMs = services.nowMs();
    fn.aliases.set(name, { name, description, addedMs: nowMs, changedMs: nowMs, ...routing.value });
    return done;
  },
});

export const getAlias = manageFunction({
  name: 'GetAlias',
  members: { Name: z.string() },
  publishedCodes: ['ResourceNotFound.Alias', 'ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(asked, fn, _services) {
    const alias = fn.aliases.get(asked.Name);
    if (alias === undefined) return refuse('ResourceNotFound.Alias', asked.Name);
    return { ok: true, response: aliasView(alias) };
  },
});

export const updateAlias = manageFunction({
  name: 'UpdateAlias',
  members: {
    Name: z.string(),
    FunctionVersion: z.string(),
    RoutingConfig: z.optional(RoutingConfig),
    Description: z.optional(Description),
  },
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
  handle(asked, fn, services) {
    const alias = fn.aliases.get(asked.Name);
    if (alias === undefined) return refuse('ResourceNotFound.Alias', asked.Name);
    // Without `RoutingConfig` everything goes to the main version: the routing is replaced as a whole.
    const routing = routingOf(fn, asked.FunctionVersion, asked.RoutingConfig, 'FailedOperation.UpdateAlias');
    if (!routing.ok) return routing;
    const description = asked.Description ?? alias.description;
    Object.assign(alias, { description, changedMs: services.nowMs() }, routing.value);
    return done;
  },
});
