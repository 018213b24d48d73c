import * as z from 'zod/mini';
import type { Emulator } from '../emulator.ts';
import { parseInput } from '../parse-input.ts';
import { exampleAgent } from '../seeds/organisations.ts';
import type { ControlRoute } from './control-route.ts';

const Input = z.strictObject({
  AppId: z.optional(z.string()),
  ProxyOrganizationOpenId: z.string(),
  quota: z.int().check(z.minimum(0)),
});

const shown = ({ organisations }: Emulator) =>
  organisations
    .list()
    .map(({ AppId, ProxyOrganizationOpenId, quota }) => ({ AppId, ProxyOrganizationOpenId, quota }));

export const quotaRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: 'quota',
    summary: { zh: '各企业剩余合同额度', en: 'the contracts that each organisation has left' },
    handle: shown,
  },
  {
    method: 'POST',
    path: 'quota',
    summary: {
      zh: '设定企业额度；AppId 缺省为示例应用',
      en: 'sets them for one organisation; AppId is that of the example unless given',
    },
    example: '{"ProxyOrganizationOpenId": "proxy-org-openid", "quota": 0}',
    handle(emulator, { body }) {
      const { AppId = exampleAgent.AppId, ProxyOrganizationOpenId, quota } = parseInput(Input, body);
      emulator.organisations.setQuota({ AppId, ProxyOrganizationOpenId }, quota);
      return shown(emulator);
    },
  },
];
