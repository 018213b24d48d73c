import { type ActionMembers, member } from './members.ts';
import { eventTimes, nextCursor, page } from './recurring.ts';
import { structs } from './structs.ts';

/** Whom there is: organisations, the keys of their systems, who has changed what. */
export const accessActions: Readonly<Record<string, ActionMembers>> = {
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
};
