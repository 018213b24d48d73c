import * as z from 'zod/mini';
import { describeOrganization } from '../../shared/codes/organization/describe-organizations.ts';
import { modifySettings } from '../../shared/codes/organization/modify-settings.ts';
import { ownOrganization } from '../../shared/runtime/http/own-organization.ts';
import { versionCondition } from '../../shared/runtime/http/version-condition.ts';
import { organizationReads } from '../../shared/store/organizations/organization-reads.ts';
import { settingsWrites } from '../../shared/store/organizations/settings-writes.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

const whose = {
  zh: '缺失：请填写要修改的企业',
  en: 'is missing: name the organisation that is to be changed',
};

const text = z.optional(z.nullable(z.string()));

/** Changes what people say of an organisation: its name and contact for signers, the contracts that it bought. */
export const main_handler = action({
  name: 'ModifyOrganization',
  condition: versionCondition,
  /** What signers read under the organisation's name. A key that is bound to it will do. */
  role: 'admin',
  /** What is left out stays; null takes a member away. */
  request: z.strictObject({
    ProxyOrganizationOpenId: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
    /** The version that the caller has seen: a later change is not overwritten. 0: nothing was set. */
    Version: z.int().check(z.minimum(0)),
    DisplayName: text,
    ContactZh: text,
    ContactEn: text,
    ContractsBought: z.optional(z.nullable(z.int().check(z.minimum(0), z.maximum(1_000_000_000)))),
    /** When that many were left. Left out: now. */
    ContractsBoughtOn: z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999_999))),
  }),
  needs: [],
  open: ({ db }) => ({ settings: settingsWrites(db), organizations: organizationReads(db) }),
  async run({ input, resources, principal, caller: { actor }, config }) {
    const organization = ownOrganization(principal, input.ProxyOrganizationOpenId, whose);
    const tenant = { appId: config.ESS_APP_ID, organization };
    const changes = defined({
      displayName: input.DisplayName,
      contactZh: input.ContactZh,
      contactEn: input.ContactEn,
      contractsBought: input.ContractsBought,
      contractsBoughtAtS: input.ContractsBoughtOn,
    });
    await modifySettings(resources, { tenant, version: input.Version, changes, actor });
    return describeOrganization(resources, tenant);
  },
});
