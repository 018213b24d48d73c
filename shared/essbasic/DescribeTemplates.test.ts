import { describe, expect, it } from 'vitest';
import { request, response } from './DescribeTemplates.ts';
import { problemPaths } from './testing/problem-paths.ts';

const Agent = {
  AppId: 'yDwhxUUckp3gl8j5UuFX33LSNozpRsbi',
  ProxyOrganizationOpenId: 'org_dianziqian',
  ProxyOperator: { OpenId: 'n9527' },
  ProxyAppId: '',
};

describe('a request for templates', () => {
  it.each<[string, object]>([
    ['by ids', { Agent, TemplateIds: ['yDSLVUUckpo3pub6UE5dPdv8pkDsrbEn'] }],
    ['by name', { Agent, TemplateName: '西红柿', QueryAllComponents: true }],
    [
      'with zeros and empty texts',
      { Agent, Limit: 0, Offset: 0, ContentType: 0, TemplateId: '', TemplateName: '' },
    ],
  ])('as the documents have it is accepted: %s', (_, example) => {
    expect(request.parse(example)).toEqual(example);
  });

  it.each<[path: string, accepted: object, refused: object]>([
    ['Limit', { Limit: 100 }, { Limit: 101 }],
    ['Limit', { Limit: 0 }, { Limit: -1 }],
    ['Offset', { Offset: 20_000 }, { Offset: 20_001 }],
    ['Offset', { Offset: 0 }, { Offset: -1 }],
    ['ContentType', { ContentType: 1 }, { ContentType: 2 }],
    ['ContentType', { ContentType: 0 }, { ContentType: -1 }],
    ['TemplateIds', { TemplateIds: Array(100).fill('x') }, { TemplateIds: Array(101).fill('x') }],
    ['TemplateIds.0', { TemplateIds: ['x'] }, { TemplateIds: [1] }],
    ['TemplateName', { TemplateName: '名'.repeat(200) }, { TemplateName: '名'.repeat(201) }],
    ['ShowPreviewComponents', { ShowPreviewComponents: true }, { ShowPreviewComponents: 1 }],
  ])('is bounded in %s (case %#)', (path, accepted, refused) => {
    expect(problemPaths(request, { Agent, ...accepted })).toEqual([]);
    expect(problemPaths(request, { Agent, ...refused })).toEqual([path]);
  });

  it('is told of every problem at once, by path', () => {
    expect(problemPaths(request, { Limit: 101, Offset: -1, TemplateIds: ['a', 2], Filter: 'x' })).toEqual([
      'Agent',
      'Filter',
      'Limit',
      'Offset',
      'TemplateIds.1',
    ]);
  });
});

describe('an answer with templates', () => {
  const field = {
    ComponentId: 'ComponentId_11',
    ComponentType: 'TEXT',
    ComponentRequired: true,
    ComponentRecipientId: 'yDSLVUUckpo3nwi1UEnf33kBMNXjdB2c',
    GenerateMode: '',
    ComponentWidth: 144,
    ComponentPosX: 336.640625,
    ComponentDateFontSize: 0,
    KeywordIndexes: [],
  };
  const party = {
    RecipientId: 'r',
    RecipientType: 'INDIVIDUAL',
    RoutingOrder: -1,
    ApproverSignTypes: [1, 2],
  };
  const template = {
    TemplateId: 'yDSLVUUckpo3pub6UE5dPdv8pkDsrbEn',
    TemplateName: '西红柿买卖合同模板',
    Components: [field],
    Recipients: [party],
    SignComponents: [{ ...field, ComponentType: 'SIGN_DATE' }],
    TemplateType: 3,
    IsPromoter: false,
    CreatedOn: 1_699_259_970,
    PreviewUrl: '',
    ChannelAutoSave: 0,
    TemplateVersion: '20231106004',
    Available: 1,
  };
  const answer = (members: object) => ({ TotalCount: 1, Limit: 0, Offset: 0, RequestId: 'r', ...members });

  it.each<[string, object]>([
    ['of one template', answer({ Templates: [template] })],
    ['of the list alone', answer({ Templates: [{ TemplateId: 't', Components: null, Recipients: null }] })],
    ['of none', answer({ Templates: [], TotalCount: 0, Limit: 20 })],
    ['of members that upstream may add later', answer({ Templates: [{ ...template, New: 1 }], New: 1 })],
  ])('is accepted as it stands: %s', (_, example) => {
    expect(response.parse(example)).toEqual(example);
  });

  it('is refused where it has the wrong types', () => {
    const wrong = { ...template, Recipients: [{ RoutingOrder: '1' }], Available: '1' };
    expect(problemPaths(response, answer({ Templates: [wrong], TotalCount: null }))).toEqual([
      'Templates.0.Available',
      'Templates.0.Recipients.0.RoutingOrder',
      'TotalCount',
    ]);
  });
});
