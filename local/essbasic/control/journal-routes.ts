import * as z from 'zod/mini';
import { parseInput } from '../parse-input.ts';
import type { ControlRoute } from './control-route.ts';

const Query = z.strictObject({
  action: z.optional(z.string()),
  result: z.optional(z.string()),
  limit: z.optional(z.string().check(z.regex(/^\d{1,4}$/))),
});

export const journalRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: 'journal',
    summary: {
      zh: '最近一千个请求及每次拒绝的原因；可按 ?action=、?result=、?limit= 筛选',
      en: 'the last thousand requests, with the reason of each refusal; narrowed by ?action=, ?result= and ?limit=',
    },
    example: '?result=AuthFailure.SignatureFailure&limit=1',
    handle({ journal }, { query }) {
      const { limit, action, result } = parseInput(Query, query);
      const filter = {
        ...(action !== undefined && { action }),
        ...(result !== undefined && { result }),
        ...(limit !== undefined && { limit: Number(limit) }),
      };
      return { total: journal.total(), entries: journal.list(filter) };
    },
  },
  {
    method: 'DELETE',
    path: 'journal',
    summary: { zh: '清空', en: 'forgets them' },
    handle({ journal }) {
      journal.clear();
      return {};
    },
  },
];
