/** What is asked of the store about organisations. */
import type { AuditEntry, Scope } from '../../world.ts';
import type { Tenant } from '../ports.ts';
import type { Organization } from '../quota/organization.ts';
import type { DailyUse } from '../reading/forecast.ts';
import type { OrganizationSettings } from './settings.ts';

/** An organisation of the application, and what is known of it. */
export interface OrganizationRecord {
  readonly organization: string;
  /** Undefined: nothing was said of it. */
  readonly settings: OrganizationSettings | undefined;
  /** Undefined: never short of quota. */
  readonly quota: Organization | undefined;
  /** Of all its codes together, on the days of the last four weeks that have any. */
  readonly dailyUses: readonly DailyUse[];
  /** Since the day on which the settings say what was bought; 0 where they do not. */
  readonly usesSinceBought: number;
}

export interface OrganizationReads {
  /** By name. Of all: those that have codes, quota that was lacking once, or settings; of a scope: its organisations. */
  list(
    appId: string,
    page: { scope: Scope; only: string | undefined; after: string; limit: number; nowS: number },
  ): Promise<OrganizationRecord[]>;
}

export interface SettingsTransaction {
  /** Locks the settings, also where there are none yet: then they have version 0. */
  holdSettings(tenant: Tenant, nowS: number): Promise<OrganizationSettings>;
  saveSettings(settings: OrganizationSettings): Promise<void>;
  audit(entry: AuditEntry): Promise<void>;
}

export interface SettingsWrites {
  transaction<T>(work: (tx: SettingsTransaction) => Promise<T>): Promise<T>;
}
