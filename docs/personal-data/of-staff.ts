import type { Datum } from './datum.ts';
import { admins, readers, withRow } from './phrases.ts';

/** Of those who work with qianma, and whatever they write into texts of their own. */
export const ofStaff: readonly Datum[] = [
  {
    columns: ['codes.operator', 'attempts.operator'],
    what: {
      zh: '经办人的 `OpenId`，由平台自定',
      en: '`OpenId` of the employee in whose name upstream is called; the platform has chosen it',
    },
    from: { zh: '平台，随请求', en: 'the platform, with a request' },
    guard: {
      clear: {
        zh: '每次续期与作废都要用；请勿用手机号作 `OpenId`',
        en: 'each renewal and cancel needs it; do not use a phone number as an `OpenId`',
      },
    },
    kept: {
      days: 'attemptsS',
      after: {
        zh: '调用有结果之后；在签署码中则与该码同存',
        en: 'after the outcome of a call; in a code as long as the code',
      },
    },
    seenBy: readers,
    goes: withRow,
  },
  {
    columns: [
      'codes.flow_name',
      'codes.qr_code_name',
      'codes.external_id',
      'codes.labels',
      'codes.note',
      'codes.request',
      'codes.search_text',
      'codes.search_grams',
    ],
    what: {
      zh: '使用者自写的文字：合同名称、海报名称、外部编号、标签、备注、`CallbackUrl`，及其检索用副本',
      en: 'texts that users write: name of the contracts, name on the poster, external id, labels, note, `CallbackUrl`, and the copy that is searched',
    },
    from: { zh: '使用者', en: 'users' },
    guard: {
      clear: {
        zh: '要显示、检索、印在海报上；请勿写入姓名与号码',
        en: 'they are shown, searched and printed on posters; write no names and numbers into them',
      },
    },
    kept: { days: 'deadCodesS', after: { zh: '签署码结束之后', en: 'after the end of the code' } },
    seenBy: {
      zh: '持该企业密钥者；海报名称见于海报与稳定链接页面；海报名称与外部编号发给订阅方',
      en: 'keys of the organisation; who stands before a poster or its page reads its name; subscribers get that and the external id',
    },
    goes: {
      zh: '外部编号、标签、备注可改（`ModifyMultiFlowSignQRCode`）；其余随该行删除',
      en: 'external id, labels and note can be changed (`ModifyMultiFlowSignQRCode`); the rest with the row',
    },
  },
  {
    columns: ['batch_rows.external_id'],
    what: { zh: '批次中一行的外部编号', en: 'external id of a row of a batch' },
    from: { zh: '使用者', en: 'users' },
    guard: { clear: { zh: '用于对应各行', en: 'rows are told apart by it' } },
    kept: { days: 'batchesS', after: { zh: '提交批次之后', en: 'after the batch was asked for' } },
    seenBy: readers,
    goes: withRow,
  },
  {
    columns: [
      'organization_settings.display_name',
      'organization_settings.contact_zh',
      'organization_settings.contact_en',
    ],
    what: {
      zh: '企业显示名称与联系方式：可能是某位员工的姓名与电话',
      en: 'name of an organisation and whom to ask: it may be the name and phone of an employee',
    },
    from: { zh: '使用者', en: 'users' },
    guard: {
      clear: { zh: '本就要给扫码的人看', en: 'it is there to be read by everybody who scans' },
    },
    kept: { zh: '至修改为止', en: 'until it is changed' },
    seenBy: { zh: '任何人：印在海报与页面上', en: 'everybody: it is on posters and pages' },
    goes: { zh: '`ModifyOrganization` 置空', en: '`ModifyOrganization` empties it' },
  },
  {
    columns: ['api_keys.name', 'api_keys.agent_operator', 'api_keys.last_used_at'],
    what: {
      zh: 'API 密钥的名称（可能是持有人）、所属经办人的 `OpenId`、最近使用时间',
      en: 'name of an API key (perhaps of its holder), `OpenId` of the operator that it belongs to, when it was last used',
    },
    from: { zh: '管理员', en: 'an administrator' },
    guard: { clear: { zh: '用于辨认密钥', en: 'keys are told apart by it' } },
    kept: {
      zh: '不自动删除：审计记录以密钥编号指向它',
      en: 'not deleted by itself: the audit trail leads to it by the id of the key',
    },
    seenBy: admins,
    goes: {
      zh: '由数据库管理员删除该行；以角色而非人名命名密钥，则无需删除',
      en: 'the administrator of the database deletes the row; a key that is named after a task needs none of that',
    },
  },
  {
    columns: ['api_keys.hash'],
    what: { zh: 'API 密钥的 SHA-256', en: 'SHA-256 of an API key' },
    from: { zh: '生成密钥时', en: 'where the key is made' },
    guard: 'hashed',
    kept: { zh: '同该行', en: 'as the row' },
    seenBy: { zh: '无人', en: 'nobody' },
    goes: withRow,
  },
  {
    columns: ['audit.actor', 'audit.subject', 'audit.reason'],
    what: {
      zh: '谁（密钥编号）对什么做了什么；`ForgetContract` 留下 `FlowId`，以证明已删除；更改企业与密钥时只记编号与字段名',
      en: 'who (by the id of the key) did what to what; `ForgetContract` leaves the `FlowId`, as the proof of it; of changes ids and names of members alone',
    },
    from: { zh: '由操作产生', en: 'what is done' },
    guard: { clear: { zh: '供查证', en: 'it is there to be looked up' } },
    kept: {
      days: 'auditS',
      after: { zh: '发生之后', en: 'after it happened' },
      more: { zh: '（至多再加一个月）', en: ', and up to a month more' },
    },
    seenBy: admins,
    goes: {
      zh: '到期时随当月的分区删除',
      en: 'deleted with the partition of its month when its time is over',
    },
  },
  {
    columns: ['event_subscriptions.sealed'],
    what: {
      zh: '订阅方的地址与签名密钥；地址中可能含其系统的密钥',
      en: 'address and secrets of a subscriber; the address may hold a key of their system',
    },
    from: { zh: '使用者', en: 'users' },
    guard: 'sealed',
    kept: { zh: '至订阅删除为止', en: 'until the subscription is deleted' },
    seenBy: { zh: '无人：地址以掩码显示', en: 'nobody: the address is shown masked' },
    goes: {
      zh: '`DeleteEventSubscription` 后随该行删除，最迟在其投递记录到期时',
      en: 'with the row after `DeleteEventSubscription`, at the latest when its deliveries are over',
    },
  },
  {
    columns: ['event_subscriptions.shown_url', 'event_subscriptions.note'],
    what: { zh: '掩码后的地址；备注', en: 'the masked address; a note' },
    from: { zh: '使用者', en: 'users' },
    guard: { clear: { zh: '用于辨认订阅', en: 'subscriptions are told apart by it' } },
    kept: { zh: '同上', en: 'as above' },
    seenBy: readers,
    goes: withRow,
  },
  {
    columns: ['idempotency_records.answer'],
    what: {
      zh: '带 `Idempotency-Key` 的请求的应答：不含签署人；`CallUpstream` 的应答与含密钥的应答加密存放',
      en: 'the answer to a request with an `Idempotency-Key`: it names no signer; answers of `CallUpstream` and those that hold a secret are sealed',
    },
    from: { zh: '各函数', en: 'the functions' },
    guard: {
      clear: { zh: '编号、状态与使用者自写的文字', en: 'ids, states, and texts that users have written' },
    },
    kept: { zh: '24 小时', en: '24 hours' },
    seenBy: { zh: '以同一密钥重发同一请求者', en: 'who sends the same request again with the same API key' },
    goes: withRow,
  },
  {
    columns: ['idempotency_records.idempotency_key'],
    what: { zh: '使用者选的幂等键', en: 'the `Idempotency-Key` that the caller chose' },
    from: { zh: '使用者', en: 'users' },
    guard: {
      clear: {
        zh: '按它认出重复的请求；请用随机编号',
        en: 'a repeated request is known by it; use a random one',
      },
    },
    kept: { zh: '24 小时', en: '24 hours' },
    seenBy: { zh: '无人', en: 'nobody' },
    goes: withRow,
  },
  {
    columns: ['idempotency_records.payload_hash'],
    what: { zh: '请求内容的 SHA-256', en: 'SHA-256 of the payload' },
    from: { zh: '使用者', en: 'users' },
    guard: 'hashed',
    kept: { zh: '24 小时', en: '24 hours' },
    seenBy: { zh: '无人', en: 'nobody' },
    goes: withRow,
  },
  {
    columns: ['messages.source_ip'],
    what: { zh: '回调来自的地址：腾讯的', en: 'the address that a notification came from: of Tencent' },
    from: { zh: '平台（SCF）', en: 'the platform, SCF' },
    guard: { clear: { zh: '用于查证来源', en: 'to look up where it came from' } },
    kept: {
      days: 'notificationsS',
      after: { zh: '收到之后', en: 'after it was received' },
      more: { zh: '（至多再加一个月）', en: ', and up to a month more' },
    },
    seenBy: readers,
    goes: withRow,
  },
  {
    columns: ['notification_rejections.source_ip'],
    what: {
      zh: '被拒请求来自的地址：陌生人的',
      en: 'the address that a rejected request came from: of a stranger',
    },
    from: { zh: '平台（SCF）', en: 'the platform, SCF' },
    guard: { clear: { zh: '用于在前置防护中拦截', en: 'to be turned away by what stands in front' } },
    kept: { days: 'rejectionsS', after: { zh: '发生之后', en: 'after it happened' } },
    seenBy: { zh: '不限企业的密钥', en: 'keys of all organisations' },
    goes: withRow,
  },
];
