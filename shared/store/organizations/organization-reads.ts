import type { OrganizationReads } from '../../codes/organization/ports.ts';
import type { OrganizationSettings } from '../../codes/organization/settings.ts';
import type { DailyUse } from '../../codes/reading/forecast.ts';
import type { Database } from '../postgres/database.ts';
import { parameters, tenantsOf } from '../postgres/statements.ts';
import { type OrganizationRow, organizationColumns, toOrganization } from '../register/register-rows.ts';
import { settingsColumns } from './settings-rows.ts';

interface Row {
  organization: string;
  /** As JSON; null: there is none. */
  settings: OrganizationSettings | null;
  quota: OrganizationRow | null;
  dailyUses: DailyUse[];
  usesSinceBought: number;
}

/** Four weeks, as far as a forecast looks back. */
const daysOfUse = 28;

/** Reading organisations. */
export function organizationReads(db: Database): OrganizationReads {
  return {
    async list(appId, { scope, only, after, limit, nowS }) {
      const { params, param } = parameters();
      const app = param(appId);
      const from = param(after);
      const most = param(limit);
      const now = `${param(nowS)}::float8`;
      const names = namesOfPage();
      function namesOfPage(): string {
        if (scope !== null) return namesAmong(param(tenantsOf(only, scope)), from);
        return only === undefined ? knownNames(app, from, most) : nameIfKnown(app, param(only), from);
      }
      const { rows } = await db.query<Row>(
        `with recursive ${names}
         select n.organization,
           (select row_to_json(found) from (select ${settingsColumns} from organization_settings s
             where s.app_id = ${app} and s.organization = n.organization) found) as settings,
           (select row_to_json(found) from (select ${organizationColumns} from organizations o
             where o.app_id = ${app} and o.organization = n.organization) found) as quota,
           -- One row for each code and day, however many contracts there are.
           (select coalesce(json_agg(found), '[]') from (select u.day, sum(u.uses)::int as uses from daily_uses u
             where u.app_id = ${app} and u.organization = n.organization
               and u.day > (to_timestamp(${now}) at time zone 'UTC')::date - ${daysOfUse} group by u.day) found) as "dailyUses",
           (select coalesce(sum(u.uses), 0)::float8 from organization_settings s join daily_uses u
               on u.app_id = s.app_id and u.organization = s.organization
               and u.day >= (s.contracts_bought_at at time zone 'UTC')::date
             where s.app_id = ${app} and s.organization = n.organization) as "usesSinceBought"
         from names n order by n.organization limit ${most}::int`,
        params,
      );
      return rows.map(({ settings, quota, ...row }) => ({
        ...row,
        settings: settings ?? undefined,
        quota: quota ? toOrganization(quota) : undefined,
      }));
    },
  };
}

/** The organisations of a key are there for it, whether anything is known of them or not. */
function namesAmong(tenants: string, after: string): string {
  return `names (organization) as (
    select distinct wanted from unnest(${tenants}::text[]) as wanted where wanted > ${after}::text
  )`;
}

const places = ['codes', 'organizations', 'organization_settings'];

/** The one that is asked for, if anything is known of it. */
function nameIfKnown(app: string, name: string, after: string): string {
  const known = places.map(
    (table) => `exists (select from ${table} t where t.app_id = ${app} and t.organization = wanted)`,
  );
  return `names (organization) as (
    select wanted from (values (${name}::text)) as asked (wanted)
    where wanted > ${after}::text and (${known.join(' or ')})
  )`;
}

/** From one name to the next by index: as many look-ups as there are names on the page, however many codes there are. */
function knownNames(app: string, after: string, limit: string): string {
  const nextOf = (name: string) =>
    `least(${places
      .map(
        (
          table,
        ) => `(select t.organization from ${table} t where t.app_id = ${app} and t.organization > ${name}
          order by t.organization limit 1)`,
      )
      .join(', ')})`;
  return `steps (organization, step) as (
    select ${nextOf(`${after}::text`)}, 1
    union all
    select ${nextOf('steps.organization')}, step + 1 from steps
    where steps.organization is not null and step < ${limit}::int
  ),
  names (organization) as (select organization from steps where organization is not null)`;
}
