import type { request, response } from './ChannelCancelMultiFlowSignQRCode.ts';
import type { FieldDocs } from './field-doc.ts';

export const requestDocs: FieldDocs<typeof request> = {
  Agent: {
    zh: '应用、子客企业及其经办人；企业与经办人须已完成实名认证',
    en: 'The application, the organisation and its operator; both must have been verified',
  },
  QrCodeId: {
    zh: '创建时返回的签署码编号；无法再从上游查得，请妥善保存',
    en: 'The id that the create returned; keep it, for upstream has no way to look it up again',
  },
  Operator: { zh: '上游未开放', en: 'Not in use upstream', deprecated: true },
};

/** Nothing but `RequestId`. */
export const responseDocs: FieldDocs<typeof response> = {};
