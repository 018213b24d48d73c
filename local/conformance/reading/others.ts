import { agent, operator } from './agent.ts';
import type { Member, Reading } from './rule.ts';

const flag: Member = { kind: 'flag', source: 'page' };
const plain: Member = { kind: 'text', source: 'page' };

/** ChannelCancelMultiFlowSignQRCode. */
export const cancelReading: Reading = {
  action: 'ChannelCancelMultiFlowSignQRCode',
  request: {
    Agent: agent,
    QrCodeId: {
      kind: 'text',
      isNeeded: true,
      // 数据不存在, and of the sibling 签署二维码信息不存在.
      known: {
        as: 'QrCodeId',
        codes: ['InvalidParameter.DataNotFound', 'ResourceNotFound.QrInfo'],
        source: 'page',
      },
      source: 'page',
    },
    Operator: operator,
  },
};

/**
 * DescribeTemplates. A `TemplateId` that does not exist is no objection: the page says both that it is an error and, in
 * its example, that the list is empty.
 */
export const templatesReading: Reading = {
  action: 'DescribeTemplates',
  request: {
    Agent: agent,
    TemplateId: plain,
    ContentType: {
      kind: 'whole',
      least: 0,
      most: 1,
      finer: ['InvalidParameter.ContentType'],
      source: 'page',
    },
    // 最多支持100个.
    TemplateIds: { kind: 'list', most: 100, each: { kind: 'text' }, source: 'page' },
    // 单页最大值为100. That zero is "not set" is assumed.
    Limit: { kind: 'whole', least: 0, most: 100, source: 'page' },
    Offset: { kind: 'whole', least: 0, most: 20_000, source: 'page' },
    TemplateName: { kind: 'text', most: 200, source: 'page' },
    ChannelTemplateId: plain,
    QueryAllComponents: flag,
    WithPreviewUrl: flag,
    ShowPreviewComponents: { kind: 'flag', source: 'sdk' },
    WithPdfUrl: flag,
    Operator: operator,
    UserFlowTypeId: plain,
  },
};
