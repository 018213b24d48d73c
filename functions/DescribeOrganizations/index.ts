import * as z from 'zod/mini';
import { listOrganizations } from '../../shared/codes/organization/describe-organizations.ts';
import { pageMembers, textFilter } from '../../shared/list-cursor.ts';
import { csvList } from '../../shared/runtime/http/csv.ts';
import { versionOfOne } from '../../shared/runtime/http/version-condition.ts';
import { organizationReads } from '../../shared/store/organizations/organization-reads.ts';
import { defined } from '../../shared/world.ts';
import { action } from '../action.ts';

/** The organisations of the application: their settings, and whether they have quota. */
export const main_handler = action({
  name: 'DescribeOrganizations',
  version: versionOfOne('Organizations'),
  csv: csvList(
    'Organizations',
    'ProxyOrganizationOpenId',
    'DisplayName',
    'Quota.State',
    'Quota.Since:time',
    'Quota.Reason:text',
    'ContractsBought',
    'ContractsBoughtOn:time',
    'ContractsUsed',
    'Forecast.UsedUpOn:time',
    'Forecast.Earliest:time',
    'Forecast.Latest:time',
    'UpdatedOn:time',
  ),
  role: 'viewer',
  request: z.strictObject({ ProxyOrganizationOpenId: textFilter, ...pageMembers }),
  needs: [],
  open: ({ db }) => ({ organizations: organizationReads(db) }),
  run: async ({ input, resources, caller: { scope }, config }) =>
    listOrganizations(resources, {
      appId: config.ESS_APP_ID,
      scope,
      ...defined({
        organization: input.ProxyOrganizationOpenId,
        limit: input.Limit,
        cursor: input.Cursor,
      }),
    }),
});
