import type { SettingsTransaction, SettingsWrites } from '../../codes/organization/ports.ts';
import type { OrganizationSettings } from '../../codes/organization/settings.ts';
import { Failure } from '../../errors.ts';
import { recordAudit } from '../access/audit.ts';
import type { Database } from '../postgres/database.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { defer, updateStatement } from '../postgres/statements.ts';
import { timeOf } from '../register/register-rows.ts';
import { changingSettings, settingsColumns } from './settings-rows.ts';

/** Writing what people say of organisations. */
export function settingsWrites(db: Database): SettingsWrites {
  return { transaction: (work) => repeatableTransaction(db, (tx) => work(settingsTransaction(tx))) };
}

function settingsTransaction(tx: Database): SettingsTransaction {
  return {
    async holdSettings({ appId, organization }, nowS) {
      // The update that changes nothing locks the row, also one that another transaction has just inserted.
      const { rows } = await tx.query<OrganizationSettings>(
        `insert into organization_settings as s (app_id, organization, version, updated_at)
         values ($1, $2, 0, $3::timestamptz)
         on conflict (app_id, organization) do update set app_id = excluded.app_id returning ${settingsColumns}`,
        [appId, organization, timeOf(nowS)],
      );
      const [held] = rows;
      if (held === undefined) throw new Failure('InternalFailure', { detail: 'An upsert returned no row' });
      return held;
    },

    saveSettings: (settings) =>
      defer(
        tx,
        updateStatement(
          'organization_settings',
          { app_id: settings.appId, organization: settings.organization },
          changingSettings(settings),
        ),
      ),

    audit: (entry) => recordAudit(tx, entry),
  };
}
