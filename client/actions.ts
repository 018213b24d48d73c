/** What each action takes and answers: written by `npm run docs` from the contract of the API. */

export interface Actions {
  ChannelCreateMultiFlowSignQRCode: {
    request: {
      /**
       * The application, the organisation and its operator; both must have been verified
       *
       * 应用、子客企业及其经办人；企业与经办人须已完成实名认证
       */
      Agent?: Agent;
      /**
       * Id of the template, of 32 characters by the documents; the template must meet the conditions for a sign code
       *
       * 模板编号，官方文档称为 32 位；模板须满足签署码的条件
       */
      TemplateId: string;
      /**
       * Name of the contracts: signers read it, and downloads are named by it. The documents limit the characters to Chinese, letters, digits and the underscore, yet a successful example of the sibling product ess has a hyphen, so that is left to upstream
       *
       * 合同名称，签署人可见，也是下载文件名。文档限定中文、字母、数字、下划线，但同类产品 ess 的成功示例含连字符，故字符集交由上游判定
       */
      FlowName: string;
      /**
       * How many contracts the code can start before it dies; zero means not set. No upper bound is published
       *
       * 此码最多可发起的合同份数，用完即失效；0 视为未填。上限未公布
       */
      MaxFlowNum?: number;
      /**
       * Days that each contract stays open for signing, from its own start; zero means not set
       *
       * 每份合同自发起起的签署天数，逾期作废；0 视为未填
       */
      FlowEffectiveDay?: number;
      /**
       * The word that signers read: 0 contract (合同), 1 file (文件), 2 agreement (协议), 3 document (文书)
       *
       * 签署人看到的称呼：0 合同，1 文件，2 协议，3 文书
       */
      FlowDisplayType?: number;
      /**
       * @deprecated
       * Days that the code lives, from its creation; zero means not set. Use QrCodeExpiredOn instead
       *
       * 签署码自创建起的有效天数；0 视为未填。请改用 QrCodeExpiredOn
       */
      QrEffectiveDay?: number;
      /**
       * The only people who may scan and sign; everyone may when absent. No largest number is published
       *
       * 限定可扫码签署的人；不填则人人可扫。条数上限未公布
       */
      Restrictions?: ApproverRestriction[];
      /**
       * Narrows, for each party, the ways to sign a personal signature field
       *
       * 按参与方限定个人签名控件可用的签名方式
       */
      ApproverComponentLimitTypes?: ApproverComponentLimitType[];
      /**
       * @deprecated
       * Where to notify when a scan fails for lack of quota; to be configured in the application now
       *
       * 因企业额度不足而扫码失败时的通知地址；现统一在第三方应用中配置
       */
      CallbackUrl?: string;
      /**
       * @deprecated
       * The one person who may scan; use Restrictions instead
       *
       * 限定单个可扫码的人；请改用 Restrictions
       */
      ApproverRestrictions?: ApproverRestriction;
      /**
       * @deprecated
       * Not in use upstream
       *
       * 上游未开放
       */
      Operator?: UserInfo;
      /**
       * When true, one person can sign only one contract with this code
       *
       * 为 true 时，同一个人只能用此码签一份合同
       */
      ForbidPersonalMultipleSign?: boolean;
      /**
       * When true, the scanner's name and the last four digits of their phone number are added to the contract's name
       *
       * 为 true 时，合同名称后附扫码人姓名与手机号后四位
       */
      FlowNameAppendScannerInfo?: boolean;
      /**
       * The title printed on the picture of the code
       *
       * 印在二维码图片上的名称
       */
      QrCodeName?: string;
      /**
       * When the code ends, Unix seconds, at most 365 days after its creation. Which one wins over QrEffectiveDay is not published, this one is assumed to; so is that zero means not set
       *
       * 签署码的截止时间，Unix 秒，最远为创建后 365 天。与 QrEffectiveDay 同填时以何为准未公布，本项目假定以此为准；0 视为未填（假定）
       */
      QrCodeExpiredOn?: number;
      /**
       * checks everything, the template included, and makes nothing
       *
       * 只检查（含模板），不创建
       */
      DryRun?: boolean;
      /**
       * the renewal policy; what is left out has its default
       *
       * 续期策略；未填的取默认值
       */
      RenewalPolicy?: RenewalPolicyInput;
      /**
       * your own id of the code, 128 characters at most
       *
       * 您自己的编号，至多 128 个字符
       */
      ExternalId?: string | null;
      /**
       * labels, 32 of 64 characters at most
       *
       * 标签，至多 32 个，各至多 64 个字符
       */
      Labels?: string[];
      /**
       * a note, 1000 characters at most
       *
       * 备注，至多 1000 个字符
       */
      Note?: string | null;
    };
    answer:
      | {
          /**
           * The code that was made
           *
           * 所创建的签署码
           */
          QrCode?: SignQrCode;
          /**
           * Links that do what the code does
           *
           * 与签署码等效的链接
           */
          SignUrls?: SignUrl;
          /**
           * id of the code
           *
           * 签署码编号
           */
          CodeId: string;
          /**
           * the end of its stable link
           *
           * 稳定链接的末段
           */
          Slug: string;
          /**
           * the stable link, for posters
           *
           * 稳定链接，印在海报上
           */
          StableUrl: string;
          /**
           * One of these values
           *
           * 取下列值之一
           */
          State: 'Active';
          /**
           * a change has to name it
           *
           * 修改时须带上
           */
          Version: number;
          /**
           * The id of this call, for whoever helps
           *
           * 本次调用的编号，求助时请提供
           */
          RequestId: string;
        }
      | {
          /**
           * true: nothing was made
           *
           * true：未创建
           */
          DryRun: boolean;
          /**
           * whether the template can carry a sign code
           *
           * 模板能否生成签署码
           */
          Template: SignCode;
          /**
           * contracts that it would hold
           *
           * 将有的合同份数
           */
          MaxFlowNum: number;
          /**
           * days that each contract would be open for signing
           *
           * 每份合同的签署天数
           */
          FlowEffectiveDay: number;
          /**
           * when it would expire, made now
           *
           * 若现在创建的到期时间
           */
          ExpiredTime: number;
          /**
           * the renewal policy, its defaults filled in
           *
           * 续期策略，已填默认值
           */
          RenewalPolicy: RenewalPolicy;
          /**
           * The id of this call, for whoever helps
           *
           * 本次调用的编号，求助时请提供
           */
          RequestId: string;
        };
  };
  ChannelCancelMultiFlowSignQRCode: {
    request: {
      /**
       * The application, the organisation and its operator; both must have been verified
       *
       * 应用、子客企业及其经办人；企业与经办人须已完成实名认证
       */
      Agent?: KnownAgent;
      /**
       * Tencent's id of any of its generations
       *
       * 任意一代在腾讯侧的编号
       */
      QrCodeId?: string;
      /**
       * @deprecated
       * Not in use upstream
       *
       * 上游未开放
       */
      Operator?: UserInfo;
      /**
       * id of the code
       *
       * 签署码编号
       */
      CodeId?: string;
      /**
       * the end of its stable link
       *
       * 稳定链接的末段
       */
      Slug?: string;
      /**
       * or your own id; of several codes the one that is not cancelled
       *
       * 或您自己的编号，未作废的优先
       */
      ExternalId?: string;
    };
    answer: {
      /**
       * id of the code; null for one that the register does not know
       *
       * 签署码编号；登记库之外的为 null
       */
      CodeId?: string | null;
      /**
       * whether it was dead already
       *
       * 此前是否已失效
       */
      AlreadyInvalid: boolean;
      /**
       * the generations that were ended
       *
       * 作废了哪几代
       */
      CancelledQrCodeIds: string[];
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeTemplates: {
    request: {
      /**
       * The application, the organisation and its operator; both must have been verified
       *
       * 应用、子客企业及其经办人；企业与经办人须已完成实名认证
       */
      Agent?: Agent;
      /**
       * Only this template; takes precedence over TemplateIds
       *
       * 只查这一个模板；优先于 TemplateIds
       */
      TemplateId?: string;
      /**
       * 0: list and details. 1: list alone, without fields and parties
       *
       * 0 列表及详情；1 仅列表，不含控件与参与方
       */
      ContentType?: number;
      /**
       * Only these templates, without paging. By the text one that does not exist is an error, by the example the list is empty
       *
       * 只查这些模板，此时不分页。文档称任一不存在即报错，其示例却返回空列表
       *
       * @maxItems 100
       */
      TemplateIds?: string[];
      /**
       * Templates per page; zero is assumed to mean not set
       *
       * 每页条数；0 视为未填（假定）
       */
      Limit?: number;
      /**
       * Templates to skip
       *
       * 跳过的条数
       */
      Offset?: number;
      /**
       * A part of the name of the template
       *
       * 模板名称中连续的一段
       */
      TemplateName?: string;
      /**
       * Id of a template of the platform: those handed out or taken from it
       *
       * 平台模板编号，查由其下发或领取的模板
       */
      ChannelTemplateId?: string;
      /**
       * When true the fields of all parties come, otherwise the initiator's alone
       *
       * 为 true 时返回所有参与方的填写控件，否则只返回发起方的
       */
      QueryAllComponents?: boolean;
      /**
       * Return a preview link
       *
       * 是否返回预览链接
       */
      WithPreviewUrl?: boolean;
      /**
       * Show the fields in the preview; only together with WithPreviewUrl
       *
       * 预览页是否显示控件；仅在 WithPreviewUrl 为 true 时有效
       */
      ShowPreviewComponents?: boolean;
      /**
       * Return a link to the PDF; upstream must have enabled this for you
       *
       * 是否返回 PDF 链接；须由上游开通白名单
       */
      WithPdfUrl?: boolean;
      /**
       * @deprecated
       * Not needed
       *
       * 无需填写
       */
      Operator?: UserInfo;
      /**
       * Only templates of this contract type
       *
       * 只查此合同类型的模板
       */
      UserFlowTypeId?: string;
    };
    answer: {
      /**
       * The templates
       *
       * 模板
       */
      Templates?: (TemplateInfo & {
        /**
         * whether it can carry a sign code; absent with `ContentType` 1
         *
         * 能否生成签署码；`ContentType` 为 1 时没有
         */
        SignCode?: SignCode | null;
      })[];
      /**
       * How many templates match in all
       *
       * 符合条件的模板总数
       */
      TotalCount?: number;
      /**
       * Templates per page of this answer
       *
       * 本次的每页条数
       */
      Limit?: number;
      /**
       * Templates skipped in this answer
       *
       * 本次跳过的条数
       */
      Offset?: number;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeMultiFlowSignQRCodes: {
    request: {
      /**
       * id of the code
       *
       * 签署码编号
       */
      CodeId?: string;
      /**
       * Tencent's id of any of its generations
       *
       * 任意一代在腾讯侧的编号
       */
      QrCodeId?: string;
      /**
       * the end of its stable link
       *
       * 稳定链接的末段
       */
      Slug?: string;
      /**
       * the organisation
       *
       * 企业
       */
      ProxyOrganizationOpenId?: string;
      /**
       * the state
       *
       * 状态
       */
      State?:
        | 'Creating'
        | 'Active'
        | 'Paused'
        | 'QuotaBlocked'
        | 'Exhausted'
        | 'Expired'
        | 'Failed'
        | 'OutcomeUnknown'
        | 'Cancelled';
      /**
       * the template
       *
       * 模板
       */
      TemplateId?: string;
      /**
       * that have this label
       *
       * 带有此标签
       */
      Label?: string;
      /**
       * your own id
       *
       * 您自己的编号
       */
      ExternalId?: string;
      /**
       * whose current generation expires before
       *
       * 当前一代早于此时到期
       */
      ExpiringBefore?: number;
      /**
       * with this text in the flow name, the words on the poster, the note, the ExternalId or a label; one line, 2 characters at least
       *
       * 合同名称、海报名称、备注、自有编号或标签中的文字，一行，至少 2 个字符
       */
      Text?: string;
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
    };
    answer: {
      /**
       * codes, the newest first
       *
       * 签署码，新的在前
       */
      Codes: Code[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  ModifyMultiFlowSignQRCode: {
    request: {
      /**
       * id of the code
       *
       * 签署码编号
       */
      CodeId?: string;
      /**
       * Tencent's id of any of its generations
       *
       * 任意一代在腾讯侧的编号
       */
      QrCodeId?: string;
      /**
       * the end of its stable link
       *
       * 稳定链接的末段
       */
      Slug?: string;
      /**
       * the version that you have seen; a later change is not overwritten
       *
       * 您所见的版本；之后被改过则拒绝
       */
      Version?: number;
      /**
       * the renewal policy; what is left out has its default
       *
       * 续期策略；未填的取默认值
       */
      RenewalPolicy?: RenewalPolicyInput;
      /**
       * the new external id; where no other id is given it names the code (of several the one that is not cancelled)
       *
       * 新的外部编号；未填其他编号时，用以指明签署码（不止一张时取未作废的）
       */
      ExternalId?: string | null;
      /**
       * labels, 32 of 64 characters at most
       *
       * 标签，至多 32 个，各至多 64 个字符
       */
      Labels?: string[];
      /**
       * a note, 1000 characters at most
       *
       * 备注，至多 1000 个字符
       */
      Note?: string | null;
      /**
       * One of these values
       *
       * 取下列值之一
       */
      Operation?: 'Pause' | 'Resume' | 'RenewNow';
    };
    answer: Code & {
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  BatchCreateMultiFlowSignQRCode: {
    request: {
      /**
       * for whom, and who acts
       *
       * 为哪个企业，由谁经办
       */
      Agent?: Agent;
      /**
       * 1–500 requests of `ChannelCreateMultiFlowSignQRCode` without `Agent`, `Operator` and `DryRun`; no `ExternalId` twice
       *
       * 1–500 行，各为 `ChannelCreateMultiFlowSignQRCode` 的请求（不含 `Agent`、`Operator`、`DryRun`）；`ExternalId` 不得重复
       *
       * @minItems 1
       * @maxItems 500
       */
      Rows: [BatchCreateRow, ...BatchCreateRow[]];
      /**
       * checks all rows, the templates included, and makes nothing
       *
       * 只检查各行（含模板），不创建
       */
      DryRun?: boolean;
    };
    answer:
      | (Batch & {
          /**
           * The id of this call, for whoever helps
           *
           * 本次调用的编号，求助时请提供
           */
          RequestId: string;
        })
      | {
          /**
           * true: nothing was made
           *
           * true：未创建
           */
          DryRun: boolean;
          /**
           * rows that were checked
           *
           * 已检查的行数
           */
          Total: number;
          /**
           * The id of this call, for whoever helps
           *
           * 本次调用的编号，求助时请提供
           */
          RequestId: string;
        };
  };
  BatchModifyMultiFlowSignQRCode: {
    request: {
      /**
       * One of these values
       *
       * 取下列值之一
       */
      Operation: 'Pause' | 'Resume' | 'RenewNow' | 'Cancel';
      /**
       * codes with this label that are not cancelled, 500 at most
       *
       * 带有此标签且未作废的，至多 500 张
       */
      Label?: string;
      /**
       * those of this organisation among them
       *
       * 其中此企业的
       */
      ProxyOrganizationOpenId?: string;
      /**
       * or your own ids, 500 at most
       *
       * 或您自己的编号，至多 500 个
       *
       * @minItems 1
       * @maxItems 500
       */
      ExternalIds?: [string, ...string[]];
      /**
       * or ids of codes, 500 at most
       *
       * 或签署码编号，至多 500 个
       *
       * @minItems 1
       * @maxItems 500
       */
      CodeIds?: [string, ...string[]];
    };
    answer: Batch & {
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeBatches: {
    request: {
      /**
       * this one alone
       *
       * 只查这一个
       */
      BatchId?: string;
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
    };
    answer: {
      /**
       * batches, the newest first
       *
       * 批次，新的在前
       */
      Batches: Batch[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeBatchRows: {
    request: {
      /**
       * the batch
       *
       * 批次
       */
      BatchId: string;
      /**
       * rows in this state
       *
       * 处于此状态的行
       */
      State?: 'Waiting' | 'Done' | 'Failed' | 'Unknown' | 'Cancelled';
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
    };
    answer: {
      /**
       * rows, by their numbers
       *
       * 各行，按行号
       */
      Rows: BatchRow[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  CancelBatch: {
    request: {
      /**
       * the batch
       *
       * 批次
       */
      BatchId: string;
    };
    answer: Batch & {
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeOrganizations: {
    request: {
      /**
       * this one alone
       *
       * 只查这一个
       */
      ProxyOrganizationOpenId?: string;
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
    };
    answer: {
      /**
       * organisations, by their ids
       *
       * 企业，按编号排列
       */
      Organizations: Organization[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  ModifyOrganization: {
    request: {
      /**
       * the organisation; the key's own unless given
       *
       * 企业；默认为密钥自己的企业
       */
      ProxyOrganizationOpenId?: string;
      /**
       * the version that you have seen, 0 where nothing was set; a later change is not overwritten
       *
       * 您所见的版本，从未设置时为 0；之后被改过则拒绝
       */
      Version?: number;
      /**
       * how it is called where signers read it, one line of 100 characters at most; null takes it away
       *
       * 签署人看到的企业名称，一行，至多 100 个字符；null 为删除
       */
      DisplayName?: string | null;
      /**
       * whom signers may ask, in Chinese, one line of 200 characters at most; null takes it away
       *
       * 联系谁，中文，一行，至多 200 个字符；null 为删除
       */
      ContactZh?: string | null;
      /**
       * the same in English
       *
       * 同上，英文
       */
      ContactEn?: string | null;
      /**
       * contracts that are left to spend; null takes it away
       *
       * 可用的合同份数；null 为删除
       */
      ContractsBought?: number | null;
      /**
       * when that many were left; now unless given
       *
       * 何时有这么多，默认为现在
       */
      ContractsBoughtOn?: number;
    };
    answer: Organization & {
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeAuditLog: {
    request: {
      /**
       * what was done to this id
       *
       * 对此编号所做的
       */
      Subject?: string;
      /**
       * what they did
       *
       * 由谁所做
       */
      Actor?: string;
      /**
       * this kind of act
       *
       * 这一种操作
       */
      Action?: string;
      /**
       * that happened from here on
       *
       * 发生时间不早于
       */
      From?: number;
      /**
       * that happened before
       *
       * 发生时间早于
       */
      To?: number;
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
    };
    answer: {
      /**
       * entries, the newest first
       *
       * 记录，新的在前
       */
      Entries: AuditEntry[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  GetCallerIdentity: {
    request: Record<string, never>;
    answer: {
      /**
       * id of the key
       *
       * 密钥编号
       */
      KeyId: string;
      /**
       * One of these values
       *
       * 取下列值之一
       */
      Role: 'viewer' | 'operator' | 'admin';
      /**
       * the application that is configured
       *
       * 所配置的应用
       */
      AppId: string;
      /**
       * the organisations that it acts for; null: all
       *
       * 可代表的企业；null 为全部
       */
      Organizations?: string[] | null;
      /**
       * the `ProxyOrganizationOpenId` and `ProxyOperatorOpenId` where a call does not say; null: none
       *
       * 未填 `Agent` 时的 `ProxyOrganizationOpenId` 与 `ProxyOperatorOpenId`；null 为没有
       */
      Agent?: {
        [k: string]: unknown;
      } | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeApiKeys: {
    request: Record<string, never>;
    answer: {
      /**
       * keys, the newest first
       *
       * 密钥，新的在前
       */
      ApiKeys: ApiKey[];
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  CreateApiKey: {
    request: {
      /**
       * its name, one line of 100 characters at most
       *
       * 名称，一行，至多 100 个字符
       */
      Name: string;
      /**
       * One of these values
       *
       * 取下列值之一
       */
      Role: 'viewer' | 'operator' | 'admin';
      /**
       * organisations that it acts for, 100 at most; left out: all of them
       *
       * 可代表的企业，至多 100 个；不填为所有企业
       *
       * @minItems 1
       * @maxItems 100
       */
      Organizations?: [string, ...string[]];
      /**
       * who acts where a request names nobody; needs exactly one organisation
       *
       * 请求未写明时由谁经办，须恰好一个企业
       */
      ProxyOperatorOpenId?: string;
      /**
       * days until it ends; left out: it does not
       *
       * 多少天后到期；不填为不到期
       */
      ExpiresInDays?: number;
    };
    answer: {
      /**
       * id of the key
       *
       * 密钥编号
       */
      KeyId: string;
      /**
       * the key, shown this once
       *
       * 密钥，仅此一次展示
       */
      ApiKey: string;
      /**
       * when it ends
       *
       * 到期时间
       */
      ExpiresOn?: number | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  RotateApiKey: {
    request: {
      /**
       * the key that is replaced
       *
       * 被取代的密钥
       */
      KeyId: string;
      /**
       * hours for which it goes on, 24 unless given
       *
       * 其继续有效的小时数，默认 24
       */
      GraceHours?: number;
    };
    answer: {
      /**
       * id of the new key
       *
       * 新密钥编号
       */
      KeyId: string;
      /**
       * the new key with the same rights, shown this once
       *
       * 新密钥，权限相同，仅此一次展示
       */
      ApiKey: string;
      /**
       * the key that it replaces
       *
       * 被取代的密钥
       */
      Replaces: string;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  RevokeApiKey: {
    request: {
      /**
       * id of the key
       *
       * 密钥编号
       */
      KeyId: string;
    };
    answer: {
      /**
       * the key that is revoked
       *
       * 已吊销的密钥
       */
      KeyId: string;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  CallUpstream: {
    request: {
      /**
       * One of these values
       *
       * 取下列值之一
       */
      Action: 'ChannelCreateMultiFlowSignQRCode' | 'ChannelCancelMultiFlowSignQRCode' | 'DescribeTemplates';
      /**
       * the body, sent as it is: what is wrong with it is for upstream to refuse
       *
       * 请求体，原样发送；有误也照发，由上游拒绝
       */
      Request: {
        [k: string]: unknown;
      };
      /**
       * shows the request and its signature, and sends nothing
       *
       * 只给出请求与签名过程，不发送
       */
      DryRun?: boolean;
    };
    answer: {
      /**
       * what was called
       *
       * 所调用的接口
       */
      Action: string;
      /**
       * where upstream is
       *
       * 上游地址
       */
      Endpoint: string;
      /**
       * whether upstream is elsewhere than on this machine, where the emulator is
       *
       * 是否为本机以外的上游；否则为仿真服务
       */
      IsReal: boolean;
      /**
       * whether something may be sent there (`EXPLORER_REAL_CALLS`)
       *
       * 是否允许发送（`EXPLORER_REAL_CALLS`）
       */
      MayCall: boolean;
      /**
       * what is wrong with it by the documents; it is sent all the same
       *
       * 按文档检查出的问题，不影响发送
       */
      Problems: UpstreamProblem[];
      /**
       * what is sent
       *
       * 发出的请求
       */
      Sent: UpstreamRequest;
      /**
       * how it is signed, step by step
       *
       * 签名的各步
       */
      Signature: UpstreamSignature;
      /**
       * what came back; null of a dry run
       *
       * 收到的应答；试运行时为 null
       */
      Received?: UpstreamAnswer | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeContracts: {
    request: {
      /**
       * this one alone
       *
       * 只查这一份
       */
      FlowId?: string;
      /**
       * started with this code
       *
       * 由此码发起
       */
      CodeId?: string;
      /**
       * with this generation of it; needs `CodeId`
       *
       * 由此码的这一代发起；须有 `CodeId`
       */
      Generation?: number;
      /**
       * started with this generation
       *
       * 由这一代发起
       */
      QrCodeId?: string;
      /**
       * the organisation
       *
       * 企业
       */
      ProxyOrganizationOpenId?: string;
      /**
       * the state
       *
       * 状态
       */
      State?: 'INIT' | 'PART' | 'ALL' | 'REJECT' | 'DEADLINE' | 'CANCEL' | 'INVALID' | 'RELIEVED';
      /**
       * true: those that somebody still has to sign
       *
       * true：已发起而未签完的
       */
      Unfinished?: true;
      /**
       * that began from here on
       *
       * 发起时间不早于
       */
      StartedAfter?: number;
      /**
       * that began before
       *
       * 发起时间早于
       */
      StartedBefore?: number;
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
    };
    answer: {
      /**
       * contracts, the newest first
       *
       * 合同，新的在前
       */
      Contracts: Contract[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  ForgetContract: {
    request: {
      /**
       * Tencent's id of the contract
       *
       * 合同在腾讯侧的编号
       */
      FlowId: string;
    };
    answer: {
      /**
       * the contract
       *
       * 该合同
       */
      FlowId: string;
      /**
       * when it was forgotten
       *
       * 何时删除
       */
      ForgottenOn: number;
      /**
       * notifications whose content was taken away by this call
       *
       * 本次删去内容的通知数
       */
      Notifications: number;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeNotifications: {
    request: {
      /**
       * the id that qianma gave it
       *
       * 本系统的编号
       */
      NotificationId?: string;
      /**
       * Tencent's id of it
       *
       * 腾讯的编号
       */
      MsgId?: string;
      /**
       * the code
       *
       * 所涉签署码
       */
      CodeId?: string;
      /**
       * the generation
       *
       * 所涉的代
       */
      QrCodeId?: string;
      /**
       * the organisation
       *
       * 所涉企业
       */
      ProxyOrganizationOpenId?: string;
      /**
       * the type
       *
       * 消息类型
       */
      MsgType?: string;
      /**
       * One of these values
       *
       * 取下列值之一
       */
      Outcome?: 'Applied' | 'Kept' | 'Pending' | 'Failed';
      /**
       * that came after
       *
       * 晚于
       */
      ReceivedAfter?: number;
      /**
       * that came before
       *
       * 早于
       */
      ReceivedBefore?: number;
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
      /**
       * true: what was rejected, instead
       *
       * true：改为查询拒收的
       */
      Rejections?: boolean;
    };
    answer: {
      /**
       * notifications, the newest first
       *
       * 回调，新的在前
       */
      Notifications: Notification[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * what was rejected, counted by hour, verdict and address
       *
       * 拒收的，按小时、结论与来源计数
       */
      Rejections: Rejection[];
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  ReplayNotification: {
    request: {
      /**
       * one of them; or at least one of the filters below
       *
       * 一条；或以下至少一个条件
       */
      NotificationId?: string;
      /**
       * the code
       *
       * 所涉签署码
       */
      CodeId?: string;
      /**
       * the generation
       *
       * 所涉的代
       */
      QrCodeId?: string;
      /**
       * the organisation
       *
       * 所涉企业
       */
      ProxyOrganizationOpenId?: string;
      /**
       * the type
       *
       * 消息类型
       */
      MsgType?: string;
      /**
       * One of these values
       *
       * 取下列值之一
       */
      Outcome?: 'Applied' | 'Kept' | 'Pending' | 'Failed';
      /**
       * that came after
       *
       * 晚于
       */
      ReceivedAfter?: number;
      /**
       * that came before
       *
       * 早于
       */
      ReceivedBefore?: number;
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
    };
    answer: {
      /**
       * what became of each
       *
       * 各条的结果
       */
      Replayed: Replayed[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * some of this page are left: ask the same again
       *
       * 本页尚有未处理的，请再次以同样的条件调用
       */
      TimeUp: boolean;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  CreateEventSubscription: {
    request: {
      /**
       * One of these values
       *
       * 取下列值之一
       */
      Kind: 'standard-webhooks' | 'webhook' | 'wecom' | 'feishu' | 'dingtalk';
      /**
       * where events go
       *
       * 地址
       */
      Url: string;
      /**
       * whose events; those of the key's own organisation unless given
       *
       * 订阅哪个企业的事件；默认为密钥自己的企业
       */
      ProxyOrganizationOpenId?: string;
      /**
       * true: of all organisations; an administrator's
       *
       * true：所有企业；限管理员
       */
      AllOrganizations?: true;
      /**
       * types; all unless given, for robots all alarms
       *
       * 事件类型；默认全部，机器人为全部告警
       *
       * @minItems 1
       */
      EventTypes?: [
        (
          | 'code.created'
          | 'code.outcome_unknown'
          | 'code.renewed'
          | 'code.renewal_failed'
          | 'code.expiring'
          | 'code.usage_threshold'
          | 'code.exhausted'
          | 'code.expired'
          | 'code.paused'
          | 'code.resumed'
          | 'code.cancelled'
          | 'code.template_unusable'
          | 'code.template_usable'
          | 'quota.exhausted'
          | 'quota.restored'
          | 'contract.started'
          | 'contract.completed'
          | 'contract.ended'
        ),
        ...(
          | 'code.created'
          | 'code.outcome_unknown'
          | 'code.renewed'
          | 'code.renewal_failed'
          | 'code.expiring'
          | 'code.usage_threshold'
          | 'code.exhausted'
          | 'code.expired'
          | 'code.paused'
          | 'code.resumed'
          | 'code.cancelled'
          | 'code.template_unusable'
          | 'code.template_usable'
          | 'quota.exhausted'
          | 'quota.restored'
          | 'contract.started'
          | 'contract.completed'
          | 'contract.ended'
        )[]
      ];
      /**
       * `zh`, `en`; both unless given
       *
       * `zh`、`en`；默认两者
       *
       * @minItems 1
       * @maxItems 2
       */
      Languages?: ['zh' | 'en'] | ['zh' | 'en', 'zh' | 'en'];
      /**
       * a note, 1000 characters at most
       *
       * 备注，至多 1000 个字符
       */
      Note?: string;
      /**
       * a robot's secret (Feishu, DingTalk)
       *
       * 机器人的密钥（飞书、钉钉）
       */
      Secret?: string;
    };
    answer: {
      /**
       * the subscription
       *
       * 订阅编号
       */
      SubscriptionId: string;
      /**
       * whose events it gets
       *
       * 订阅哪个企业的事件
       */
      ProxyOrganizationOpenId?: string | null;
      /**
       * whether it gets those of all organisations
       *
       * 是否订阅所有企业
       */
      AllOrganizations: boolean;
      /**
       * its form
       *
       * 形式
       */
      Kind: string;
      /**
       * its address, masked
       *
       * 地址，已脱敏
       */
      Url: string;
      /**
       * types of events; null: all
       *
       * 事件类型；null 为全部
       */
      EventTypes?: string[] | null;
      /**
       * languages of its texts
       *
       * 文字的语言
       */
      Languages?: string[] | null;
      /**
       * a note
       *
       * 备注
       */
      Note?: string | null;
      /**
       * One of these values
       *
       * 取下列值之一
       */
      State: 'Enabled' | 'Disabled';
      /**
       * why it is in this state
       *
       * 为何处于此状态
       */
      Reason: Reason;
      /**
       * grows with each change; a change has to name it
       *
       * 每次修改加一，修改时须带上
       */
      Version: number;
      /**
       * failures in a row
       *
       * 连续失败次数
       */
      FailuresInARow: number;
      /**
       * since when it fails
       *
       * 从何时起失败
       */
      FailingSince?: number | null;
      /**
       * nothing is sent before
       *
       * 下次发送不早于
       */
      NotBefore?: number | null;
      /**
       * until when the previous secret signs too
       *
       * 旧密钥签名到何时
       */
      PreviousSecretUntil?: number | null;
      /**
       * when it was made
       *
       * 创建时间
       */
      CreatedOn: number;
      /**
       * when it last changed
       *
       * 最后修改时间
       */
      UpdatedOn: number;
      /**
       * the signing secret, shown this once; of `standard-webhooks`
       *
       * 签名密钥，仅此一次展示；仅 `standard-webhooks`
       */
      Secret?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  ModifyEventSubscription: {
    request: {
      /**
       * the subscription
       *
       * 订阅编号
       */
      SubscriptionId: string;
      /**
       * the version that you have seen; a later change is not overwritten
       *
       * 您所见的版本；之后被改过则拒绝
       */
      Version?: number;
      /**
       * a new address
       *
       * 新地址
       */
      Url?: string;
      /**
       * types; null: all
       *
       * 事件类型；null 为全部
       */
      EventTypes?:
        | [
            (
              | 'code.created'
              | 'code.outcome_unknown'
              | 'code.renewed'
              | 'code.renewal_failed'
              | 'code.expiring'
              | 'code.usage_threshold'
              | 'code.exhausted'
              | 'code.expired'
              | 'code.paused'
              | 'code.resumed'
              | 'code.cancelled'
              | 'code.template_unusable'
              | 'code.template_usable'
              | 'quota.exhausted'
              | 'quota.restored'
              | 'contract.started'
              | 'contract.completed'
              | 'contract.ended'
            ),
            ...(
              | 'code.created'
              | 'code.outcome_unknown'
              | 'code.renewed'
              | 'code.renewal_failed'
              | 'code.expiring'
              | 'code.usage_threshold'
              | 'code.exhausted'
              | 'code.expired'
              | 'code.paused'
              | 'code.resumed'
              | 'code.cancelled'
              | 'code.template_unusable'
              | 'code.template_usable'
              | 'quota.exhausted'
              | 'quota.restored'
              | 'contract.started'
              | 'contract.completed'
              | 'contract.ended'
            )[]
          ]
        | null;
      /**
       * languages of its texts
       *
       * 文字的语言
       *
       * @minItems 1
       * @maxItems 2
       */
      Languages?: ['zh' | 'en'] | ['zh' | 'en', 'zh' | 'en'];
      /**
       * a note; null takes it away
       *
       * 备注；null 为删除
       */
      Note?: string | null;
      /**
       * switches it on or off
       *
       * 启用或停用
       */
      Enabled?: boolean;
      /**
       * a robot's new secret; null: it signs no longer
       *
       * 机器人的新密钥；null 为不再签名
       */
      Secret?: string | null;
      /**
       * makes a new signing secret
       *
       * 更换签名密钥
       */
      RotateSecret?: RotateSecret;
    };
    answer: {
      /**
       * the subscription
       *
       * 订阅编号
       */
      SubscriptionId: string;
      /**
       * whose events it gets
       *
       * 订阅哪个企业的事件
       */
      ProxyOrganizationOpenId?: string | null;
      /**
       * whether it gets those of all organisations
       *
       * 是否订阅所有企业
       */
      AllOrganizations: boolean;
      /**
       * its form
       *
       * 形式
       */
      Kind: string;
      /**
       * its address, masked
       *
       * 地址，已脱敏
       */
      Url: string;
      /**
       * types of events; null: all
       *
       * 事件类型；null 为全部
       */
      EventTypes?: string[] | null;
      /**
       * languages of its texts
       *
       * 文字的语言
       */
      Languages?: string[] | null;
      /**
       * a note
       *
       * 备注
       */
      Note?: string | null;
      /**
       * One of these values
       *
       * 取下列值之一
       */
      State: 'Enabled' | 'Disabled';
      /**
       * why it is in this state
       *
       * 为何处于此状态
       */
      Reason: Reason;
      /**
       * grows with each change; a change has to name it
       *
       * 每次修改加一，修改时须带上
       */
      Version: number;
      /**
       * failures in a row
       *
       * 连续失败次数
       */
      FailuresInARow: number;
      /**
       * since when it fails
       *
       * 从何时起失败
       */
      FailingSince?: number | null;
      /**
       * nothing is sent before
       *
       * 下次发送不早于
       */
      NotBefore?: number | null;
      /**
       * until when the previous secret signs too
       *
       * 旧密钥签名到何时
       */
      PreviousSecretUntil?: number | null;
      /**
       * when it was made
       *
       * 创建时间
       */
      CreatedOn: number;
      /**
       * when it last changed
       *
       * 最后修改时间
       */
      UpdatedOn: number;
      /**
       * the signing secret, shown this once; of `standard-webhooks`
       *
       * 签名密钥，仅此一次展示；仅 `standard-webhooks`
       */
      Secret?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DeleteEventSubscription: {
    request: {
      /**
       * the subscription
       *
       * 订阅编号
       */
      SubscriptionId: string;
    };
    answer: {
      /**
       * the subscription
       *
       * 订阅编号
       */
      SubscriptionId: string;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeEventSubscriptions: {
    request: {
      /**
       * this one alone
       *
       * 只查一个
       */
      SubscriptionId?: string;
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
    };
    answer: {
      /**
       * subscriptions, the newest first
       *
       * 订阅，新的在前
       */
      Subscriptions: Subscription[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  SendTestEvent: {
    request: {
      /**
       * the subscription
       *
       * 订阅编号
       */
      SubscriptionId: string;
    };
    answer: {
      /**
       * the event
       *
       * 事件编号
       */
      EventId: string;
      /**
       * whether it arrived
       *
       * 是否送达
       */
      Delivered: boolean;
      /**
       * the try
       *
       * 这次尝试
       */
      Attempt: Attempt;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  DescribeEvents: {
    request: {
      /**
       * the event
       *
       * 事件
       */
      EventId?: string;
      /**
       * the code
       *
       * 所涉签署码
       */
      CodeId?: string;
      /**
       * the type
       *
       * 事件类型
       */
      EventType?:
        | 'code.created'
        | 'code.outcome_unknown'
        | 'code.renewed'
        | 'code.renewal_failed'
        | 'code.expiring'
        | 'code.usage_threshold'
        | 'code.exhausted'
        | 'code.expired'
        | 'code.paused'
        | 'code.resumed'
        | 'code.cancelled'
        | 'code.template_unusable'
        | 'code.template_usable'
        | 'quota.exhausted'
        | 'quota.restored'
        | 'contract.started'
        | 'contract.completed'
        | 'contract.ended'
        | 'test';
      /**
       * the subscription
       *
       * 订阅
       */
      SubscriptionId?: string;
      /**
       * One of these values
       *
       * 取下列值之一
       */
      State?: 'Pending' | 'Delivered' | 'Dead';
      /**
       * that happened from here on
       *
       * 发生时间不早于
       */
      From?: number;
      /**
       * that happened before
       *
       * 发生时间早于
       */
      To?: number;
      /**
       * items of a page, 1–100; 20 unless given
       *
       * 每页条数，1–100，默认 20
       */
      Limit?: number;
      /**
       * the `NextCursor` of the page before
       *
       * 上一页的 `NextCursor`
       */
      Cursor?: string;
    };
    answer: {
      /**
       * one item for each event and subscription, the newest first
       *
       * 每个事件对每个订阅一项，新的在前
       */
      Events: Delivery[];
      /**
       * the next page; null: this is the last
       *
       * 下一页；null 为最后一页
       */
      NextCursor?: string | null;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
  ReplayEvent: {
    request: {
      /**
       * the event
       *
       * 事件
       */
      EventId?: string;
      /**
       * one event to one subscription; alone
       *
       * 该事件对一个订阅的投递，须单独填写
       */
      DeliveryId?: string;
      /**
       * the subscription
       *
       * 订阅
       */
      SubscriptionId?: string;
      /**
       * the code
       *
       * 所涉签署码
       */
      CodeId?: string;
      /**
       * that happened from here on
       *
       * 发生时间不早于
       */
      From?: number;
      /**
       * that happened before
       *
       * 发生时间早于
       */
      To?: number;
      /**
       * true: dead letters alone
       *
       * true：只重发死信
       */
      DeadLetters?: true;
    };
    answer: {
      /**
       * deliveries that are due again
       *
       * 重新待发的投递数
       */
      Replayed: number;
      /**
       * The id of this call, for whoever helps
       *
       * 本次调用的编号，求助时请提供
       */
      RequestId: string;
    };
  };
}
export interface Agent {
  /**
   * Id of the application; applications do not share data
   *
   * 第三方应用编号；不同应用的数据相互隔离
   */
  AppId?: string;
  /**
   * The id that the platform gave the organisation; it can neither change nor be used again
   *
   * 平台为子客企业定的唯一标识，不可更改或复用
   */
  ProxyOrganizationOpenId?: string;
  /**
   * The operator who acts for the organisation
   *
   * 子客企业的经办人
   */
  ProxyOperator?: Operator;
  /**
   * Id of the organisation's own application; required until 2023-07-07, not needed now
   *
   * 子客应用编号；2023-07-07 之前必填，现无需填写
   */
  ProxyAppId?: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  ProxyOrganizationId?: string;
}
export interface Operator {
  /**
   * The id that the platform gave the person, used once per application; an operator must have it
   *
   * 平台为员工定的唯一标识，应用内不可复用；经办人必填
   */
  OpenId: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  Channel?: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  CustomUserId?: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  ClientIp?: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  ProxyIp?: string;
}
export interface ApproverRestriction {
  /**
   * Name of the person
   *
   * 姓名
   */
  Name?: string;
  /**
   * Mobile number of eleven digits
   *
   * 手机号，11 位数字
   */
  Mobile?: string;
  /**
   * Kind of identity document: mainland ID card, travel permit for Hong Kong and Macao residents, residence permit for residents of Hong Kong, Macao and Taiwan
   *
   * 证件类型：身份证、港澳居民来往内地通行证、港澳台居民居住证
   */
  IdCardType?: '' | 'ID_CARD' | 'HONGKONG_AND_MACAO' | 'HONGKONG_MACAO_AND_TAIWAN';
  /**
   * Number of the document, letters in upper case
   *
   * 证件号码，字母须大写
   */
  IdCardNumber?: string;
}
export interface ApproverComponentLimitType {
  /**
   * Id of the party in the template
   *
   * 模板中的参与方编号
   */
  RecipientId: string;
  /**
   * The ways allowed: by hand, personal seal, by hand with recognition (OCR), made by the system. Required in the sibling product ess
   *
   * 允许的签名方式：手写、个人印章、手写识别（OCR）、系统签名。同类产品 ess 中必填
   */
  Values?: ('HANDWRITE' | 'ESIGN' | 'OCR_ESIGN' | 'SYSTEM_ESIGN')[];
}
export interface UserInfo {
  /**
   * The id that the platform gave the person, used once per application; an operator must have it
   *
   * 平台为员工定的唯一标识，应用内不可复用；经办人必填
   */
  OpenId?: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  Channel?: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  CustomUserId?: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  ClientIp?: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  ProxyIp?: string;
}
export interface RenewalPolicyInput {
  /**
   * A poster is not printed in order to die after seven days
   *
   * 印海报不是为了让它七天后作废
   */
  Enabled?: boolean | null;
  /**
   * Seconds before the end, at most half of the life. A day is enough for a person to see that renewal fails, and to act
   *
   * 提前多少秒，最多为有效期的一半。一天足够人发现续期失败并处理
   */
  LeadTimeS?: number | null;
  /**
   * The rest is for people who scan between the count and the successor
   *
   * 余量留给计数之后、换代之前的扫码者
   */
  ExhaustionPercent?: number | null;
  /**
   * Contracts of a successor
   *
   * 下一代的合同份数上限
   */
  MaxFlowNum?: number | null;
  /**
   * Life of a successor in seconds
   *
   * 下一代的有效期，秒
   */
  LifeS?: number | null;
  /**
   * Unix seconds: no successor is made afterwards, and none lives longer
   *
   * Unix 秒：此后不再续期，任何一代也不会晚于此时到期
   */
  EndsOn?: number | null;
  /**
   * Two years of weekly codes: far from what is meant, near enough to end a mistake
   *
   * 每周一代约可用两年：远超正常需要，又足以终止误用
   */
  MaxGenerations?: number | null;
  /**
   * Contracts of all generations together, started or not
   *
   * 各代合同份数的总预算，无论是否已发起
   */
  TotalFlowBudget?: number | null;
  /**
   * `expire` or `cancel`. A person who has scanned and is still filling in must not be cut off
   *
   * `expire` 或 `cancel`。已扫码、正在填写的人不应被打断
   */
  Predecessor?: ('expire' | 'cancel') | null;
}
export interface SignQrCode {
  /**
   * Id of the code, 32 characters; a cancel needs it
   *
   * 签署码编号，32 位；取消时需要
   */
  QrCodeId: string;
  /**
   * URL of the code. The text says it is to be drawn as a QR code, the examples are pictures already
   *
   * 签署码链接。文档称需自行转成二维码，其示例却是现成图片
   */
  QrCodeUrl?: string;
  /**
   * When it ends, Unix seconds
   *
   * 截止时间，Unix 秒
   */
  ExpiredTime?: number;
  /**
   * Picture of the mini-programme code
   *
   * 微信小程序码图片
   */
  WeixinQrCodeUrl?: string;
}
export interface SignUrl {
  /**
   * Path inside the mini-programme, for an app or mini-programme that opens it itself
   *
   * 小程序内的路径，供自有应用或小程序直接打开
   */
  AppSignUrl?: string;
  /**
   * Until when the links work, like 2022-08-05 15:55:01; in some examples it is empty
   *
   * 链接有效时间，形如 2022-08-05 15:55:01；示例中也有空串
   */
  EffectiveTime?: string;
  /**
   * Web page that opens the mini-programme
   *
   * 打开后唤起小程序的网页
   */
  HttpSignUrl?: string;
}
export interface SignCode {
  /**
   * One of these values
   *
   * 取下列值之一
   */
  Fitness: 'Fit' | 'Unfit' | 'Uncertain';
  /**
   * reasons: `Rule`, `Code`, `Certain`, `Message`; the rules are in the page of the upstream API
   *
   * 理由：`Rule`、`Code`、`Certain`、`Message`，见接口页的规则表
   */
  Reasons: {
    [k: string]: unknown;
  }[];
}
export interface RenewalPolicy {
  /**
   * A poster is not printed in order to die after seven days
   *
   * 印海报不是为了让它七天后作废
   */
  Enabled: boolean | null;
  /**
   * Seconds before the end, at most half of the life. A day is enough for a person to see that renewal fails, and to act
   *
   * 提前多少秒，最多为有效期的一半。一天足够人发现续期失败并处理
   */
  LeadTimeS: number | null;
  /**
   * The rest is for people who scan between the count and the successor
   *
   * 余量留给计数之后、换代之前的扫码者
   */
  ExhaustionPercent: number | null;
  /**
   * Contracts of a successor
   *
   * 下一代的合同份数上限
   */
  MaxFlowNum: number | null;
  /**
   * Life of a successor in seconds
   *
   * 下一代的有效期，秒
   */
  LifeS: number | null;
  /**
   * Unix seconds: no successor is made afterwards, and none lives longer
   *
   * Unix 秒：此后不再续期，任何一代也不会晚于此时到期
   */
  EndsOn: number | null;
  /**
   * Two years of weekly codes: far from what is meant, near enough to end a mistake
   *
   * 每周一代约可用两年：远超正常需要，又足以终止误用
   */
  MaxGenerations: number | null;
  /**
   * Contracts of all generations together, started or not
   *
   * 各代合同份数的总预算，无论是否已发起
   */
  TotalFlowBudget: number | null;
  /**
   * `expire` or `cancel`. A person who has scanned and is still filling in must not be cut off
   *
   * `expire` 或 `cancel`。已扫码、正在填写的人不应被打断
   */
  Predecessor: ('expire' | 'cancel') | null;
}
export interface KnownAgent {
  /**
   * Id of the application; applications do not share data
   *
   * 第三方应用编号；不同应用的数据相互隔离
   */
  AppId?: string;
  /**
   * The id that the platform gave the organisation; it can neither change nor be used again
   *
   * 平台为子客企业定的唯一标识，不可更改或复用
   */
  ProxyOrganizationOpenId?: string;
  /**
   * The operator who acts for the organisation
   *
   * 子客企业的经办人
   */
  ProxyOperator?: UserInfo;
  /**
   * Id of the organisation's own application; required until 2023-07-07, not needed now
   *
   * 子客应用编号；2023-07-07 之前必填，现无需填写
   */
  ProxyAppId?: string;
  /**
   * @deprecated
   * Internal to upstream
   *
   * 上游内部字段
   */
  ProxyOrganizationId?: string;
}
export interface TemplateInfo {
  /**
   * Id of the template
   *
   * 模板编号
   */
  TemplateId: string;
  /**
   * Name of the template
   *
   * 模板名称
   */
  TemplateName?: string;
  /**
   * Description of the template
   *
   * 模板说明
   */
  Description?: string;
  /**
   * Fields to fill in; the initiator's alone unless QueryAllComponents was set
   *
   * 填写控件；未传 QueryAllComponents 时只含发起方的
   */
  Components?: Component[] | null;
  /**
   * The parties that sign
   *
   * 需要签署的各方
   */
  Recipients?: Recipient[] | null;
  /**
   * Fields to sign
   *
   * 签署控件
   */
  SignComponents?: Component[] | null;
  /**
   * 1: the organisation signs by itself. 3: everyone signs by hand
   *
   * 1 本企业自动签署（亦称静默签、授权签），3 普通模板
   */
  TemplateType?: number;
  /**
   * @deprecated
   * Is this the initiator?
   *
   * 是否发起人
   */
  IsPromoter?: boolean;
  /**
   * Name of the person who made it
   *
   * 创建人姓名
   */
  Creator?: string;
  /**
   * When it was made, Unix seconds
   *
   * 创建时间，Unix 秒
   */
  CreatedOn?: number;
  /**
   * Preview link, good for five minutes
   *
   * 预览链接，5 分钟有效
   */
  PreviewUrl?: string;
  /**
   * Link to the PDF, good for five minutes
   *
   * PDF 链接，5 分钟有效
   */
  PdfUrl?: string;
  /**
   * Id of the platform's template behind it
   *
   * 对应的平台模板编号
   */
  ChannelTemplateId?: string;
  /**
   * Name of the platform's template behind it
   *
   * 对应的平台模板名称
   */
  ChannelTemplateName?: string;
  /**
   * 0: the organisation takes the template itself. 1: the platform hands it out
   *
   * 0 子客企业自行领取平台模板，1 平台自动下发
   */
  ChannelAutoSave?: number;
  /**
   * Version: the date and a number of three digits; may be empty
   *
   * 模板版本：日期加三位序号；可为空
   */
  TemplateVersion?: string;
  /**
   * 1: enabled. 2: disabled
   *
   * 1 启用，2 停用
   */
  Available?: number;
  /**
   * The contract type of the template
   *
   * 模板的合同类型
   */
  UserFlowType?: UserFlowType | null;
}
export interface Component {
  /**
   * Id of the field; where a keyword places it, the keyword as well
   *
   * 控件编号；以关键字定位时也是关键字本身
   */
  ComponentId?: string;
  /**
   * Kind of field, such as TEXT, DATE, SIGN_SEAL, SIGN_SIGNATURE
   *
   * 控件类型，如 TEXT、DATE、SIGN_SEAL、SIGN_SIGNATURE
   */
  ComponentType?: string;
  /**
   * Name of the field, not unique
   *
   * 控件名称，可重复
   */
  ComponentName?: string;
  /**
   * Must it be filled in? Most fields to sign do not heed it
   *
   * 填写控件是否必填；多数签署控件不受其影响
   */
  ComponentRequired?: boolean;
  /**
   * Id of the party that it belongs to
   *
   * 控件所属参与方的编号
   */
  ComponentRecipientId?: string;
  /**
   * Not in use upstream: which file it is in
   *
   * 上游暂未使用：所属文件的序号
   */
  FileIndex?: number;
  /**
   * How it is placed: NORMAL by position, FIELD by form field, KEYWORD by keyword
   *
   * 定位方式：NORMAL 坐标，FIELD 表单域，KEYWORD 关键字
   */
  GenerateMode?: string;
  /**
   * Width in points
   *
   * 宽度，单位 pt
   */
  ComponentWidth?: number;
  /**
   * Height in points
   *
   * 高度，单位 pt
   */
  ComponentHeight?: number;
  /**
   * Page, from 1; negative numbers count from the last
   *
   * 页码，从 1 起；负数从末页倒数
   */
  ComponentPage?: number;
  /**
   * Horizontal position in points
   *
   * 横坐标，单位 pt
   */
  ComponentPosX?: number;
  /**
   * Vertical position in points
   *
   * 纵坐标，单位 pt
   */
  ComponentPosY?: number;
  /**
   * More settings as JSON text, by kind of field: font, size and so on
   *
   * 扩展参数，JSON 文本，随控件类型而异，如字体与字号
   */
  ComponentExtra?: string;
  /**
   * Its value, read by the kind of field
   *
   * 填充的值，含义随控件类型而异
   */
  ComponentValue?: string;
  /**
   * Not in use upstream: font size of a date
   *
   * 上游暂未使用：日期控件的字号
   */
  ComponentDateFontSize?: number;
  /**
   * Not in use upstream: the document that it is in
   *
   * 上游暂未使用：所属文档编号
   */
  DocumentId?: string;
  /**
   * Not in use upstream: description of the field
   *
   * 上游暂未使用：控件说明
   */
  ComponentDescription?: string;
  /**
   * Shift from the keyword to the right, in points
   *
   * 关键字定位的横向修正，单位 pt，向右为正
   */
  OffsetX?: number;
  /**
   * Shift from the keyword downwards, in points
   *
   * 关键字定位的纵向修正，单位 pt，向下为正
   */
  OffsetY?: number;
  /**
   * Not in use upstream: id in the platform's template
   *
   * 上游暂未使用：平台模板的控件编号
   */
  ChannelComponentId?: string;
  /**
   * In which direction keywords are counted: Positive or Reverse
   *
   * 关键字的查找次序：Positive 正序，Reverse 倒序
   */
  KeywordOrder?: string;
  /**
   * The only page on which the keyword is looked for
   *
   * 只在此页查找关键字
   */
  KeywordPage?: number;
  /**
   * Where it stands from the keyword: Middle, Below, Right, LowerRight or UpperRight
   *
   * 相对关键字的位置：Middle、Below、Right、LowerRight、UpperRight
   */
  RelativeLocation?: string;
  /**
   * Which occurrences of the keyword count, from 0
   *
   * 采用第几处关键字，从 0 起
   */
  KeywordIndexes?: number[];
  /**
   * Hint shown while filling in; not for fields to sign
   *
   * 填写时的提示；对签署控件无效
   */
  Placeholder?: string;
  /**
   * In an embedded page: may its value not be changed?
   *
   * 网页嵌入发起时，是否禁止修改其值
   */
  LockComponentValue?: boolean;
  /**
   * In an embedded page: may it not be moved or deleted?
   *
   * 网页嵌入发起时，是否禁止移动和删除
   */
  ForbidMoveAndDelete?: boolean;
}
export interface Recipient {
  /**
   * Id of the party
   *
   * 参与方编号
   */
  RecipientId?: string;
  /**
   * Kind of party: enterprise, person, initiator (ENTERPRISE, INDIVIDUAL, PROMOTER)
   *
   * 参与方类型：企业、个人、发起方（ENTERPRISE、INDIVIDUAL、PROMOTER）
   */
  RecipientType?: string;
  /**
   * Description of the role
   *
   * 角色说明
   */
  Description?: string;
  /**
   * Name of the role, such as "seller"
   *
   * 角色名称，如“卖方”
   */
  RoleName?: string;
  /**
   * Is a check required?
   *
   * 是否需要校验
   */
  RequireValidation?: boolean;
  /**
   * By the documents "must it be filled in"; what that means is not published
   *
   * 文档称“是否必须填写”，确切含义未公布
   */
  RequireSign?: boolean;
  /**
   * Internal to upstream; 0 is by face
   *
   * 上游内部字段；0 为人脸
   */
  SignType?: number;
  /**
   * Place in the order of signing, the smallest first; in the example of an unordered template all are -1
   *
   * 签署顺序，小者在先；示例中无序模板全为 -1
   */
  RoutingOrder?: number;
  /**
   * Is this the initiator?
   *
   * 是否为发起方
   */
  IsPromoter?: boolean;
  /**
   * Check before viewing: 1 identity, 2 mobile number
   *
   * 查看合同前的校验：1 实名，2 手机号
   */
  ApproverVerifyTypes?: number[];
  /**
   * Proof when signing: 1 face, 2 password, 3 mobile operator, 4 USB key, 5 fingerprint and 6 face on the device
   *
   * 签署时的认证：1 人脸，2 签署密码，3 运营商三要素，4 UKey，5 设备指纹，6 设备面容
   */
  ApproverSignTypes?: number[];
  /**
   * When true the party cannot hand over to another person
   *
   * 为 true 时不可转他人处理
   */
  NoTransfer?: boolean;
}
export interface UserFlowType {
  /**
   * Id of the contract type
   *
   * 合同类型编号
   */
  UserFlowTypeId?: string;
  /**
   * Name of the contract type
   *
   * 合同类型名称
   */
  Name?: string;
  /**
   * Description of the contract type
   *
   * 合同类型说明
   */
  Description?: string;
}
export interface Code {
  /**
   * the code, for life
   *
   * 签署码编号，终身不变
   */
  CodeId: string;
  /**
   * the end of its stable link
   *
   * 稳定链接的末段
   */
  Slug: string;
  /**
   * the stable link, for posters
   *
   * 稳定链接，印在海报上
   */
  StableUrl: string;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  State:
    | 'Creating'
    | 'OutcomeUnknown'
    | 'Active'
    | 'Paused'
    | 'QuotaBlocked'
    | 'Exhausted'
    | 'Expired'
    | 'Failed'
    | 'Cancelled';
  /**
   * why it is in this state
   *
   * 为何处于此状态
   */
  Reason: Reason;
  /**
   * what may make it useless without its being at fault
   *
   * 可能使其不可用、但非其自身原因的情况
   */
  Notice?: Notice | null;
  /**
   * grows with each change; a change has to name it
   *
   * 每次修改加一，修改时须带上
   */
  Version: number;
  /**
   * the organisation
   *
   * 企业
   */
  ProxyOrganizationOpenId: string;
  /**
   * the operator
   *
   * 经办人
   */
  ProxyOperatorOpenId: string;
  /**
   * the template
   *
   * 模板
   */
  TemplateId: string;
  /**
   * name of the contracts
   *
   * 合同名称
   */
  FlowName: string;
  /**
   * the title printed on the picture
   *
   * 印在二维码图片上的名称
   */
  QrCodeName?: string | null;
  /**
   * your own id of it
   *
   * 您自己的编号
   */
  ExternalId?: string | null;
  /**
   * its labels
   *
   * 标签
   */
  Labels: string[];
  /**
   * a note
   *
   * 备注
   */
  Note?: string | null;
  /**
   * whether a person can scan it now, as far as the register knows
   *
   * 据登记库所知，现在能否扫码
   */
  Usable: boolean;
  /**
   * contracts of the current generation that were used
   *
   * 当前一代已用份数
   */
  Used: number;
  /**
   * contracts that the current generation holds
   *
   * 当前一代的份数上限
   */
  MaxFlowNum: number;
  /**
   * how much was used, and how sure that is
   *
   * 用量及其可信程度
   */
  Use: Use;
  /**
   * uses by the day of the last four weeks; days without any are left out
   *
   * 近四周每天的用量，无用量的日子不列出
   */
  DailyUse: DailyUse[];
  /**
   * when the current generation will be used up; null: too little is known
   *
   * 当前一代何时用完；所知太少时为 null
   */
  Forecast?: Forecast | null;
  /**
   * contracts of all generations, counted by their state
   *
   * 各代合同，按状态计数
   */
  Contracts: Contracts;
  /**
   * where it was asked that notifications go; null: to qianma
   *
   * 创建时指定的回调地址；null 为本系统
   */
  CallbackUrl?: string | null;
  /**
   * when the current generation expires
   *
   * 当前一代的到期时间
   */
  ExpiredTime?: number | null;
  /**
   * the renewal policy, its defaults filled in
   *
   * 续期策略，已填默认值
   */
  RenewalPolicy: RenewalPolicy;
  /**
   * the next renewal
   *
   * 下次续期
   */
  Renewal: Renewal;
  /**
   * generations that were made
   *
   * 已生成的代数
   */
  GenerationsMade: number;
  /**
   * contracts of all generations together, started or not
   *
   * 各代份数上限之和
   */
  ContractsCommitted: number;
  /**
   * QR codes that may live upstream without an owner
   *
   * 上游可能存在的无主签署码
   */
  PossibleOrphans: number;
  /**
   * generations, the newest first; five at most in a list
   *
   * 各代，新的在前；列表中至多五代
   */
  Generations: Generation[];
  /**
   * when it was made
   *
   * 创建时间
   */
  CreatedOn: number;
  /**
   * when it last changed
   *
   * 最后修改时间
   */
  UpdatedOn: number;
}
export interface Reason {
  /**
   * a stable code
   *
   * 原因代码
   */
  Code: string;
  /**
   * the sentence in English
   *
   * 英文说明
   */
  En: string;
  /**
   * the sentence in Chinese
   *
   * 中文说明
   */
  Zh: string;
}
export interface Notice {
  /**
   * a stable code
   *
   * 原因代码
   */
  Code: string;
  /**
   * the sentence in English
   *
   * 英文说明
   */
  En: string;
  /**
   * the sentence in Chinese
   *
   * 中文说明
   */
  Zh: string;
  /**
   * since when
   *
   * 自何时起
   */
  Since: number;
}
export interface Use {
  /**
   * the larger of the two counts
   *
   * 两种计数中的较大者
   */
  Used: number;
  /**
   * contracts that the generation holds
   *
   * 份数上限
   */
  MaxFlowNum: number;
  /**
   * notifications of a charge, each once
   *
   * 扣费回调数，各计一次
   */
  CostMessages: number;
  /**
   * contracts that were certainly started with it
   *
   * 确定由其发起的合同数
   */
  CertainContracts: number;
  /**
   * contracts that can have come from no other code
   *
   * 推断由其发起的合同数
   */
  InferredContracts: number;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  Sure: 'Counted' | 'AtLeast' | 'Unknown';
  /**
   * why it is so sure
   *
   * 为何如此可信
   */
  Reason: Reason;
}
export interface DailyUse {
  /**
   * the beginning of the day, in UTC
   *
   * 这一天（UTC）开始的时间
   */
  On: number;
  /**
   * contracts
   *
   * 份数
   */
  Uses: number;
}
export interface Forecast {
  /**
   * as likely before as after
   *
   * 早晚的可能各半
   */
  UsedUpOn: number;
  /**
   * four times in five it is between this and `Latest`
   *
   * 五次中有四次在此与 `Latest` 之间
   */
  Earliest: number;
  /**
   * the same; null: later than can be said
   *
   * 同上；null 为无法判断
   */
  Latest?: number | null;
  /**
   * what it is made from: uses since the first of the last four weeks
   *
   * 依据：近四周内自首次使用起的份数
   */
  ObservedUses: number;
  /**
   * and the days since then
   *
   * 以及自那天起的天数
   */
  ObservedDays: number;
}
export interface Contracts {
  /**
   * certain ones: state, in Tencent's words, and number
   *
   * 确定的合同：状态与份数，状态沿用腾讯的取值
   */
  Certain: {
    [k: string]: unknown;
  };
  /**
   * inferred ones, in the same form
   *
   * 推断的合同，同上
   */
  Inferred: {
    [k: string]: unknown;
  };
}
export interface Renewal {
  /**
   * when the successor is due; null: none will be made
   *
   * 下次续期时间；null 为不会续期
   */
  NextOn?: number | null;
  /**
   * why none will be made, or why it waits
   *
   * 为何不会续期或推迟
   */
  Reason?: Reason | null;
  /**
   * failures in a row
   *
   * 连续失败次数
   */
  Failures: number;
}
export interface Generation {
  /**
   * its number
   *
   * 第几代
   */
  Generation: number;
  /**
   * Tencent's id of it
   *
   * 腾讯侧的编号
   */
  QrCodeId: string;
  /**
   * the picture of the QR code
   *
   * 二维码图片
   */
  QrCodeUrl: string;
  /**
   * the picture for WeChat
   *
   * 小程序码图片
   */
  WeixinQrCodeUrl?: string | null;
  /**
   * the path in the mini program
   *
   * 小程序路径
   */
  AppSignUrl: string;
  /**
   * the link for a browser
   *
   * 网页链接
   */
  HttpSignUrl: string;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  State: 'Live' | 'Superseded' | 'Expired' | 'Exhausted' | 'Cancelled';
  /**
   * contracts that were used
   *
   * 已用份数
   */
  Used: number;
  /**
   * notifications of a charge, each once
   *
   * 扣费回调数，各计一次
   */
  CostMessages: number;
  /**
   * contracts that were certainly started with it
   *
   * 确定由其发起的合同数
   */
  CertainContracts: number;
  /**
   * contracts that it holds
   *
   * 份数上限
   */
  MaxFlowNum: number;
  /**
   * when it was made
   *
   * 创建时间
   */
  CreatedOn: number;
  /**
   * when it expires
   *
   * 到期时间
   */
  ExpiredTime: number;
}
export interface BatchCreateRow {
  /**
   * Id of the template, of 32 characters by the documents; the template must meet the conditions for a sign code
   *
   * 模板编号，官方文档称为 32 位；模板须满足签署码的条件
   */
  TemplateId: string;
  /**
   * Name of the contracts: signers read it, and downloads are named by it. The documents limit the characters to Chinese, letters, digits and the underscore, yet a successful example of the sibling product ess has a hyphen, so that is left to upstream
   *
   * 合同名称，签署人可见，也是下载文件名。文档限定中文、字母、数字、下划线，但同类产品 ess 的成功示例含连字符，故字符集交由上游判定
   */
  FlowName: string;
  /**
   * How many contracts the code can start before it dies; zero means not set. No upper bound is published
   *
   * 此码最多可发起的合同份数，用完即失效；0 视为未填。上限未公布
   */
  MaxFlowNum?: number;
  /**
   * Days that each contract stays open for signing, from its own start; zero means not set
   *
   * 每份合同自发起起的签署天数，逾期作废；0 视为未填
   */
  FlowEffectiveDay?: number;
  /**
   * The word that signers read: 0 contract (合同), 1 file (文件), 2 agreement (协议), 3 document (文书)
   *
   * 签署人看到的称呼：0 合同，1 文件，2 协议，3 文书
   */
  FlowDisplayType?: number;
  /**
   * @deprecated
   * Days that the code lives, from its creation; zero means not set. Use QrCodeExpiredOn instead
   *
   * 签署码自创建起的有效天数；0 视为未填。请改用 QrCodeExpiredOn
   */
  QrEffectiveDay?: number;
  /**
   * The only people who may scan and sign; everyone may when absent. No largest number is published
   *
   * 限定可扫码签署的人；不填则人人可扫。条数上限未公布
   */
  Restrictions?: ApproverRestriction[];
  /**
   * Narrows, for each party, the ways to sign a personal signature field
   *
   * 按参与方限定个人签名控件可用的签名方式
   */
  ApproverComponentLimitTypes?: ApproverComponentLimitType[];
  /**
   * @deprecated
   * Where to notify when a scan fails for lack of quota; to be configured in the application now
   *
   * 因企业额度不足而扫码失败时的通知地址；现统一在第三方应用中配置
   */
  CallbackUrl?: string;
  /**
   * @deprecated
   * The one person who may scan; use Restrictions instead
   *
   * 限定单个可扫码的人；请改用 Restrictions
   */
  ApproverRestrictions?: ApproverRestriction;
  /**
   * When true, one person can sign only one contract with this code
   *
   * 为 true 时，同一个人只能用此码签一份合同
   */
  ForbidPersonalMultipleSign?: boolean;
  /**
   * When true, the scanner's name and the last four digits of their phone number are added to the contract's name
   *
   * 为 true 时，合同名称后附扫码人姓名与手机号后四位
   */
  FlowNameAppendScannerInfo?: boolean;
  /**
   * The title printed on the picture of the code
   *
   * 印在二维码图片上的名称
   */
  QrCodeName?: string;
  /**
   * When the code ends, Unix seconds, at most 365 days after its creation. Which one wins over QrEffectiveDay is not published, this one is assumed to; so is that zero means not set
   *
   * 签署码的截止时间，Unix 秒，最远为创建后 365 天。与 QrEffectiveDay 同填时以何为准未公布，本项目假定以此为准；0 视为未填（假定）
   */
  QrCodeExpiredOn?: number;
  /**
   * the renewal policy; what is left out has its default
   *
   * 续期策略；未填的取默认值
   */
  RenewalPolicy?: RenewalPolicyInput;
  /**
   * your own id of the code, 128 characters at most
   *
   * 您自己的编号，至多 128 个字符
   */
  ExternalId?: string | null;
  /**
   * labels, 32 of 64 characters at most
   *
   * 标签，至多 32 个，各至多 64 个字符
   */
  Labels?: string[];
  /**
   * a note, 1000 characters at most
   *
   * 备注，至多 1000 个字符
   */
  Note?: string | null;
}
export interface Batch {
  /**
   * the batch
   *
   * 批次编号
   */
  BatchId: string;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  Operation: 'Create' | 'Pause' | 'Resume' | 'RenewNow' | 'Cancel';
  /**
   * One of these values
   *
   * 取下列值之一
   */
  State: 'Running' | 'Finished' | 'Cancelled';
  /**
   * the organisations that it is about
   *
   * 所涉企业
   */
  Organizations: string[];
  /**
   * who asked for it: `key:` and the id of an API key
   *
   * 谁提交的：`key:` 加密钥编号
   */
  Actor: string;
  /**
   * its rows
   *
   * 总行数
   */
  Total: number;
  /**
   * rows that wait
   *
   * 待处理的行数
   */
  Waiting: number;
  /**
   * rows that are done
   *
   * 成功的行数
   */
  Done: number;
  /**
   * rows that have failed
   *
   * 失败的行数
   */
  Failed: number;
  /**
   * rows whose outcome is unknown: sent, and never answered
   *
   * 结果未知的行数：已发出而未收到应答
   */
  Unknown: number;
  /**
   * rows that were cancelled before they were begun
   *
   * 未开始即取消的行数
   */
  Cancelled: number;
  /**
   * when it was asked for
   *
   * 提交时间
   */
  CreatedOn: number;
  /**
   * when it was cancelled
   *
   * 取消时间
   */
  CancelledOn?: number | null;
  /**
   * when its last row was settled
   *
   * 最后一行完成的时间
   */
  FinishedOn?: number | null;
}
export interface BatchRow {
  /**
   * its number, from 1
   *
   * 行号，从 1 开始
   */
  Row: number;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  State: 'Waiting' | 'Done' | 'Failed' | 'Unknown' | 'Cancelled';
  /**
   * the code that it is about, or has made
   *
   * 所涉或生成的签署码
   */
  CodeId?: string | null;
  /**
   * your own id of it
   *
   * 您自己的编号
   */
  ExternalId?: string | null;
  /**
   * the organisation
   *
   * 企业
   */
  ProxyOrganizationOpenId: string;
  /**
   * why it has failed or is unknown
   *
   * 为何失败或未知
   */
  Error?: Failure | null;
  /**
   * the RequestId of Tencent's answer
   *
   * 腾讯应答的 RequestId
   */
  UpstreamRequestId?: string | null;
  /**
   * how often it was put off after a failure
   *
   * 稍后重试的次数
   */
  Failures: number;
  /**
   * when it was settled
   *
   * 完成时间
   */
  SettledOn?: number | null;
}
export interface Failure {
  /**
   * its code; the page on events has them all
   *
   * 失败代码，见事件页
   */
  Code: string;
  /**
   * the sentence in English
   *
   * 英文说明
   */
  En: string;
  /**
   * the sentence in Chinese
   *
   * 中文说明
   */
  Zh: string;
}
export interface Organization {
  /**
   * the organisation
   *
   * 企业
   */
  ProxyOrganizationOpenId: string;
  /**
   * how it is called where signers read it
   *
   * 签署人看到的企业名称
   */
  DisplayName?: string | null;
  /**
   * whom signers may ask
   *
   * 签署人有问题时联系谁
   */
  Contact: Contact;
  /**
   * contracts that were left to spend at `ContractsBoughtOn`; null: nobody has said so
   *
   * 在 `ContractsBoughtOn` 时可用的合同份数；null 为未填写
   */
  ContractsBought?: number | null;
  /**
   * when that many were left
   *
   * 上述份数对应的时间
   */
  ContractsBoughtOn?: number | null;
  /**
   * contracts used since that day (UTC), the day included
   *
   * 自那一天（UTC，含当天）起已用的份数
   */
  ContractsUsed?: number | null;
  /**
   * uses of all its codes, by the day of the last four weeks
   *
   * 近四周各码每天用量之和
   */
  DailyUse: DailyUse[];
  /**
   * when what was bought will be used up; null: nobody has said what that is, or too little is known
   *
   * 已购份数何时用完；未填写或所知太少时为 null
   */
  Forecast?: Forecast | null;
  /**
   * whether it has contracts left, by what Tencent answers
   *
   * 是否有合同份数
   */
  Quota: Quota;
  /**
   * grows with each change; a change has to name it. 0: nothing was ever set
   *
   * 每次修改加一，修改时须带上；0 为从未设置
   */
  Version: number;
  /**
   * when the settings last changed
   *
   * 设置最后修改时间
   */
  UpdatedOn?: number | null;
}
export interface Contact {
  /**
   * for signers who read Chinese
   *
   * 给读中文的签署人
   */
  Zh?: string | null;
  /**
   * for signers who read English
   *
   * 给读英文的签署人
   */
  En?: string | null;
}
export interface Quota {
  /**
   * One of these values
   *
   * 取下列值之一
   */
  State: 'Ok' | 'Blocked';
  /**
   * since when; null: it was never used up
   *
   * 自何时起；null 为从未用尽
   */
  Since?: number | null;
  /**
   * why
   *
   * 为何如此
   */
  Reason?: Reason | null;
  /**
   * when Tencent is asked again
   *
   * 下次询问腾讯的时间
   */
  NextProbeOn?: number | null;
}
export interface AuditEntry {
  /**
   * id of the entry
   *
   * 记录编号
   */
  AuditId: string;
  /**
   * when
   *
   * 时间
   */
  At: number;
  /**
   * who: `key:` and the id of an API key, `cli`, or the name of a timer
   *
   * 谁：`key:` 加密钥编号、`cli`，或定时函数名
   */
  Actor: string;
  /**
   * what was done, for example `code.modified`
   *
   * 做了什么，如 `code.modified`
   */
  Action: string;
  /**
   * the id of what it was done to
   *
   * 对什么做的：其编号
   */
  Subject: string;
  /**
   * one line that says why, or what changed
   *
   * 一行说明
   */
  Reason: string;
}
export interface ApiKey {
  /**
   * id of the key
   *
   * 密钥编号
   */
  KeyId: string;
  /**
   * its name
   *
   * 名称
   */
  Name: string;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  Role: 'viewer' | 'operator' | 'admin';
  /**
   * organisations that it acts for; null: all of them
   *
   * 可代表的企业；null 为所有企业
   */
  Organizations?: string[] | null;
  /**
   * who acts where a request names nobody
   *
   * 请求未写明时由谁经办
   */
  ProxyOperatorOpenId?: string | null;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  State: 'Active' | 'Expired' | 'Revoked';
  /**
   * when it was made
   *
   * 创建时间
   */
  CreatedOn: number;
  /**
   * when it ends; null: it does not
   *
   * 到期时间；null 为不到期
   */
  ExpiresOn?: number | null;
  /**
   * when it was revoked
   *
   * 吊销时间
   */
  RevokedOn?: number | null;
  /**
   * when it was last used, to a minute
   *
   * 最后使用时间，精确到分钟
   */
  LastUsedOn?: number | null;
}
export interface UpstreamProblem {
  /**
   * where: a dotted path, empty for the whole
   *
   * 位置；空为整体
   */
  Path: string;
  /**
   * what
   *
   * 说明
   */
  Message: string;
}
export interface UpstreamRequest {
  /**
   * where to, by `POST`
   *
   * 地址
   */
  Url: string;
  /**
   * its headers, with places for the key id, the signature and the token
   *
   * 请求头；密钥、签名与 Token 处为占位
   */
  Headers: {
    [k: string]: unknown;
  };
  /**
   * the body: the bytes that are signed
   *
   * 请求体，与签名所用逐字节相同
   */
  Body: string;
}
export interface UpstreamSignature {
  /**
   * the canonical request
   *
   * 规范请求串
   */
  CanonicalRequest: string;
  /**
   * its SHA-256
   *
   * 其 SHA-256
   */
  HashedCanonicalRequest: string;
  /**
   * the date, by UTC, and the service
   *
   * 凭证范围：UTC 日期与产品
   */
  CredentialScope: string;
  /**
   * what is signed
   *
   * 待签名字符串
   */
  StringToSign: string;
  /**
   * the header, with places for the key id and the signature
   *
   * Authorization 头，密钥编号与签名处为占位
   */
  Authorization: string;
}
export interface UpstreamAnswer {
  /**
   * the HTTP status
   *
   * HTTP 状态
   */
  Status: number;
  /**
   * its headers
   *
   * 应答头
   */
  Headers: {
    [k: string]: unknown;
  };
  /**
   * its body, without what is secret of the request
   *
   * 应答体；其中的密钥与签名已隐去
   */
  Body: string;
  /**
   * from sending to the end of the answer, milliseconds
   *
   * 从发出到收完，毫秒
   */
  DurationMs: number;
}
export interface Contract {
  /**
   * Tencent's id of it
   *
   * 合同在腾讯侧的编号
   */
  FlowId: string;
  /**
   * the code that it was started with
   *
   * 由哪张签署码发起
   */
  CodeId: string;
  /**
   * the generation that it was started with
   *
   * 由哪一代发起
   */
  Generation: number;
  /**
   * the name of the code
   *
   * 该码的名称
   */
  QrCodeName?: string | null;
  /**
   * your own id of the code
   *
   * 该码在您系统中的编号
   */
  ExternalId?: string | null;
  /**
   * the organisation
   *
   * 企业
   */
  ProxyOrganizationOpenId: string;
  /**
   * `Certain`: a message says that it is of this code; `Inferred`: this is the one code that all messages fit
   *
   * `Certain`（消息写明来自此码）或 `Inferred`（唯一与消息相符的码）
   */
  Link: string;
  /**
   * Tencent's `FlowCallbackShowStatus`: `INIT`, `PART`, `ALL`, `REJECT`, `DEADLINE`, `CANCEL`, `INVALID` or `RELIEVED`
   *
   * 腾讯的 `FlowCallbackShowStatus`：`INIT`、`PART`、`ALL`、`REJECT`、`DEADLINE`、`CANCEL`、`INVALID`、`RELIEVED`
   */
  State: string;
  /**
   * whether somebody still has to sign
   *
   * 尚有人未签署
   */
  Unfinished: boolean;
  /**
   * whether a message has said that it was charged for
   *
   * 是否收到其扣费消息
   */
  Charged: boolean;
  /**
   * when it began, by the messages
   *
   * 发起时间，取自消息
   */
  StartedOn: number;
  /**
   * when it came into its state
   *
   * 进入当前状态的时间
   */
  StateOn: number;
  /**
   * when it ends unsigned; null where no message says so and the code is not kept any more
   *
   * 签署截止时间；该码已清理且消息未写明时为 null
   */
  Deadline?: number | null;
  /**
   * `DeadLine`: a message says so; `FlowEffectiveDay`: reckoned from its beginning (assumed)
   *
   * `DeadLine`：消息写明；`FlowEffectiveDay`：按发起后的天数推算（假定）
   */
  DeadlineFrom?: string | null;
  /**
   * whole hours until then; null once it has ended
   *
   * 距截止的整小时数；已结束的为 null
   */
  HoursLeft?: number | null;
}
export interface Notification {
  /**
   * the id that qianma gave it
   *
   * 本系统的编号
   */
  NotificationId: string;
  /**
   * Tencent's id of it
   *
   * 腾讯的编号
   */
  MsgId?: string | null;
  /**
   * its type
   *
   * 消息类型
   */
  MsgType: string;
  /**
   * its version
   *
   * 消息版本
   */
  MsgVersion?: string | null;
  /**
   * when it first came
   *
   * 首次收到的时间
   */
  ReceivedOn: number;
  /**
   * how often it came; all but the first changed nothing
   *
   * 收到次数；仅首次生效
   */
  Copies: number;
  /**
   * the address that it came to: `Code` or `Application`
   *
   * `Code`（签署码专属地址）或 `Application`
   */
  Route: string;
  /**
   * the generation of a code's own address
   *
   * 专属地址所属的代
   */
  RouteGeneration?: number | null;
  /**
   * where it came from; null: the platform did not say
   *
   * 来源地址；null：平台未说明
   */
  SourceIp?: string | null;
  /**
   * which key opened it, 0 the newest; null: it came in clear
   *
   * 用哪个密钥解密，0 为最新；null 为明文
   */
  KeyIndex?: number | null;
  /**
   * which token proved it, 0 the newest
   *
   * 用哪个 Token 验签，0 为最新
   */
  TokenIndex: number;
  /**
   * when it happened
   *
   * 所述事情发生的时间
   */
  OccurredOn: number;
  /**
   * the member that says when; `receipt`: none does
   *
   * 时间取自消息的哪个字段；`receipt` 为收到时间
   */
  OccurredFrom: string;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  Outcome: 'Applied' | 'Kept' | 'Pending' | 'Failed';
  /**
   * why
   *
   * 为何如此
   */
  Reason: Reason;
  /**
   * the organisation that it is about
   *
   * 所涉企业
   */
  ProxyOrganizationOpenId?: string | null;
  /**
   * the code that it is about
   *
   * 所涉签署码
   */
  CodeId?: string | null;
  /**
   * the generation that it is about
   *
   * 所涉的代
   */
  Generation?: number | null;
  /**
   * the contract that it is about
   *
   * 所涉合同
   */
  FlowId?: string | null;
  /**
   * tries to apply it that failed
   *
   * 处理失败的次数
   */
  Failures: number;
  /**
   * when it is tried again
   *
   * 下次重试时间
   */
  NextTryOn?: number | null;
  /**
   * when it was settled
   *
   * 处理完成时间
   */
  SettledOn?: number | null;
  /**
   * whether its content is still kept, and a replay possible
   *
   * 内容是否仍保存，即能否重放
   */
  BodyKept: boolean;
}
export interface Rejection {
  /**
   * the verdict
   *
   * 拒收的结论
   */
  Verdict: string;
  /**
   * the sentence: `En`, `Zh`
   *
   * 说明：`En`、`Zh`
   */
  Why: {
    [k: string]: unknown;
  };
  /**
   * where it came from
   *
   * 来源地址
   */
  SourceIp: string;
  /**
   * how many in the hour, at least
   *
   * 该小时内的次数，至少
   */
  Count: number;
  /**
   * the hour that is counted
   *
   * 统计的小时
   */
  HourOn: number;
  /**
   * when the last one came
   *
   * 最后一次的时间
   */
  LastOn: number;
  /**
   * bytes of the last one
   *
   * 最后一次的字节数
   */
  LastBytes: number;
  /**
   * the address that the last one came to
   *
   * 最后一次发往的地址
   */
  LastRoute: string;
}
export interface Replayed {
  /**
   * the id that qianma gave it
   *
   * 本系统的编号
   */
  NotificationId: string;
  /**
   * what had become of it
   *
   * 重放前的结果
   */
  OutcomeBefore: string;
  /**
   * what has become of it now
   *
   * 重放后的结果
   */
  Outcome: string;
  /**
   * why
   *
   * 为何如此
   */
  Reason: Reason;
}
export interface RotateSecret {
  /**
   * seconds for which the old secret signs too: a day unless given, a week at most
   *
   * 旧密钥继续签名的秒数，默认一天，最多一周
   */
  GraceS?: number;
}
export interface Subscription {
  /**
   * the subscription
   *
   * 订阅编号
   */
  SubscriptionId: string;
  /**
   * whose events it gets
   *
   * 订阅哪个企业的事件
   */
  ProxyOrganizationOpenId?: string | null;
  /**
   * whether it gets those of all organisations
   *
   * 是否订阅所有企业
   */
  AllOrganizations: boolean;
  /**
   * its form
   *
   * 形式
   */
  Kind: string;
  /**
   * its address, masked
   *
   * 地址，已脱敏
   */
  Url: string;
  /**
   * types of events; null: all
   *
   * 事件类型；null 为全部
   */
  EventTypes?: string[] | null;
  /**
   * languages of its texts
   *
   * 文字的语言
   */
  Languages?: string[] | null;
  /**
   * a note
   *
   * 备注
   */
  Note?: string | null;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  State: 'Enabled' | 'Disabled';
  /**
   * why it is in this state
   *
   * 为何处于此状态
   */
  Reason: Reason;
  /**
   * grows with each change; a change has to name it
   *
   * 每次修改加一，修改时须带上
   */
  Version: number;
  /**
   * failures in a row
   *
   * 连续失败次数
   */
  FailuresInARow: number;
  /**
   * since when it fails
   *
   * 从何时起失败
   */
  FailingSince?: number | null;
  /**
   * nothing is sent before
   *
   * 下次发送不早于
   */
  NotBefore?: number | null;
  /**
   * until when the previous secret signs too
   *
   * 旧密钥签名到何时
   */
  PreviousSecretUntil?: number | null;
  /**
   * when it was made
   *
   * 创建时间
   */
  CreatedOn: number;
  /**
   * when it last changed
   *
   * 最后修改时间
   */
  UpdatedOn: number;
}
export interface Attempt {
  /**
   * its number
   *
   * 第几次
   */
  Number: number;
  /**
   * when it began
   *
   * 开始时间
   */
  StartedOn: number;
  /**
   * how long it took, in milliseconds
   *
   * 耗时，毫秒
   */
  DurationMs?: number | null;
  /**
   * the HTTP status
   *
   * HTTP 状态
   */
  Status?: number | null;
  /**
   * why it failed
   *
   * 失败原因
   */
  Error?: Failure | null;
  /**
   * a robot's own error code
   *
   * 机器人自己的错误码
   */
  AnswerCode?: number | null;
  /**
   * seconds that the receiver asked to wait
   *
   * 接收方要求的等待秒数
   */
  RetryAfterS?: number | null;
}
export interface Delivery {
  /**
   * the event, as in `webhook-id`
   *
   * 事件编号，即 `webhook-id`
   */
  EventId: string;
  /**
   * its type
   *
   * 事件类型
   */
  EventType: string;
  /**
   * the code that it is about
   *
   * 所涉签署码
   */
  CodeId?: string | null;
  /**
   * the organisation that it is about
   *
   * 所涉企业
   */
  ProxyOrganizationOpenId: string;
  /**
   * when it happened
   *
   * 事件发生的时间
   */
  OccurredOn: number;
  /**
   * its data; the members are in the page on events
   *
   * 事件内容，字段见事件页
   */
  Data: {
    [k: string]: unknown;
  };
  /**
   * this event to this subscription
   *
   * 该事件对该订阅的投递
   */
  DeliveryId: string;
  /**
   * the subscription
   *
   * 订阅
   */
  SubscriptionId: string;
  /**
   * One of these values
   *
   * 取下列值之一
   */
  State: 'Pending' | 'Delivered' | 'Dead';
  /**
   * why
   *
   * 为何如此
   */
  Reason: Reason;
  /**
   * tries that were begun
   *
   * 已开始的尝试次数
   */
  AttemptsMade: number;
  /**
   * when it is tried again
   *
   * 下次重试时间
   */
  NextRetryOn?: number | null;
  /**
   * when it arrived or was given up
   *
   * 送达或放弃的时间
   */
  SettledOn?: number | null;
  /**
   * each try, 30 at most
   *
   * 每次尝试，至多 30 次
   */
  Attempts: Attempt[];
}
/**
 * A failure: RFC 9457. Other members are facts of the problem, for example the current `version`.
 *
 * 失败：RFC 9457。其余字段为该问题的事实，例如当前的 `version`。
 */
export interface Problem {
  /**
   * `urn:problem-type:qianma:` and the code: a name, and no address
   *
   * `urn:problem-type:qianma:` 加代码，只是名称，不是网址
   */
  type: string;
  /**
   * What kind of problem it is
   *
   * 问题的种类
   */
  title: string;
  /**
   * The HTTP status
   *
   * HTTP 状态
   */
  status: number;
  /**
   * This problem in one sentence
   *
   * 一句话说明
   */
  detail?: string;
  /**
   * Tencent's own code where Tencent refused (docs/errors.md), else one of these:
   *
   * 腾讯拒绝时为腾讯自己的代码（见 docs/errors.zh-CN.md），否则为下列之一：
   *
   * | code | status | en | zh |
   * | --- | --- | --- | --- |
   * | `MalformedBody` | 400 | The body cannot be read | 请求体无法解析 |
   * | `InvalidRequest` | 400 | The request is not valid | 请求参数有误 |
   * | `Unauthenticated` | 401 | No valid API key | 未通过身份验证 |
   * | `NotificationUnproven` | 401 | The signature of the notification does not prove who sent it | 回调消息未通过验签 |
   * | `NotificationUnreadable` | 400 | The notification cannot be read | 回调消息无法读取 |
   * | `Forbidden` | 403 | The API key does not allow this | 无权执行此操作 |
   * | `NotFound` | 404 | There is no such thing | 资源不存在 |
   * | `MethodNotAllowed` | 405 | The method is not supported | 请求方法不支持 |
   * | `StateConflict` | 409 | The state does not allow this | 当前状态不允许此操作 |
   * | `VersionConflict` | 409 | The version has changed | 版本已变化 |
   * | `IdempotencyKeyInUse` | 409 | A request with this Idempotency-Key is still running | 相同幂等键的请求仍在处理 |
   * | `PreconditionFailed` | 412 | If-Match names another version | 版本已不是 If-Match 所指 |
   * | `BodyTooLarge` | 413 | The body is too large | 请求体过大 |
   * | `UnsupportedMediaType` | 415 | The body must be application/json | 请求体类型不支持 |
   * | `IdempotencyKeyReused` | 422 | This Idempotency-Key belongs to another payload | 幂等键已用于其他请求 |
   * | `TemplateUnfit` | 422 | The template cannot carry a sign code | 模板不能生成签署码 |
   * | `RateLimited` | 429 | The rate limit is used up | 请求过于频繁 |
   * | `KeyRateLimited` | 429 | The API key calls too often | 此 API 密钥请求过于频繁 |
   * | `InternalFailure` | 500 | Something went wrong inside | 内部错误 |
   * | `Misconfigured` | 503 | The deployment is not configured | 部署配置不完整 |
   * | `DatabaseUnavailable` | 503 | The database cannot be reached | 数据库暂不可用 |
   * | `DeadlineExceeded` | 504 | Too little time was left, nothing was done | 剩余时间不足，未执行 |
   * | `UpstreamUnreachable` | 503 | Upstream cannot be reached, nothing was sent | 无法连接上游，请求未发出 |
   * | `UpstreamTimeout` | 504 | Upstream did not answer in time | 上游未在时限内应答 |
   * | `UpstreamMalformedAnswer` | 502 | The answer of upstream cannot be read | 上游应答无法解析 |
   * | `UpstreamHttpStatus` | 502 | Upstream answered with an HTTP error | 上游返回异常的 HTTP 状态 |
   * | `UnknownOutcome` | 504 | The outcome is unknown: sent, but no answer came | 结果未知：请求已发出，未收到应答 |
   */
  code: string;
  /**
   * The id of this call, for whoever helps
   *
   * 本次调用的编号，求助时请提供
   */
  requestId: string;
  /**
   * The RequestId of Tencent's answer
   *
   * 腾讯应答的 RequestId
   */
  upstreamRequestId?: string;
  /**
   * Everything that is wrong with the request
   *
   * 请求中的全部问题
   */
  errors?: {
    /**
     * Where: a dotted path, empty for the whole
     *
     * 位置；空为整体
     */
    path: string;
    /**
     * What
     *
     * 说明
     */
    message: string;
  }[];
}
