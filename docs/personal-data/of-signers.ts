import type { Datum } from './datum.ts';
import { nobody, readers, withRow } from './phrases.ts';

/** Of those who may sign, who have scanned, and who have signed. */
export const ofSigners: readonly Datum[] = [
  {
    columns: ['codes.sealed'],
    what: {
      zh: '可签署人的姓名、手机号、证件类型与号码（`Restrictions`、`ApproverRestrictions`）',
      en: 'names, mobile numbers, kinds and numbers of identity documents of those who may sign (`Restrictions`, `ApproverRestrictions`)',
    },
    from: { zh: '平台，随创建请求', en: 'the platform, with a create' },
    guard: 'sealed',
    kept: {
      days: 'deadCodesS',
      after: {
        zh: '签署码结束之后；签署码有效期间一直保存，续期要再次提交',
        en: 'after the end of the code; while it lives, since each successor is asked for with them',
      },
    },
    seenBy: nobody,
    goes: {
      zh: '作废时即清空（`ChannelCancelMultiFlowSignQRCode`），否则随该行删除',
      en: 'emptied when the code is cancelled (`ChannelCancelMultiFlowSignQRCode`), else with the row',
    },
  },
  {
    columns: ['batch_rows.sealed'],
    what: {
      zh: '批次中一行的整个创建请求，含上述内容',
      en: 'the whole create of a row of a batch, with the same',
    },
    from: { zh: '平台，随批次请求', en: 'the platform, with a batch' },
    guard: 'sealed',
    kept: { zh: '至该行有结果为止', en: 'until the row has its outcome' },
    seenBy: nobody,
    goes: {
      zh: '完成、失败、结果未知或取消（`CancelBatch`）时清空',
      en: 'emptied when the row is done, has failed, is unknown or is cancelled (`CancelBatch`)',
    },
  },
  {
    columns: ['batch_rows.error_text'],
    what: {
      zh: '上游拒绝某行时的原话；其中该行自带的姓名与号码已替换为 `***`',
      en: 'what upstream says of a row that it refuses; names and numbers that the row itself held are `***` in it',
    },
    from: { zh: '腾讯电子签', en: 'Tencent e-sign' },
    guard: { clear: { zh: '供人阅读以便改正', en: 'people read it to mend the row' } },
    kept: { days: 'batchesS', after: { zh: '提交批次之后', en: 'after the batch was asked for' } },
    seenBy: readers,
    goes: withRow,
  },
  {
    columns: [
      'message_bodies.body',
      'message_bodies.content_signature',
      'messages.body',
      'messages.content_signature',
    ],
    what: {
      zh: '腾讯回调的原文：可能含扫码人、签署人的姓名、手机号与证件号；及其签名',
      en: 'the message of Tencent as it came: it may hold names, mobile and document numbers of those who scan and sign; and its signature',
    },
    from: { zh: '腾讯电子签的回调', en: 'a notification of Tencent e-sign' },
    guard: 'as-came',
    kept: {
      days: 'notificationBodiesS',
      after: { zh: '收到之后', en: 'after it was received' },
      more: { zh: '（至多再加一天）', en: ', and up to a day more' },
    },
    seenBy: {
      zh: '无人：任何应答都不含原文；`ReplayNotification` 仅在内存中解开',
      en: 'nobody: no answer shows it; `ReplayNotification` opens it in memory alone',
    },
    goes: {
      zh: '`ForgetContract` 时删除，或到期时随当日的分区删除',
      en: 'deleted by `ForgetContract`, or with the partition of its day when its time is over',
    },
  },
  {
    columns: ['messages.flow_id', 'messages.flow_status'],
    what: {
      zh: '合同编号（`FlowId`，在腾讯电子签可对应到签署人）及其状态',
      en: 'id of a contract (`FlowId`, which leads to its signer at Tencent e-sign), and its state',
    },
    from: { zh: '腾讯电子签的回调', en: 'a notification of Tencent e-sign' },
    guard: {
      clear: { zh: '按它查找；本身不含个人信息', en: 'it is looked up by it, and says nothing by itself' },
    },
    kept: {
      days: 'notificationsS',
      after: { zh: '收到之后', en: 'after it was received' },
      more: { zh: '（至多再加一个月）', en: ', and up to a month more' },
    },
    seenBy: readers,
    goes: { zh: '`ForgetContract` 时清空', en: 'emptied by `ForgetContract`' },
  },
  {
    columns: [
      'contracts.flow_id',
      'contracts.state',
      'contracts.started_at',
      'contracts.state_at',
      'contracts.deadline_at',
      'contracts.forgotten_at',
    ],
    what: {
      zh: '某份合同何时由哪个签署码发起、状态如何；没有姓名',
      en: 'when a contract was started with which code, and its state; no name',
    },
    from: { zh: '腾讯电子签的回调', en: 'notifications of Tencent e-sign' },
    guard: { clear: { zh: '用于计数与列表', en: 'it is counted and listed' } },
    kept: { days: 'contractsS', after: { zh: '最近一次变化之后', en: 'after its last change' } },
    seenBy: readers,
    goes: {
      zh: '`ForgetContract` 后时间只剩日期，不再显示于任何列表；该行保留以维持计数，并识别迟到的消息',
      en: '`ForgetContract` leaves the days of its times, and no list shows it; the row stays, so that counts stay right and a late message is known',
    },
  },
  {
    columns: ['messages.reason', 'organizations.reason'],
    what: {
      zh: '扫码失败时上游的原话（`said`），其中的号码、邮箱以及消息中以姓名字段出现的内容已替换为 `***`',
      en: 'what upstream says of a scan that failed (`said`), in which numbers, addresses of mail and whatever the message itself names as a name are `***`',
    },
    from: { zh: '腾讯电子签的回调', en: 'a notification of Tencent e-sign' },
    guard: { clear: { zh: '供人阅读以便处理', en: 'people read it to know what to do' } },
    kept: {
      zh: '消息：同消息一行；企业：至额度状态下一次变化',
      en: 'of a message as its row; of an organisation until its quota changes again',
    },
    seenBy: {
      zh: '持该企业密钥者；不发给订阅方与 AI 代理',
      en: 'keys of the organisation; neither subscribers nor agents',
    },
    goes: withRow,
  },
  {
    columns: ['events.data'],
    what: {
      zh: '事件内容：编号、状态、`FlowId`、海报名称与外部编号',
      en: 'what an event says: ids, states, `FlowId`, name on the poster, external id',
    },
    from: { zh: '由上述内容产生', en: 'what is above' },
    guard: { clear: { zh: '原样发给订阅方', en: 'it is sent to subscribers as it is' } },
    kept: {
      days: 'eventsS',
      after: {
        zh: '发生之后',
        en: 'after it happened',
      },
      more: {
        zh: '（至多再加一周；仍有投递记录时更久）',
        en: ', and up to a week more; longer while a delivery of it is kept',
      },
    },
    seenBy: { zh: '订阅方；持该企业密钥者', en: 'subscribers; keys of the organisation' },
    goes: {
      zh: '`ForgetContract` 把 `FlowId` 换成 `forgotten`；已发出的收不回来',
      en: '`ForgetContract` puts `forgotten` in the place of `FlowId`; what was sent cannot be taken back',
    },
  },
];
