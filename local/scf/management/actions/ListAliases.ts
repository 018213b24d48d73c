import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { functionMembers } from '../schemas/names.ts';
import { aliasView } from '../state/alias-rules.ts';
import { findFunction } from '../state/find.ts';
import { pageOf } from '../state/page.ts';

/** Here the page is asked for in text. */
const NumberInText = z.optional(
  z.string().check(z.regex(/^\d{1,4}$/, { error: 'must be a number, as text' })),
);

export const listAliases = manage({
  name: 'ListAliases',
  request: z.strictObject({
    ...functionMembers,
    FunctionVersion: z.optional(z.string()),
    Offset: NumberInText,
    Limit: NumberInText,
  }),
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { FunctionVersion, Offset = '0', Limit = '20' } = asked;
    const listed = [...fn.value.aliases.values()].filter(
      ({ version }) => FunctionVersion === undefined || version === FunctionVersion,
    );
    const page = pageOf(listed, { Offset: Number(Offset), Limit: Number(Limit) });
    return { ok: true, response: { Aliases: page.map(aliasView), TotalCount: listed.length } };
  },
});
