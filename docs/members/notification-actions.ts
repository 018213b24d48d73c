import { type ActionMembers, type Members, member } from './members.ts';
import { nextCursor, page } from './recurring.ts';

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

/** What Tencent has told, of contracts and of all else. */
export const notificationActions: Readonly<Record<string, ActionMembers>> = {
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
};
