import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import { findFunction } from '../state/find.ts';
import { defaultAlias } from '../state/function-record.ts';

export const deleteAlias = manage({
  name: 'DeleteAlias',
  request: z.strictObject({ ...functionMembers, Name: z.string() }),
  publishedCodes: ['ResourceNotFound.Alias', 'ResourceNotFound.Function'],
  assumedCodes: ['InvalidParameterValue.Alias', 'ResourceInUse', 'ResourceNotFound.Namespace'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { Name: name } = asked;
    if (name === defaultAlias) return refuse('InvalidParameterValue.Alias', name);
    if (!fn.value.aliases.has(name)) return refuse('ResourceNotFound.Alias', name);
    // What a trigger of a deleted alias does is not documented.
    const trigger = fn.value.triggers.find(({ qualifier }) => qualifier === name);
    if (trigger !== undefined) return refuse('ResourceInUse', trigger.name);
    fn.value.aliases.delete(name);
    return done;
  },
});
