import type { OrganizationSettings } from '../../codes/organization/settings.ts';
import { atS } from '../postgres/columns.ts';
import { timeOf, type Values } from '../register/register-rows.ts';

/** `s`: organization_settings. */
export const settingsColumns = `
  s.app_id as "appId", s.organization, s.display_name as "displayName", s.contact_zh as "contactZh",
  s.contact_en as "contactEn", s.contracts_bought as "contractsBought",
  ${atS('s.contracts_bought_at', 'contractsBoughtAtS')}, s.version, ${atS('s.updated_at', 'updatedAtS')}`;

/** Column and value of what may change. */
export function changingSettings(settings: OrganizationSettings): Values {
  return {
    display_name: settings.displayName,
    contact_zh: settings.contactZh,
    contact_en: settings.contactEn,
    contracts_bought: settings.contractsBought,
    contracts_bought_at: timeOf(settings.contractsBoughtAtS),
    version: settings.version,
    updated_at: timeOf(settings.updatedAtS),
  };
}
