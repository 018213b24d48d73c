import { type ActionMembers, member } from './members.ts';
import { eventTimes, nextCursor, page } from './recurring.ts';
import { structs } from './structs.ts';

const subscriptionId = member('string', '订阅编号', 'the subscription');

const secret = member(
  'string?',
  '签名密钥，仅此一次展示；仅 `standard-webhooks`',
  'the signing secret, shown this once; of `standard-webhooks`',
);

/** What is told to other systems. */
export const eventActions: Readonly<Record<string, ActionMembers>> = {
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
