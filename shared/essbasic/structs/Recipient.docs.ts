import type { FieldDocs } from '../field-doc.ts';
import { type Recipient, recipientTypes } from './Recipient.ts';

export const recipientDocs: FieldDocs<typeof Recipient> = {
  RecipientId: { zh: '参与方编号', en: 'Id of the party' },
  RecipientType: {
    zh: `参与方类型：企业、个人、发起方（${recipientTypes.join('、')}）`,
    en: `Kind of party: enterprise, person, initiator (${recipientTypes.join(', ')})`,
  },
  Description: { zh: '角色说明', en: 'Description of the role' },
  RoleName: { zh: '角色名称，如“卖方”', en: 'Name of the role, such as "seller"' },
  RequireValidation: { zh: '是否需要校验', en: 'Is a check required?' },
  RequireSign: {
    zh: '文档称“是否必须填写”，确切含义未公布',
    en: 'By the documents "must it be filled in"; what that means is not published',
  },
  SignType: { zh: '上游内部字段；0 为人脸', en: 'Internal to upstream; 0 is by face' },
  RoutingOrder: {
    zh: '签署顺序，小者在先；示例中无序模板全为 -1',
    en: 'Place in the order of signing, the smallest first; in the example of an unordered template all are -1',
  },
  IsPromoter: { zh: '是否为发起方', en: 'Is this the initiator?' },
  ApproverVerifyTypes: {
    zh: '查看合同前的校验：1 实名，2 手机号',
    en: 'Check before viewing: 1 identity, 2 mobile number',
  },
  ApproverSignTypes: {
    zh: '签署时的认证：1 人脸，2 签署密码，3 运营商三要素，4 UKey，5 设备指纹，6 设备面容',
    en: 'Proof when signing: 1 face, 2 password, 3 mobile operator, 4 USB key, 5 fingerprint and 6 face on the device',
  },
  NoTransfer: {
    zh: '为 true 时不可转他人处理',
    en: 'When true the party cannot hand over to another person',
    default: false,
  },
};
