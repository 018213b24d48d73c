import type { FieldDocs } from '../field-doc.ts';
import type { UserInfo } from './UserInfo.ts';

export const userInfoDocs: FieldDocs<typeof UserInfo> = {
  OpenId: {
    zh: '平台为员工定的唯一标识，应用内不可复用；经办人必填',
    en: 'The id that the platform gave the person, used once per application; an operator must have it',
    requiredByText: true,
  },
  Channel: { zh: '上游内部字段', en: 'Internal to upstream', deprecated: true },
  CustomUserId: { zh: '上游内部字段', en: 'Internal to upstream', deprecated: true },
  ClientIp: { zh: '上游内部字段', en: 'Internal to upstream', deprecated: true },
  ProxyIp: { zh: '上游内部字段', en: 'Internal to upstream', deprecated: true },
};
