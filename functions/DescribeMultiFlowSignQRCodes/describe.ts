import type * as z from 'zod/mini';
import { codeKeyOf } from '../../shared/codes/code-key.ts';
import { type DescribePorts, describeCode, listCodes } from '../../shared/codes/describe-codes.ts';
import type { Scope } from '../../shared/codes/ports.ts';
import type { request } from './request.ts';

/** One code or one page, in the same form: `Codes` and the `NextCursor`. */
export async function describe(asked: z.output<typeof request>, ports: DescribePorts, scope: Scope) {
  const { CodeId, QrCodeId, Slug, Limit, Cursor, ...filter } = asked;
  const ids = { CodeId, QrCodeId, Slug };
  if (Object.values(ids).some((id) => id !== undefined))
    return { Codes: [await describeCode(ports, codeKeyOf(ids), scope)], NextCursor: null };
  return listCodes(ports, {
    filter: {
      ...(filter.ProxyOrganizationOpenId !== undefined && { organization: filter.ProxyOrganizationOpenId }),
      ...(filter.State !== undefined && { state: filter.State }),
      ...(filter.TemplateId !== undefined && { templateId: filter.TemplateId }),
      ...(filter.Label !== undefined && { label: filter.Label }),
      ...(filter.ExternalId !== undefined && { externalId: filter.ExternalId }),
      ...(filter.ExpiringBefore !== undefined && { expiringBeforeS: filter.ExpiringBefore }),
      ...(filter.Text !== undefined && { text: filter.Text }),
    },
    scope,
    ...(Limit !== undefined && { limit: Limit }),
    ...(Cursor !== undefined && { cursor: Cursor }),
  });
}
