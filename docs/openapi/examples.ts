/** An example of each request. A test carries them out, with the ids that it is given in the place of these. */

export const exampleIds = {
  CodeId: 'Q1rLeb5j4jZ6gekj2hW4dj',
  QrCodeId: 'yD1n2JjJWUy4dE72rLtUo6iLEw8HVy32',
  FlowId: 'yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm',
  SubscriptionId: '7Jm2kQw9XtRzVb4NfHc6Ya',
  BatchId: '3Tn8pLs5WqYxZc2KgMd7Vb',
  KeyId: '0c4d965d570d',
  Url: 'https://example.com/hooks/qianma',
} as const;

const { CodeId, FlowId, SubscriptionId, BatchId, KeyId, Url } = exampleIds;
const ProxyOrganizationOpenId = 'proxy-org-openid';
const Agent = { ProxyOrganizationOpenId, ProxyOperator: { OpenId: 'proxy-operator-openid' } };
const TemplateId = 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV';

/** In an order in which they can be carried out. */
export const exampleRequests: Readonly<Record<string, object>> = {
  GetCallerIdentity: {},
  DescribeTemplates: { Agent, Limit: 20 },
  CreateEventSubscription: { Kind: 'standard-webhooks', Url, ProxyOrganizationOpenId, Note: 'ERP' },
  DescribeEventSubscriptions: { SubscriptionId },
  ModifyEventSubscription: { SubscriptionId, Version: 1, EventTypes: ['code.exhausted', 'quota.exhausted'] },
  SendTestEvent: { SubscriptionId },
  ChannelCreateMultiFlowSignQRCode: {
    Agent,
    TemplateId,
    FlowName: '劳务合同',
    MaxFlowNum: 100,
    QrCodeName: '西门',
    ExternalId: 'gate-3',
    Labels: ['shenzhen'],
    RenewalPolicy: { ExhaustionPercent: 80, MaxGenerations: 20 },
  },
  DescribeMultiFlowSignQRCodes: { Label: 'shenzhen', State: 'Active', Limit: 50 },
  ModifyMultiFlowSignQRCode: { CodeId, Version: 2, Note: '王工负责', Operation: 'Pause' },
  BatchCreateMultiFlowSignQRCode: {
    Agent,
    Rows: [
      { TemplateId, FlowName: '劳务合同', MaxFlowNum: 50, QrCodeName: '东门', ExternalId: 'gate-4' },
      { TemplateId, FlowName: '劳务合同', MaxFlowNum: 50, QrCodeName: '南门', ExternalId: 'gate-5' },
    ],
  },
  DescribeBatches: { BatchId },
  DescribeBatchRows: { BatchId, Limit: 100 },
  CancelBatch: { BatchId },
  BatchModifyMultiFlowSignQRCode: { Operation: 'Resume', Label: 'shenzhen' },
  DescribeContracts: { CodeId, Unfinished: true },
  ForgetContract: { FlowId },
  DescribeOrganizations: { ProxyOrganizationOpenId },
  ModifyOrganization: {
    ProxyOrganizationOpenId,
    Version: 0,
    DisplayName: '甲劳务公司',
    ContactZh: '王工，办公室 3 楼',
    ContractsBought: 5000,
  },
  DescribeNotifications: { CodeId, Outcome: 'Failed' },
  ReplayNotification: { CodeId, Outcome: 'Failed' },
  DescribeEvents: { SubscriptionId, State: 'Dead' },
  ReplayEvent: { SubscriptionId, DeadLetters: true },
  DeleteEventSubscription: { SubscriptionId },
  CreateApiKey: {
    Name: 'gate tablets',
    Role: 'viewer',
    Organizations: [ProxyOrganizationOpenId],
    ExpiresInDays: 90,
  },
  DescribeApiKeys: {},
  RotateApiKey: { KeyId, GraceHours: 24 },
  RevokeApiKey: { KeyId },
  CallUpstream: {
    Action: 'DescribeTemplates',
    Request: { Agent: { AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ', ...Agent }, Limit: 1 },
  },
  DescribeAuditLog: { Subject: CodeId },
  ChannelCancelMultiFlowSignQRCode: { CodeId },
};
