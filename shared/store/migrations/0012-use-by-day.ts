import type { Migration } from './migration.ts';

/**
 * How often a code was used on each day, by the messages' own times in UTC: what a forecast and a curve are made of,
 * without a look at contracts. Counted from here on.
 */
export const useByDay: Migration = {
  number: 12,
  name: 'use-by-day',
  sql: `
-- Counted up in place: no index knows the count.
create table daily_uses (
  code_id text not null,
  day date not null,
  app_id text not null,
  organization text not null,
  uses int not null,
  primary key (code_id, day)
) with (fillfactor = 70);
create index daily_uses_of_organization on daily_uses (app_id, organization, day);
create index daily_uses_day on daily_uses (day);
`,
};
