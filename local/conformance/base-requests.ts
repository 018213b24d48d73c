/** What stands for something that an account has, and is put in its place when a case is sent. */
export const places = {
  AppId: '{AppId}',
  ProxyOrganizationOpenId: '{ProxyOrganizationOpenId}',
  OpenId: '{OpenId}',
  TemplateId: '{TemplateId}',
  /** Of a party of the template. */
  RecipientId: '{RecipientId}',
  /** A living one: made for the case. */
  QrCodeId: '{QrCodeId}',
} as const;

export type Place = keyof typeof places;

const userInfo = { Channel: 'c', CustomUserId: 'u', ClientIp: '203.0.113.7', ProxyIp: '203.0.113.8' };

const Agent = {
  AppId: places.AppId,
  ProxyOrganizationOpenId: places.ProxyOrganizationOpenId,
  ProxyOperator: { OpenId: places.OpenId, ...userInfo },
  ProxyAppId: '',
  ProxyOrganizationId: '',
};
const Operator = { OpenId: places.OpenId, ...userInfo };
const restriction = {
  Name: '张三',
  Mobile: '13000000000',
  IdCardType: 'ID_CARD',
  IdCardNumber: '110101199001011237',
};

/** Of each action a request that has every member, each as it should be. */
export const baseRequests = {
  ChannelCreateMultiFlowSignQRCode: {
    Agent,
    TemplateId: places.TemplateId,
    FlowName: '入职合同',
    MaxFlowNum: 5,
    FlowEffectiveDay: 7,
    QrEffectiveDay: 7,
    FlowDisplayType: 1,
    Restrictions: [restriction],
    ApproverComponentLimitTypes: [{ RecipientId: places.RecipientId, Values: ['HANDWRITE'] }],
    CallbackUrl: 'https://example.com/callback',
    ApproverRestrictions: restriction,
    Operator,
    ForbidPersonalMultipleSign: true,
    FlowNameAppendScannerInfo: true,
    QrCodeName: '东门',
    QrCodeExpiredOn: 0,
  },
  ChannelCancelMultiFlowSignQRCode: { Agent, QrCodeId: places.QrCodeId, Operator },
  DescribeTemplates: {
    Agent,
    TemplateId: places.TemplateId,
    ContentType: 0,
    TemplateIds: [places.TemplateId],
    Limit: 20,
    Offset: 0,
    TemplateName: '',
    ChannelTemplateId: '',
    QueryAllComponents: false,
    WithPreviewUrl: false,
    ShowPreviewComponents: false,
    WithPdfUrl: false,
    Operator,
    UserFlowTypeId: '',
  },
} as const;

export type ActionName = keyof typeof baseRequests;
