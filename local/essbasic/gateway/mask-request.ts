import { hidden, maskedCopy } from '../../cloud-api/journal/masking.ts';

/**
 * Members whose values the journal shows. Everything else is hidden, since it may be personal (who may scan), secret (a
 * callback address with a token in it), or a misspelt member with either inside.
 */
const shown = new Set([
  'Agent.AppId',
  'Agent.ProxyOrganizationOpenId',
  'Agent.ProxyOperator.OpenId',
  'TemplateId',
  'FlowName',
  'MaxFlowNum',
  'FlowEffectiveDay',
  'FlowDisplayType',
  'QrEffectiveDay',
  'Restrictions.IdCardType',
  'ApproverRestrictions.IdCardType',
  'ApproverComponentLimitTypes.RecipientId',
  'ApproverComponentLimitTypes.Values',
  'ForbidPersonalMultipleSign',
  'FlowNameAppendScannerInfo',
  'QrCodeName',
  'QrCodeExpiredOn',
  'QrCodeId',
  'ContentType',
  'TemplateIds',
  'Limit',
  'Offset',
  'TemplateName',
  'ChannelTemplateId',
  'QueryAllComponents',
  'WithPreviewUrl',
  'ShowPreviewComponents',
  'WithPdfUrl',
  'UserFlowTypeId',
]);

/** A copy of a request that may be kept and shown: bounded, and without anything personal or secret. */
export const maskRequest = (request: unknown): unknown =>
  maskedCopy(request, (path, value) => (shown.has(path) ? value : hidden));
