import { credentials } from '../../cloud-api/credentials.ts';
import { exampleAgent, organisations } from './organisations.ts';
import { exampleTemplateId } from './templates.ts';

/** What a person needs to know of the seeds to make a first call. Printed at the start and shown on the index page. */
export const seedFacts: readonly { zh: string; en: string; value: string }[] = [
  { zh: '密钥 ID', en: 'SecretId', value: credentials[0].secretId },
  { zh: '密钥', en: 'SecretKey', value: credentials[0].secretKey },
  { zh: '应用', en: 'Agent.AppId', value: exampleAgent.AppId },
  { zh: '企业', en: 'Agent.ProxyOrganizationOpenId', value: exampleAgent.ProxyOrganizationOpenId },
  { zh: '经办人', en: 'Agent.ProxyOperator.OpenId', value: exampleAgent.ProxyOperator.OpenId },
  { zh: '模板', en: 'TemplateId', value: exampleTemplateId },
  { zh: '合同额度', en: 'quota', value: String(organisations[0]?.quota ?? 0) },
  { zh: '旧文档示例的各个编号', en: 'every id of the older example', value: 'test' },
];
