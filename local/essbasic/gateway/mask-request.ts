import { readableName } from './violation.ts';

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

const hidden = '***';
const maxItems = 20;
const maxText = 300;
const maxDepth = 6;

/** A copy of a request that may be kept and shown: bounded, and without anything personal or secret. */
export function maskRequest(value: unknown, path = '', depth = 0): unknown {
  if (depth > maxDepth) return hidden;
  if (Array.isArray(value)) {
    const items = value.slice(0, maxItems).map((item) => maskRequest(item, path, depth + 1));
    return value.length > maxItems ? [...items, `… ${value.length - maxItems} more`] : items;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).slice(0, maxItems);
    return Object.fromEntries(
      members.map(([name, member]) => {
        const memberPath = path === '' ? name : `${path}.${name}`;
        return [readableName(name), maskRequest(member, memberPath, depth + 1)];
      }),
    );
  }
  if (!shown.has(path)) return hidden;
  return typeof value === 'string' && value.length > maxText ? `${value.slice(0, maxText)}…` : value;
}
