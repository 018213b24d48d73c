import { type ActionMembers, type Members, member } from './members.ts';
import { structs } from './structs.ts';

const codeKey: Members = {
  CodeId: member('string?', '签署码编号', 'id of the code'),
  QrCodeId: member('string?', '任意一代在腾讯侧的编号', "Tencent's id of any of its generations"),
  Slug: member('string?', '稳定链接的末段', 'the end of its stable link'),
};

/** What people keep with a code. */
const codeMembers: Members = {
  RenewalPolicy: member(
    'RenewalPolicy?',
    '续期策略；未填的取默认值',
    'the renewal policy; what is left out has its default',
  ),
  ExternalId: member(
    'string?',
    '您自己的编号，至多 128 个字符',
    'your own id of the code, 128 characters at most',
  ),
  Labels: member('string[]?', '标签，至多 32 个，各至多 64 个字符', 'labels, 32 of 64 characters at most'),
  Note: member('string?', '备注，至多 1000 个字符', 'a note, 1000 characters at most'),
};

const page: Members = {
  Limit: member('integer?', '每页条数，1–100，默认 20', 'items of a page, 1–100; 20 unless given'),
  Cursor: member('string?', '上一页的 `NextCursor`', 'the `NextCursor` of the page before'),
};
const nextCursor = member('string?', '下一页；null 为最后一页', 'the next page; null: this is the last');

const notificationFilters: Members = {
  CodeId: member('string?', '所涉签署码', 'the code'),
  QrCodeId: member('string?', '所涉的代', 'the generation'),
  ProxyOrganizationOpenId: member('string?', '所涉企业', 'the organisation'),
  MsgType: member('string?', '消息类型', 'the type'),
  Outcome: member(
    'string?',
    '`Applied`、`Kept`、`Pending`、`Failed`',
    '`Applied`, `Kept`, `Pending` or `Failed`',
  ),
  ReceivedAfter: member('time?', '晚于', 'that came after'),
  ReceivedBefore: member('time?', '早于', 'that came before'),
};

const eventTimes: Members = {
  From: member('time?', '发生时间不早于', 'that happened from here on'),
  To: member('time?', '发生时间早于', 'that happened before'),
};

const subscriptionId = member('string', '订阅编号', 'the subscription');
const secret = member(
  'string?',
  '签名密钥，仅此一次展示；仅 `standard-webhooks`',
  'the signing secret, shown this once; of `standard-webhooks`',
);

/** Every action: what it takes and answers beside upstream's own members. `RequestId` is in every answer. */
export const actionMembers: Readonly<Record<string, ActionMembers>> = {
  ChannelCreateMultiFlowSignQRCode: {
    upstream: true,
    request: {
      DryRun: member(
        'boolean?',
        '只检查（含模板），不创建',
        'checks everything, the template included, and makes nothing',
      ),
      ...codeMembers,
    },
    answer: {
      CodeId: member('string', '签署码编号', 'id of the code'),
      Slug: member('string', '稳定链接的末段', 'the end of its stable link'),
      StableUrl: member('string', '稳定链接，印在海报上', 'the stable link, for posters'),
      State: member('string', '`Active`', '`Active`'),
      Version: member('integer', '修改时须带上', 'a change has to name it'),
    },
    dryAnswer: {
      DryRun: member('boolean', 'true：未创建', 'true: nothing was made'),
      Template: member('SignCode', '模板能否生成签署码', 'whether the template can carry a sign code'),
      MaxFlowNum: member('integer', '将有的合同份数', 'contracts that it would hold'),
      FlowEffectiveDay: member(
        'integer',
        '每份合同的签署天数',
        'days that each contract would be open for signing',
      ),
      ExpiredTime: member('time', '若现在创建的到期时间', 'when it would expire, made now'),
      RenewalPolicy: member(
        'RenewalPolicy',
        '续期策略，已填默认值',
        'the renewal policy, its defaults filled in',
      ),
    },
  },
  ChannelCancelMultiFlowSignQRCode: {
    upstream: true,
    request: {
      ...codeKey,
      ExternalId: member(
        'string?',
        '或您自己的编号，未作废的优先',
        'or your own id; of several codes the one that is not cancelled',
      ),
    },
    answer: {
      CodeId: member(
        'string?',
        '签署码编号；登记库之外的为 null',
        'id of the code; null for one that the register does not know',
      ),
      AlreadyInvalid: member('boolean', '此前是否已失效', 'whether it was dead already'),
      CancelledQrCodeIds: member('string[]', '作废了哪几代', 'the generations that were ended'),
    },
  },
  DescribeTemplates: {
    upstream: true,
    request: {},
    answer: {
      'Templates[].SignCode': member(
        'SignCode?',
        '能否生成签署码；`ContentType` 为 1 时没有',
        'whether it can carry a sign code; absent with `ContentType` 1',
      ),
    },
  },
  DescribeMultiFlowSignQRCodes: {
    upstream: false,
    request: {
      ...codeKey,
      ProxyOrganizationOpenId: member('string?', '企业', 'the organisation'),
      State: member('string?', '状态', 'the state'),
      TemplateId: member('string?', '模板', 'the template'),
      Label: member('string?', '带有此标签', 'that have this label'),
      ExternalId: member('string?', '您自己的编号', 'your own id'),
      ExpiringBefore: member('time?', '当前一代早于此时到期', 'whose current generation expires before'),
      Text: member(
        'string?',
        '合同名称、海报名称、备注、自有编号或标签中的文字，一行，至少 2 个字符',
        'with this text in the flow name, the words on the poster, the note, the ExternalId or a label; one line, 2 characters at least',
      ),
      ...page,
    },
    answer: {
      Codes: member('Code[]', '签署码，新的在前', 'codes, the newest first'),
      NextCursor: nextCursor,
    },
  },
  ModifyMultiFlowSignQRCode: {
    upstream: false,
    request: {
      ...codeKey,
      Version: member(
        'integer',
        '您所见的版本；之后被改过则拒绝',
        'the version that you have seen; a later change is not overwritten',
      ),
      ...codeMembers,
      ExternalId: member(
        'string?',
        '新的外部编号；未填其他编号时，用以指明签署码（不止一张时取未作废的）',
        'the new external id; where no other id is given it names the code (of several the one that is not cancelled)',
      ),
      Operation: member('string?', '`Pause`、`Resume`、`RenewNow`', '`Pause`, `Resume` or `RenewNow`'),
    },
    answer: structs.Code,
  },
  BatchCreateMultiFlowSignQRCode: {
    upstream: false,
    request: {
      Agent: member('Agent', '为哪个企业，由谁经办', 'for whom, and who acts'),
      Rows: member(
        'Row[]',
        '1–500 行，各为 `ChannelCreateMultiFlowSignQRCode` 的请求（不含 `Agent`、`Operator`、`DryRun`）；`ExternalId` 不得重复',
        '1–500 requests of `ChannelCreateMultiFlowSignQRCode` without `Agent`, `Operator` and `DryRun`; no `ExternalId` twice',
      ),
      DryRun: member(
        'boolean?',
        '只检查各行（含模板），不创建',
        'checks all rows, the templates included, and makes nothing',
      ),
    },
    answer: structs.Batch,
    dryAnswer: {
      DryRun: member('boolean', 'true：未创建', 'true: nothing was made'),
      Total: member('integer', '已检查的行数', 'rows that were checked'),
    },
  },
  BatchModifyMultiFlowSignQRCode: {
    upstream: false,
    request: {
      Operation: member(
        'string',
        '`Pause`、`Resume`、`RenewNow`、`Cancel`',
        '`Pause`, `Resume`, `RenewNow` or `Cancel`',
      ),
      Label: member(
        'string?',
        '带有此标签且未作废的，至多 500 张',
        'codes with this label that are not cancelled, 500 at most',
      ),
      ProxyOrganizationOpenId: member('string?', '其中此企业的', 'those of this organisation among them'),
      ExternalIds: member('string[]?', '或您自己的编号，至多 500 个', 'or your own ids, 500 at most'),
      CodeIds: member('string[]?', '或签署码编号，至多 500 个', 'or ids of codes, 500 at most'),
    },
    answer: structs.Batch,
  },
  DescribeBatches: {
    upstream: false,
    request: { BatchId: member('string?', '只查这一个', 'this one alone'), ...page },
    answer: {
      Batches: member('Batch[]', '批次，新的在前', 'batches, the newest first'),
      NextCursor: nextCursor,
    },
  },
  DescribeBatchRows: {
    upstream: false,
    request: {
      BatchId: member('string', '批次', 'the batch'),
      State: member('string?', '处于此状态的行', 'rows in this state'),
      ...page,
    },
    answer: { Rows: member('BatchRow[]', '各行，按行号', 'rows, by their numbers'), NextCursor: nextCursor },
  },
  CancelBatch: {
    upstream: false,
    request: { BatchId: member('string', '批次', 'the batch') },
    answer: structs.Batch,
  },
  DescribeOrganizations: {
    upstream: false,
    request: { ProxyOrganizationOpenId: member('string?', '只查这一个', 'this one alone'), ...page },
    answer: {
      Organizations: member('Organization[]', '企业，按编号排列', 'organisations, by their ids'),
      NextCursor: nextCursor,
    },
  },
  ModifyOrganization: {
    upstream: false,
    request: {
      ProxyOrganizationOpenId: member(
        'string?',
        '企业；默认为密钥自己的企业',
        "the organisation; the key's own unless given",
      ),
      Version: member(
        'integer',
        '您所见的版本，从未设置时为 0；之后被改过则拒绝',
        'the version that you have seen, 0 where nothing was set; a later change is not overwritten',
      ),
      DisplayName: member(
        'string?',
        '签署人看到的企业名称，一行，至多 100 个字符；null 为删除',
        'how it is called where signers read it, one line of 100 characters at most; null takes it away',
      ),
      ContactZh: member(
        'string?',
        '联系谁，中文，一行，至多 200 个字符；null 为删除',
        'whom signers may ask, in Chinese, one line of 200 characters at most; null takes it away',
      ),
      ContactEn: member('string?', '同上，英文', 'the same in English'),
      ContractsBought: member(
        'integer?',
        '可用的合同份数；null 为删除',
        'contracts that are left to spend; null takes it away',
      ),
      ContractsBoughtOn: member(
        'time?',
        '何时有这么多，默认为现在',
        'when that many were left; now unless given',
      ),
    },
    answer: structs.Organization,
  },
  DescribeAuditLog: {
    upstream: false,
    request: {
      Subject: member('string?', '对此编号所做的', 'what was done to this id'),
      Actor: member('string?', '由谁所做', 'what they did'),
      Action: member('string?', '这一种操作', 'this kind of act'),
      ...eventTimes,
      ...page,
    },
    answer: {
      Entries: member('AuditEntry[]', '记录，新的在前', 'entries, the newest first'),
      NextCursor: nextCursor,
    },
  },
  GetCallerIdentity: {
    upstream: false,
    request: {},
    answer: {
      KeyId: member('string', '密钥编号', 'id of the key'),
      Role: member('string', '`viewer`、`operator`、`admin`', '`viewer`, `operator` or `admin`'),
      AppId: member('string', '所配置的应用', 'the application that is configured'),
      Organizations: member(
        'string[]?',
        '可代表的企业；null 为全部',
        'the organisations that it acts for; null: all',
      ),
      Agent: member(
        'any?',
        '未填 `Agent` 时的 `ProxyOrganizationOpenId` 与 `ProxyOperatorOpenId`；null 为没有',
        'the `ProxyOrganizationOpenId` and `ProxyOperatorOpenId` where a call does not say; null: none',
      ),
    },
  },
  DescribeContracts: {
    upstream: false,
    request: {
      FlowId: member('string?', '只查这一份', 'this one alone'),
      CodeId: member('string?', '由此码发起', 'started with this code'),
      Generation: member(
        'integer?',
        '由此码的这一代发起；须有 `CodeId`',
        'with this generation of it; needs `CodeId`',
      ),
      QrCodeId: member('string?', '由这一代发起', 'started with this generation'),
      ProxyOrganizationOpenId: member('string?', '企业', 'the organisation'),
      State: member('string?', '状态', 'the state'),
      Unfinished: member('boolean?', 'true：已发起而未签完的', 'true: those that somebody still has to sign'),
      StartedAfter: member('time?', '发起时间不早于', 'that began from here on'),
      StartedBefore: member('time?', '发起时间早于', 'that began before'),
      ...page,
    },
    answer: {
      Contracts: member('Contract[]', '合同，新的在前', 'contracts, the newest first'),
      NextCursor: nextCursor,
    },
  },
  ForgetContract: {
    upstream: false,
    request: { FlowId: member('string', '合同在腾讯侧的编号', "Tencent's id of the contract") },
    answer: {
      FlowId: member('string', '该合同', 'the contract'),
      ForgottenOn: member('time', '何时删除', 'when it was forgotten'),
      Notifications: member(
        'integer',
        '本次删去内容的通知数',
        'notifications whose content was taken away by this call',
      ),
    },
  },
  DescribeApiKeys: {
    upstream: false,
    request: {},
    answer: { ApiKeys: member('ApiKey[]', '密钥，新的在前', 'keys, the newest first') },
  },
  CreateApiKey: {
    upstream: false,
    request: {
      Name: member('string', '名称，一行，至多 100 个字符', 'its name, one line of 100 characters at most'),
      Role: member('string', '`viewer`、`operator`、`admin`', '`viewer`, `operator` or `admin`'),
      Organizations: member(
        'string[]?',
        '可代表的企业，至多 100 个；不填为所有企业',
        'organisations that it acts for, 100 at most; left out: all of them',
      ),
      ProxyOperatorOpenId: member(
        'string?',
        '请求未写明时由谁经办，须恰好一个企业',
        'who acts where a request names nobody; needs exactly one organisation',
      ),
      ExpiresInDays: member(
        'integer?',
        '多少天后到期；不填为不到期',
        'days until it ends; left out: it does not',
      ),
    },
    answer: {
      KeyId: member('string', '密钥编号', 'id of the key'),
      ApiKey: member('string', '密钥，仅此一次展示', 'the key, shown this once'),
      ExpiresOn: member('time?', '到期时间', 'when it ends'),
    },
  },
  RotateApiKey: {
    upstream: false,
    request: {
      KeyId: member('string', '被取代的密钥', 'the key that is replaced'),
      GraceHours: member(
        'integer?',
        '其继续有效的小时数，默认 24',
        'hours for which it goes on, 24 unless given',
      ),
    },
    answer: {
      KeyId: member('string', '新密钥编号', 'id of the new key'),
      ApiKey: member(
        'string',
        '新密钥，权限相同，仅此一次展示',
        'the new key with the same rights, shown this once',
      ),
      Replaces: member('string', '被取代的密钥', 'the key that it replaces'),
    },
  },
  RevokeApiKey: {
    upstream: false,
    request: { KeyId: member('string', '密钥编号', 'id of the key') },
    answer: { KeyId: member('string', '已吊销的密钥', 'the key that is revoked') },
  },
  DescribeNotifications: {
    upstream: false,
    request: {
      NotificationId: member('string?', '本系统的编号', 'the id that qianma gave it'),
      MsgId: member('string?', '腾讯的编号', "Tencent's id of it"),
      ...notificationFilters,
      ...page,
      Rejections: member('boolean?', 'true：改为查询拒收的', 'true: what was rejected, instead'),
    },
    answer: {
      Notifications: member('Notification[]', '回调，新的在前', 'notifications, the newest first'),
      NextCursor: nextCursor,
      Rejections: member(
        'Rejection[]',
        '拒收的，按小时、结论与来源计数',
        'what was rejected, counted by hour, verdict and address',
      ),
    },
  },
  ReplayNotification: {
    upstream: false,
    request: {
      NotificationId: member(
        'string?',
        '一条；或以下至少一个条件',
        'one of them; or at least one of the filters below',
      ),
      ...notificationFilters,
      ...page,
    },
    answer: {
      Replayed: member('Replayed[]', '各条的结果', 'what became of each'),
      NextCursor: nextCursor,
      TimeUp: member(
        'boolean',
        '本页尚有未处理的，请再次以同样的条件调用',
        'some of this page are left: ask the same again',
      ),
    },
  },
  CreateEventSubscription: {
    upstream: false,
    request: {
      Kind: member(
        'string',
        '`standard-webhooks`、`webhook`、`wecom`、`feishu`、`dingtalk`',
        '`standard-webhooks`, `webhook`, `wecom`, `feishu` or `dingtalk`',
      ),
      Url: member('string', '地址', 'where events go'),
      ProxyOrganizationOpenId: member(
        'string?',
        '订阅哪个企业的事件；默认为密钥自己的企业',
        "whose events; those of the key's own organisation unless given",
      ),
      AllOrganizations: member(
        'boolean?',
        'true：所有企业；限管理员',
        "true: of all organisations; an administrator's",
      ),
      EventTypes: member(
        'string[]?',
        '事件类型；默认全部，机器人为全部告警',
        'types; all unless given, for robots all alarms',
      ),
      Languages: member('string[]?', '`zh`、`en`；默认两者', '`zh`, `en`; both unless given'),
      Note: member('string?', '备注，至多 1000 个字符', 'a note, 1000 characters at most'),
      Secret: member('string?', '机器人的密钥（飞书、钉钉）', "a robot's secret (Feishu, DingTalk)"),
    },
    answer: { ...structs.Subscription, Secret: secret },
  },
  ModifyEventSubscription: {
    upstream: false,
    request: {
      SubscriptionId: subscriptionId,
      Version: member(
        'integer',
        '您所见的版本；之后被改过则拒绝',
        'the version that you have seen; a later change is not overwritten',
      ),
      Url: member('string?', '新地址', 'a new address'),
      EventTypes: member('string[]?', '事件类型；null 为全部', 'types; null: all'),
      Languages: member('string[]?', '文字的语言', 'languages of its texts'),
      Note: member('string?', '备注；null 为删除', 'a note; null takes it away'),
      Enabled: member('boolean?', '启用或停用', 'switches it on or off'),
      Secret: member(
        'string?',
        '机器人的新密钥；null 为不再签名',
        "a robot's new secret; null: it signs no longer",
      ),
      RotateSecret: member('RotateSecret?', '更换签名密钥', 'makes a new signing secret'),
    },
    answer: { ...structs.Subscription, Secret: secret },
  },
  DeleteEventSubscription: {
    upstream: false,
    request: { SubscriptionId: subscriptionId },
    answer: { SubscriptionId: subscriptionId },
  },
  DescribeEventSubscriptions: {
    upstream: false,
    request: { SubscriptionId: member('string?', '只查一个', 'this one alone'), ...page },
    answer: {
      Subscriptions: member('Subscription[]', '订阅，新的在前', 'subscriptions, the newest first'),
      NextCursor: nextCursor,
    },
  },
  SendTestEvent: {
    upstream: false,
    request: { SubscriptionId: subscriptionId },
    answer: {
      EventId: member('string', '事件编号', 'the event'),
      Delivered: member('boolean', '是否送达', 'whether it arrived'),
      Attempt: member('Attempt', '这次尝试', 'the try'),
    },
  },
  DescribeEvents: {
    upstream: false,
    request: {
      EventId: member('string?', '事件', 'the event'),
      CodeId: member('string?', '所涉签署码', 'the code'),
      EventType: member('string?', '事件类型', 'the type'),
      SubscriptionId: member('string?', '订阅', 'the subscription'),
      State: member('string?', '`Pending`、`Delivered`、`Dead`', '`Pending`, `Delivered` or `Dead`'),
      ...eventTimes,
      ...page,
    },
    answer: {
      Events: member(
        'Delivery[]',
        '每个事件对每个订阅一项，新的在前',
        'one item for each event and subscription, the newest first',
      ),
      NextCursor: nextCursor,
    },
  },
  ReplayEvent: {
    upstream: false,
    request: {
      EventId: member('string?', '事件', 'the event'),
      DeliveryId: member(
        'string?',
        '该事件对一个订阅的投递，须单独填写',
        'one event to one subscription; alone',
      ),
      SubscriptionId: member('string?', '订阅', 'the subscription'),
      CodeId: member('string?', '所涉签署码', 'the code'),
      ...eventTimes,
      DeadLetters: member('boolean?', 'true：只重发死信', 'true: dead letters alone'),
    },
    answer: { Replayed: member('integer', '重新待发的投递数', 'deliveries that are due again') },
  },
};
