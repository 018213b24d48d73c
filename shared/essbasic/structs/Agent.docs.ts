import type { FieldDocs } from '../field-doc.ts';
import type { Agent } from './Agent.ts';

export const agentDocs: FieldDocs<typeof Agent> = {
  AppId: {
    zh: '第三方应用编号；不同应用的数据相互隔离',
    en: 'Id of the application; applications do not share data',
  },
  ProxyOrganizationOpenId: {
    zh: '平台为子客企业定的唯一标识，不可更改或复用',
    en: 'The id that the platform gave the organisation; it can neither change nor be used again',
    requiredByText: true,
  },
  ProxyOperator: {
    zh: '子客企业的经办人',
    en: 'The operator who acts for the organisation',
    requiredByText: true,
  },
  ProxyAppId: {
    zh: '子客应用编号；2023-07-07 之前必填，现无需填写',
    en: "Id of the organisation's own application; required until 2023-07-07, not needed now",
  },
  ProxyOrganizationId: { zh: '上游内部字段', en: 'Internal to upstream', deprecated: true },
};
