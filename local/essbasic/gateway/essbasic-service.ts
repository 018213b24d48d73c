import { api } from '../../../shared/essbasic/api.ts';
import { type ErrorCodeName, errorCodes } from '../../../shared/essbasic/error-codes.ts';
import type { CloudService } from '../../cloud-api/cloud-service.ts';
import { memberDetail } from '../../cloud-api/parse-request.ts';
import type { Violation } from '../../cloud-api/violation.ts';
import { upstreamActions } from '../upstream-actions.ts';
import type { EmulatedAction } from './emulated-action.ts';
import { emulatedAction } from './emulated-actions.ts';
import { maskRequest } from './mask-request.ts';
import { refusal } from './refusal.ts';

export const essbasicService: CloudService<EmulatedAction> = {
  name: api.service,
  version: api.version,
  upstreamActions,
  action: emulatedAction,
  // Of a POST that is signed with TC3; the documents say "10 MB".
  maxBodyBytes: 10 * 1024 * 1024,
  codes: errorCodes,
  refuse: refusal,
  refuseMember: ({ name }, violation, reason) =>
    refusal(codeOf(name, violation), memberDetail(violation), { reason }),
  mask: maskRequest,
};

function codeOf(action: string, { kind, path }: Violation): ErrorCodeName {
  if (kind === 'missing') return 'MissingParameter';
  if (kind === 'unknown') return 'UnknownParameter';
  if (kind === 'type') return 'InvalidParameter';
  return valueCodes[`${action}.${path}`] ?? 'InvalidParameter.ParamError';
}

/**
 * Codes for a wrong value that are finer than `InvalidParameter.ParamError`. Those of `DescribeTemplates` are published;
 * those of the create only by the sibling product `ess`, for the same fields.
 */
const valueCodes: Readonly<Record<string, ErrorCodeName>> = {
  'DescribeTemplates.ContentType': 'InvalidParameter.ContentType',
  'DescribeTemplates.Limit': 'InvalidParameterValue',
  'DescribeTemplates.Offset': 'InvalidParameterValue',
  'ChannelCreateMultiFlowSignQRCode.QrEffectiveDay': 'InvalidParameter.QrEffectDay',
  'ChannelCreateMultiFlowSignQRCode.QrCodeExpiredOn': 'InvalidParameter.QrEffectDay',
  'ChannelCreateMultiFlowSignQRCode.FlowEffectiveDay': 'InvalidParameter.QrFlowEffectDay',
};
