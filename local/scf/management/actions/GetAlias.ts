import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import { aliasView } from '../state/alias-rules.ts';
import { findFunction } from '../state/find.ts';

export const getAlias = manage({
  name: 'GetAlias',
  request: z.strictObject({ ...functionMembers, Name: z.string() }),
  publishedCodes: ['ResourceNotFound.Alias', 'ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const alias = fn.value.aliases.get(asked.Name);
    if (alias === undefined) return refuse('ResourceNotFound.Alias', asked.Name);
    return { ok: true, response: aliasView(alias) };
  },
});
