import { Failure } from '../../errors.ts';
import { nameAt, pageLimits, pageOf, positionOfName, readCursor } from '../../list-cursor.ts';
import { type Scope, type Surroundings, seconds } from '../../world.ts';
import type { Tenant } from '../ports.ts';
import { forecastOf, shownForecast, shownUse } from '../reading/forecast.ts';
import { shownReason } from '../reasons.ts';
import type { OrganizationReads, OrganizationRecord } from './ports.ts';

export interface DescribeOrganizationsPorts {
  organizations: OrganizationReads;
  surroundings: Pick<Surroundings, 'nowMs'>;
}

export interface DescribeOrganizationsRequest {
  readonly appId: string;
  readonly scope: Scope;
  readonly organization?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/**
 * One page, by name. `NextCursor` is null on the last one.
 *
 * @throws Failure `InvalidRequest` for a cursor that is not of this list.
 */
export async function listOrganizations(
  { organizations, surroundings }: DescribeOrganizationsPorts,
  { appId, scope, organization, limit = pageLimits.default, cursor }: DescribeOrganizationsRequest,
) {
  const filter = { organization: organization ?? null };
  const after = readCursor(cursor, filter);
  const nowS = seconds(surroundings.nowMs());
  const page = { scope, only: organization, after: after ? nameAt(after) : '', limit: limit + 1, nowS };
  const found = await organizations.list(appId, page);
  const { shown, NextCursor } = pageOf(found, limit, filter, (record) => positionOfName(record.organization));
  return { Organizations: shown.map((record) => described(record, nowS)), NextCursor };
}

/** An organisation as people see it. Times are Unix seconds. */
function described(record: OrganizationRecord, nowS: number) {
  const { organization, settings, quota, dailyUses, usesSinceBought } = record;
  const bought = settings?.contractsBought ?? null;
  return {
    ProxyOrganizationOpenId: organization,
    DisplayName: settings?.displayName ?? null,
    Contact: { Zh: settings?.contactZh ?? null, En: settings?.contactEn ?? null },
    ContractsBought: bought,
    ContractsBoughtOn: settings?.contractsBoughtAtS ?? null,
    /** Since the day of that time, the whole of it. */
    ContractsUsed: bought === null ? null : usesSinceBought,
    DailyUse: shownUse(dailyUses, nowS),
    /** When what was bought will be used up. Null: nobody has said what was bought, too little is known, or nothing is left. */
    Forecast: bought === null ? null : shownForecast(forecastOf(dailyUses, bought - usesSinceBought, nowS)),
    Quota: {
      State: quota?.quotaState === 'blocked' ? 'Blocked' : 'Ok',
      Since: quota?.sinceS ?? null,
      Reason: quota ? shownReason(quota.reason) : null,
      NextProbeOn: quota?.probeAtS ?? null,
    },
    Version: settings?.version ?? 0,
    UpdatedOn: settings?.updatedAtS ?? null,
  };
}

/** The organisation as the call that has just changed it answers it. */
export async function describeOrganization(
  { organizations, surroundings }: DescribeOrganizationsPorts,
  { appId, organization }: Tenant,
) {
  const nowS = seconds(surroundings.nowMs());
  const page = {
    scope: { appId, organizations: [organization] },
    only: organization,
    after: '',
    limit: 1,
    nowS,
  };
  const [record] = await organizations.list(appId, page);
  if (record === undefined) throw new Failure('InternalFailure', { detail: 'An organisation is not listed' });
  return described(record, nowS);
}
