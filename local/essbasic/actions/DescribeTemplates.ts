import {
  DescribeTemplates as contract,
  type DescribeTemplatesRequest,
  limits,
} from '../../../shared/essbasic/DescribeTemplates.ts';
import type { TemplateInfo } from '../../../shared/essbasic/structs/TemplateInfo.ts';
import type { Refusal } from '../../cloud-api/outcome.ts';
import { ownerOf } from '../gateway/acting-agent.ts';
import { type ActionContext, emulate } from '../gateway/emulated-action.ts';
import { refusal } from '../gateway/refusal.ts';
import { isOwner } from '../state/world.ts';
import { pdfUrl, previewUrl } from './template-links.ts';

/** Lists the templates of one organisation, in the order in which they were made. */
export const DescribeTemplates = emulate<typeof contract>({
  contract,
  forcibleId: ({ TemplateId }) => TemplateId,

  handle(request, context) {
    const asked = askedFor(request, context);
    if ('ok' in asked) return asked;
    const found = asked.filter((template) => passesFilters(template, request));

    const Limit = request.Limit || limits.Limit.default;
    const Offset = request.Offset ?? limits.Offset.default;
    const page = named(request) === 'many' ? found : found.slice(Offset, Offset + Limit);
    return {
      ok: true,
      response: {
        Templates: page.map((template) => presented(template, request, context)),
        TotalCount: found.length,
        Limit,
        Offset,
      },
    };
  },
});

/** `TemplateId` wins over `TemplateIds`, as documented. An empty one is assumed to mean "not set". */
function named({ TemplateId, TemplateIds }: DescribeTemplatesRequest): 'one' | 'many' | 'none' {
  if (TemplateId) return 'one';
  return TemplateIds?.length ? 'many' : 'none';
}

/**
 * The templates that the request names, or all. Documents disagree about one that does not exist: the description
 * of TemplateIds promises an error, the published example is an empty list. So the list gets the error, and
 * TemplateId, of which the description says nothing, the empty list.
 */
function askedFor(request: DescribeTemplatesRequest, { world }: ActionContext): TemplateInfo[] | Refusal {
  const owner = ownerOf(request.Agent);
  const all = [...world.templates.values()]
    .filter((owned) => isOwner(owned, owner))
    .map(({ template }) => template);
  const kind = named(request);
  if (kind === 'none') return all;
  if (kind === 'one') return all.filter(({ TemplateId }) => TemplateId === request.TemplateId);

  const ids = new Set(request.TemplateIds);
  const known = new Set(all.map(({ TemplateId }) => TemplateId));
  if ([...ids].some((id) => !known.has(id))) {
    const detail = {
      zh: 'TemplateIds 中有模板不存在，或不属于当前企业',
      en: 'TemplateIds names a template that does not exist, or not in this organisation',
    };
    return refusal('ResourceNotFound.Template', detail);
  }
  return all.filter(({ TemplateId }) => ids.has(TemplateId));
}

function passesFilters(template: TemplateInfo, request: DescribeTemplatesRequest): boolean {
  const { TemplateName, ChannelTemplateId, UserFlowTypeId } = request;
  return (
    (!TemplateName || (template.TemplateName ?? '').includes(TemplateName)) &&
    (!ChannelTemplateId || template.ChannelTemplateId === ChannelTemplateId) &&
    (!UserFlowTypeId || template.UserFlowType?.UserFlowTypeId === UserFlowTypeId)
  );
}

/** A template as an answer shows it. */
function presented(
  template: TemplateInfo,
  request: DescribeTemplatesRequest,
  { baseUrl, nowS }: ActionContext,
): TemplateInfo {
  const links = {
    PreviewUrl: request.WithPreviewUrl ? previewUrl(template.TemplateId, baseUrl, nowS) : '',
    PdfUrl: request.WithPdfUrl ? pdfUrl(template.TemplateId, baseUrl, nowS) : '',
  };
  if (request.ContentType === 1) {
    return { ...template, ...links, Components: null, SignComponents: null, Recipients: null };
  }
  const Components = request.QueryAllComponents ? template.Components : initiatorComponents(template);
  return { ...template, ...links, ...(Components !== undefined && { Components }) };
}

/** Without `QueryAllComponents` an answer has the fill components of the initiator alone. */
function initiatorComponents({ Components, Recipients }: TemplateInfo): TemplateInfo['Components'] {
  const others = (Recipients ?? []).filter(
    ({ RecipientType, IsPromoter }) => RecipientType !== 'PROMOTER' && IsPromoter !== true,
  );
  const ids = new Set(others.map(({ RecipientId }) => RecipientId));
  return Components?.filter(({ ComponentRecipientId }) => !ids.has(ComponentRecipientId));
}
