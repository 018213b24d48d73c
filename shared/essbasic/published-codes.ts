import type { ErrorCodeName } from './error-codes.ts';

const published: Readonly<Record<string, readonly ErrorCodeName[]>> = {
  ChannelCreateMultiFlowSignQRCode: [
    'FailedOperation',
    'FailedOperation.QrCodeCreatorSignComponents',
    'FailedOperation.QrCodeSignUsers',
    'FailedOperation.QrCodeTemplateId',
    'InternalError',
    'InvalidParameter',
    'InvalidParameter.ParamError',
    'MissingParameter',
    'OperationDenied.NoQuota',
    'ResourceNotFound',
    'ResourceNotFound.Application',
    'ResourceNotFound.Template',
    'UnauthorizedOperation.NoPermissionFeature',
  ],
  ChannelCancelMultiFlowSignQRCode: [
    'InternalError',
    'InternalError.DbRead',
    'InvalidParameter.DataNotFound',
    'InvalidParameter.ParamError',
    'MissingParameter',
    'OperationDenied.Forbid',
    'OperationDenied.QrInvalid',
    'UnauthorizedOperation.NoPermissionFeature',
  ],
  DescribeTemplates: [
    'FailedOperation',
    'InternalError',
    'InternalError.System',
    'InvalidParameter',
    'InvalidParameter.Application',
    'InvalidParameter.ContentType',
    'InvalidParameter.DataNotFound',
    'InvalidParameter.ParamError',
    'InvalidParameterValue',
    'MissingParameter',
    'OperationDenied',
    'OperationDenied.NoIdentityVerify',
    'OperationDenied.OrganizationClosing',
    'OperationDenied.UserNotInOrganization',
    'ResourceNotFound',
    'ResourceNotFound.Application',
    'ResourceNotFound.Resource',
    'ResourceNotFound.Template',
    'ResourceNotFound.User',
    'ResourceUnavailable',
    'UnauthorizedOperation',
    'UnauthorizedOperation.NoPermissionFeature',
  ],
};

/**
 * The codes that upstream publishes for an action, beside the common ones. For the emulator and the documents: a function
 * takes every code that arrives, as the lists have proved incomplete.
 */
export function publishedCodesOf(action: string): readonly ErrorCodeName[] {
  return published[action] ?? [];
}
