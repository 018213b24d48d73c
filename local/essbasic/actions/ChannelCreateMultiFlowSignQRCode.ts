import {
  type CreateRequest,
  ChannelCreateMultiFlowSignQRCode as contract,
  effectiveLimits,
} from '../../../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { signCodeFitness } from '../../../shared/essbasic/sign-code-fitness.ts';
import { publishedRefusal, type Refusal } from '../../cloud-api/outcome.ts';
import { ownerOf } from '../gateway/acting-agent.ts';
import { type ActionContext, emulate } from '../gateway/emulated-action.ts';
import { refusal } from '../gateway/refusal.ts';
import type { OwnedTemplate, SignCode } from '../state/entities.ts';
import { upstreamId } from '../state/ids.ts';
import { isOwner, organisationKey, quotaFound, quotaLacked } from '../state/world.ts';
import { linksOf } from './code-links.ts';

/** Makes a code. A repeated request makes a second one, as upstream does. */
export const ChannelCreateMultiFlowSignQRCode = emulate<typeof contract>({
  contract,
  forcibleId: ({ TemplateId }) => TemplateId,

  handle(request, context) {
    const template = templateOf(request, context);
    if ('ok' in template) return template;
    const refused =
      refusalOfTemplate(template) ??
      refusalOfSignatureWays(request, template) ??
      refusalOfExpiry(request, context) ??
      refusalOfQuota(request, context);
    if (refused) return refused;
    quotaFound(context.world, ownerOf(request.Agent), context.nowS * 1000);

    const code = codeFor(request, context);
    context.world.codes.set(code.QrCodeId, code);
    return { ok: true, response: linksOf(code, context.baseUrl) };
  },
});

function templateOf({ Agent, TemplateId }: CreateRequest, { world }: ActionContext): OwnedTemplate | Refusal {
  const owned = world.templates.get(TemplateId);
  if (owned !== undefined && isOwner(owned, ownerOf(Agent))) return owned;
  return refusal(
    'ResourceNotFound.Template',
    { zh: '企业没有 TemplateId 所指模板', en: 'the organisation has no template with this TemplateId' },
    {
      reason: owned
        ? 'The template belongs to another organisation'
        : 'There is no template with this TemplateId',
    },
  );
}

/** Where documents disagree or the template does not say enough, upstream is assumed to accept it. */
function refusalOfTemplate({ template }: OwnedTemplate): Refusal | undefined {
  const { fitness, reasons } = signCodeFitness(template);
  const [first] = reasons.filter(({ certain }) => certain);
  if (fitness !== 'unfit' || first === undefined) return undefined;
  const reason = reasons.map(({ rule, en }) => `${rule}: ${en}`).join('; ');
  if (first.code !== 'FailedOperation.QrCodeTemplateId') return refusal(first.code, first, { reason });
  const message = {
    zh: '二维码生成失败，模板未满足生成二维码',
    en: 'The QR code was not made: the template does not meet the conditions',
  };
  return publishedRefusal(first.code, message, reason);
}

function refusalOfSignatureWays(request: CreateRequest, { template }: OwnedTemplate): Refusal | undefined {
  const known = (template.Recipients ?? []).map(({ RecipientId }) => RecipientId);
  const ways = request.ApproverComponentLimitTypes ?? [];
  const index = ways.findIndex(({ RecipientId }) => !known.includes(RecipientId));
  if (index === -1) return undefined;
  const path = `ApproverComponentLimitTypes.${index}.RecipientId`;
  const detail = { zh: `${path} 不是该模板的参与方`, en: `${path} is no party of the template` };
  return refusal('InvalidParameter.ParamError', detail);
}

function refusalOfExpiry(request: CreateRequest, { nowS }: ActionContext): Refusal | undefined {
  const { expiresAtS, farthestExpiryS } = effectiveLimits(request, nowS);
  const code = 'InvalidParameter.QrEffectDay';
  if (expiresAtS <= nowS) {
    return refusal(code, { zh: 'QrCodeExpiredOn 已过', en: 'QrCodeExpiredOn is not in the future' });
  }
  if (expiresAtS <= farthestExpiryS) return undefined;
  return refusal(code, {
    zh: 'QrCodeExpiredOn 超过 365 天',
    en: 'QrCodeExpiredOn is more than 365 days away',
  });
}

function refusalOfQuota({ Agent }: CreateRequest, { world, nowS }: ActionContext): Refusal | undefined {
  const owner = ownerOf(Agent);
  if (world.organisations.get(organisationKey(owner))?.quota !== 0) return undefined;
  quotaLacked(world, owner, nowS * 1000);
  return refusal('OperationDenied.NoQuota', {
    zh: '企业合同额度为 0',
    en: 'the quota of the organisation is 0',
  });
}

function codeFor(request: CreateRequest, { nowS, random, world }: ActionContext): SignCode {
  const { maxFlowNum, flowEffectiveDays, expiresAtS } = effectiveLimits(request, nowS);
  let QrCodeId = upstreamId(random);
  while (world.codes.has(QrCodeId)) QrCodeId = upstreamId(random);
  return {
    QrCodeId,
    ...ownerOf(request.Agent),
    TemplateId: request.TemplateId,
    FlowName: request.FlowName,
    QrCodeName: request.QrCodeName || request.FlowName,
    createdAtS: nowS,
    expiresAtS,
    maxFlowNum,
    used: 0,
    flowEffectiveDays,
    restrictions: restrictionsOf(request),
    forbidPersonalMultipleSign: request.ForbidPersonalMultipleSign ?? false,
    flowNameAppendScannerInfo: request.FlowNameAppendScannerInfo ?? false,
    ...(request.CallbackUrl && { callbackUrl: request.CallbackUrl }),
    scannedBy: [],
  };
}

/** The single restriction of the old documents is still accepted and is assumed to add to the list. */
function restrictionsOf({ Restrictions = [], ApproverRestrictions }: CreateRequest) {
  const all = ApproverRestrictions === undefined ? Restrictions : [...Restrictions, ApproverRestrictions];
  return all.filter((restriction) => Object.values(restriction).some((value) => value !== ''));
}
