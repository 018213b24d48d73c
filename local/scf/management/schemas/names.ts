import * as z from 'zod/mini';
import { functionNameLimit } from '../../../../shared/scf/limits.ts';
import { schemaError } from '../../../../shared/text.ts';

/** Letters, digits, `-` and `_`, from a letter, not up to `-` or `_` (`scf_models`). */
export const NewFunctionName = z.string().check(
  z.refine(
    (name) =>
      /^[A-Za-z][\w-]*[A-Za-z0-9]$/.test(name) && name.length >= 2 && name.length <= functionNameLimit,
    schemaError({
      zh: `须为字母、数字、- 与 _，以字母开头、以字母或数字结尾，2 至 ${functionNameLimit} 个字符`,
      en: `must be letters, digits, - and _, from a letter to a letter or digit, 2 to ${functionNameLimit}`,
    }),
  ),
);

/** `<file>.<export>`, each 2 to 60 characters (`scf_models`). */
export const Handler = z.string().check(
  z.regex(/^(?=.{2,60}\.)[A-Za-z][\w-]*[A-Za-z0-9]\.(?=.{2,60}$)[A-Za-z][\w-]*[A-Za-z0-9]$/, {
    error: schemaError({ zh: '须为 <文件>.<导出名>', en: 'must be <file>.<export>' }),
  }),
);

export const AliasName = z.string().check(
  z.refine(
    (name) => name === '$DEFAULT' || /^[A-Za-z][\w-]{0,63}$/.test(name),
    schemaError({
      zh: '须为字母、数字、- 与 _，以字母开头，至多 64 个字符',
      en: 'must be letters, digits, - and _, from a letter, at most 64',
    }),
  ),
);

/** Timers: up to 100 characters in the SDK, up to 60 in the console, which is what counts here. */
export const TriggerName = z.string().check(
  z.regex(/^[A-Za-z][\w-]{0,59}$/, {
    error: schemaError({
      zh: '须为字母、数字、- 与 _，以字母开头，至多 60 个字符',
      en: 'must be letters, digits, - and _, from a letter, at most 60',
    }),
  }),
);

/** Members that name a function. */
export const functionMembers = { FunctionName: z.string(), Namespace: z.optional(z.string()) };

/** A page of a list. What a list may hold at once is not documented; 1000 is more than it has. */
export const pageMembers = {
  Offset: z.optional(z.int().check(z.minimum(0))),
  Limit: z.optional(z.int().check(z.minimum(0), z.maximum(1000))),
};
export const Order = z.enum(['ASC', 'DESC']);
