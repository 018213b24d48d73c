import type { Migration } from './migration.ts';

/**
 * What people say of an organisation: how it is called where signers read it, whom they may ask, and what was bought.
 */
export const organizationSettings: Migration = {
  number: 11,
  name: 'organization-settings',
  sql: `
create table organization_settings (
  app_id text not null,
  organization text not null,
  display_name text,
  contact_zh text,
  contact_en text,
  contracts_bought int check (contracts_bought >= 0),
  contracts_bought_at timestamptz,
  version int not null,
  updated_at timestamptz not null,
  primary key (app_id, organization),
  constraint organization_settings_bought_whole
    check ((contracts_bought is null) = (contracts_bought_at is null))
);
`,
};
