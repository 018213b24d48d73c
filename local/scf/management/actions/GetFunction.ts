import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import { TrueOrFalse } from '../schemas/structs.ts';
import { findFunction, resolve } from '../state/find.ts';
import { latestVersion } from '../state/function-record.ts';
import { functionView } from '../state/function-view.ts';
import { settle } from '../state/settle.ts';
import { countLook } from '../state/trigger-view.ts';

export const getFunction = manage({
  name: 'GetFunction',
  request: z.strictObject({
    ...functionMembers,
    Qualifier: z.optional(z.string()),
    ShowCode: z.optional(TrueOrFalse),
    // In no document; Tencent's own deployment tools send it.
    ShowTriggers: z.optional(TrueOrFalse),
  }),
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace', 'ResourceNotFound.Version'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { Qualifier = latestVersion, ShowCode } = asked;
    const version = resolve(fn.value, Qualifier, 0);
    if (version === undefined) return refuse('ResourceNotFound.Version', Qualifier);
    settle(services, fn.value, version, true);
    if (version.life.status === 'Gone') {
      return version === fn.value.latest
        ? refuse('ResourceNotFound.Function', asked.FunctionName)
        : refuse('ResourceNotFound.Version', Qualifier);
    }
    const response = functionView(services, fn.value, version, ShowCode === 'TRUE');
    for (const trigger of fn.value.triggers) countLook(trigger);
    return { ok: true, response };
  },
});
