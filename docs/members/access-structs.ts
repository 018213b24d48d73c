import { type Members, member } from './members.ts';

/** Organisations, API keys, the audit trail. */
export const accessStructs = {
  AuditEntry: {
    AuditId: member('string', '记录编号', 'id of the entry'),
    At: member('time', '时间', 'when'),
    Actor: member(
      'string',
      '谁：`key:` 加密钥编号、`cli`，或定时函数名',
      'who: `key:` and the id of an API key, `cli`, or the name of a timer',
    ),
    Action: member('string', '做了什么，如 `code.modified`', 'what was done, for example `code.modified`'),
    Subject: member('string', '对什么做的：其编号', 'the id of what it was done to'),
    Reason: member('string', '一行说明', 'one line that says why, or what changed'),
  },
  ApiKey: {
    KeyId: member('string', '密钥编号', 'id of the key'),
    Name: member('string', '名称', 'its name'),
    Role: member('string', '`viewer`、`operator`、`admin`', '`viewer`, `operator` or `admin`'),
    Organizations: member(
      'string[]?',
      '可代表的企业；null 为所有企业',
      'organisations that it acts for; null: all of them',
    ),
    ProxyOperatorOpenId: member('string?', '请求未写明时由谁经办', 'who acts where a request names nobody'),
    State: member('string', '`Active`、`Expired`、`Revoked`', '`Active`, `Expired` or `Revoked`'),
    CreatedOn: member('time', '创建时间', 'when it was made'),
    ExpiresOn: member('time?', '到期时间；null 为不到期', 'when it ends; null: it does not'),
    RevokedOn: member('time?', '吊销时间', 'when it was revoked'),
    LastUsedOn: member('time?', '最后使用时间，精确到分钟', 'when it was last used, to a minute'),
  },
  Organization: {
    ProxyOrganizationOpenId: member('string', '企业', 'the organisation'),
    DisplayName: member('string?', '签署人看到的企业名称', 'how it is called where signers read it'),
    Contact: member('Contact', '签署人有问题时联系谁', 'whom signers may ask'),
    ContractsBought: member(
      'integer?',
      '在 `ContractsBoughtOn` 时可用的合同份数；null 为未填写',
      'contracts that were left to spend at `ContractsBoughtOn`; null: nobody has said so',
    ),
    ContractsBoughtOn: member('time?', '上述份数对应的时间', 'when that many were left'),
    ContractsUsed: member(
      'integer?',
      '自那一天（UTC，含当天）起已用的份数',
      'contracts used since that day (UTC), the day included',
    ),
    DailyUse: member(
      'DailyUse[]',
      '近四周各码每天用量之和',
      'uses of all its codes, by the day of the last four weeks',
    ),
    Forecast: member(
      'Forecast?',
      '已购份数何时用完；未填写或所知太少时为 null',
      'when what was bought will be used up; null: nobody has said what that is, or too little is known',
    ),
    Quota: member('Quota', '是否有合同份数', 'whether it has contracts left, by what Tencent answers'),
    Version: member(
      'integer',
      '每次修改加一，修改时须带上；0 为从未设置',
      'grows with each change; a change has to name it. 0: nothing was ever set',
    ),
    UpdatedOn: member('time?', '设置最后修改时间', 'when the settings last changed'),
  },
  Contact: {
    Zh: member('string?', '给读中文的签署人', 'for signers who read Chinese'),
    En: member('string?', '给读英文的签署人', 'for signers who read English'),
  },
  Quota: {
    State: member('string', '`Ok` 或 `Blocked`', '`Ok` or `Blocked`'),
    Since: member('time?', '自何时起；null 为从未用尽', 'since when; null: it was never used up'),
    Reason: member('Reason?', '为何如此', 'why'),
    NextProbeOn: member('time?', '下次询问腾讯的时间', 'when Tencent is asked again'),
  },
} satisfies Readonly<Record<string, Members>>;
