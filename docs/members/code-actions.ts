import { type ActionMembers, type Members, member } from './members.ts';
import { nextCursor, page } from './recurring.ts';
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

/** What is done with codes, one by one and in batches. */
export const codeActions: Readonly<Record<string, ActionMembers>> = {
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
};
