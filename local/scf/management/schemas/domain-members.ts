import * as z from 'zod/mini';
import { schemaError } from '../../../../shared/text.ts';
import { pathMatchPattern } from '../run/path-rules.ts';
import { Tag } from './structs.ts';

const PathRule = z.string().check(
  z.regex(pathMatchPattern, {
    error: schemaError({
      zh: '须为 /、/*、/xxx、/xxx/a 或 /xxx/*',
      en: 'must be /, /*, /xxx, /xxx/a or /xxx/*',
    }),
  }),
);

const PathRewrite = z.strictObject({
  Path: PathRule,
  Type: z.enum(['WildcardRules', 'ExactRules']),
  Rewrite: z
    .string()
    .check(z.regex(/^\//, { error: schemaError({ zh: '须以 / 开头', en: 'must begin with /' }) })),
});

export const Endpoint = z.strictObject({
  Namespace: z.string(),
  FunctionName: z.string(),
  Qualifier: z.string(),
  PathMatch: PathRule,
  PathRewrite: z.optional(z.array(PathRewrite)),
});

export const Protocol = z.enum(['HTTP', 'HTTPS', 'HTTP&HTTPS']);

/** A name with a dot and no asterisk (`scf_models`). */
export const DomainName = z.string().check(
  z.regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i, {
    error: schemaError({ zh: '须为域名', en: 'must be a domain name' }),
  }),
);

/** Members that creating and changing a domain have in common. */
export const domainMembers = {
  CertConfig: z.optional(z.strictObject({ CertificateId: z.optional(z.string()) })),
  WafConfig: z.optional(
    z.strictObject({ WafOpen: z.optional(z.string()), WafInstanceId: z.optional(z.string()) }),
  ),
};
export const Tags = z.array(Tag);
