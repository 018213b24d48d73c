/**
 * Everything that is documented of the upstream API: the actions and structs with the texts of their fields.
 * For generated documents and their tests; a function never imports it.
 */

import type * as z from 'zod/mini';
import type { Text } from '../text.ts';
import type { Action } from './action.ts';
import * as cancelDocs from './ChannelCancelMultiFlowSignQRCode.docs.ts';
import { ChannelCancelMultiFlowSignQRCode } from './ChannelCancelMultiFlowSignQRCode.ts';
import * as createDocs from './ChannelCreateMultiFlowSignQRCode.docs.ts';
import { ChannelCreateMultiFlowSignQRCode } from './ChannelCreateMultiFlowSignQRCode.ts';
import * as describeTemplatesDocs from './DescribeTemplates.docs.ts';
import { DescribeTemplates } from './DescribeTemplates.ts';
import type { FieldDoc } from './field-doc.ts';
import { agentDocs } from './structs/Agent.docs.ts';
import { ActingAgent, ActingOperator } from './structs/Agent.ts';
import { approverComponentLimitTypeDocs } from './structs/ApproverComponentLimitType.docs.ts';
import { ApproverComponentLimitType } from './structs/ApproverComponentLimitType.ts';
import { approverRestrictionDocs } from './structs/ApproverRestriction.docs.ts';
import { ApproverRestriction } from './structs/ApproverRestriction.ts';
import { componentDocs } from './structs/Component.docs.ts';
import { Component } from './structs/Component.ts';
import { recipientDocs } from './structs/Recipient.docs.ts';
import { Recipient } from './structs/Recipient.ts';
import { signQrCodeDocs } from './structs/SignQrCode.docs.ts';
import { SignQrCode } from './structs/SignQrCode.ts';
import { signUrlDocs } from './structs/SignUrl.docs.ts';
import { SignUrl } from './structs/SignUrl.ts';
import { templateInfoDocs } from './structs/TemplateInfo.docs.ts';
import { TemplateInfo } from './structs/TemplateInfo.ts';
import { userFlowTypeDocs } from './structs/UserFlowType.docs.ts';
import { UserFlowType } from './structs/UserFlowType.ts';
import { userInfoDocs } from './structs/UserInfo.docs.ts';
import { UserInfo } from './structs/UserInfo.ts';

type Docs = Readonly<Record<string, FieldDoc>>;

export interface ActionDocs {
  action: Action;
  purpose: Text;
  request: Docs;
  response: Docs;
}

export interface StructDocs {
  /** Upstream's name of the struct, but for the operator: the `UserInfo` whose `OpenId` our actions demand. */
  name: string;
  schema: z.ZodMiniObject;
  fields: Docs;
}

export const actions: readonly ActionDocs[] = [
  {
    action: ChannelCreateMultiFlowSignQRCode,
    purpose: {
      zh: '创建一码多签签署码：签署人扫码、补充信息、实名后签署',
      en: 'Makes a sign code: people scan it, fill in their details, prove who they are and sign',
    },
    request: createDocs.requestDocs,
    response: createDocs.responseDocs,
  },
  {
    action: ChannelCancelMultiFlowSignQRCode,
    purpose: {
      zh: '使签署码失效；已发起的合同不受影响（文档未说明，属推断）',
      en: 'Makes a code invalid; contracts already started go on (no document says so, it is inferred)',
    },
    request: cancelDocs.requestDocs,
    response: cancelDocs.responseDocs,
  },
  {
    action: DescribeTemplates,
    purpose: { zh: '查询子客企业的模板', en: 'Lists the templates of an organisation' },
    request: describeTemplatesDocs.requestDocs,
    response: describeTemplatesDocs.responseDocs,
  },
];

export const structs: readonly StructDocs[] = [
  { name: 'Agent', schema: ActingAgent, fields: agentDocs },
  { name: 'Operator', schema: ActingOperator, fields: userInfoDocs },
  { name: 'UserInfo', schema: UserInfo, fields: userInfoDocs },
  { name: 'ApproverRestriction', schema: ApproverRestriction, fields: approverRestrictionDocs },
  {
    name: 'ApproverComponentLimitType',
    schema: ApproverComponentLimitType,
    fields: approverComponentLimitTypeDocs,
  },
  { name: 'SignQrCode', schema: SignQrCode, fields: signQrCodeDocs },
  { name: 'SignUrl', schema: SignUrl, fields: signUrlDocs },
  { name: 'TemplateInfo', schema: TemplateInfo, fields: templateInfoDocs },
  { name: 'Recipient', schema: Recipient, fields: recipientDocs },
  { name: 'Component', schema: Component, fields: componentDocs },
  { name: 'UserFlowType', schema: UserFlowType, fields: userFlowTypeDocs },
];
