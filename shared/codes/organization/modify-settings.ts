import { Failure } from '../../errors.ts';
import { type Surroundings, seconds } from '../../world.ts';
import type { Tenant } from '../ports.ts';
import type { SettingsWrites } from './ports.ts';
import {
  changedSettings,
  type OrganizationSettings,
  type SettingsChanges,
  settingsProblems,
} from './settings.ts';

export interface ModifySettingsCommand {
  readonly tenant: Tenant;
  /** The version that the caller has seen; 0: no settings. */
  readonly version: number;
  readonly changes: SettingsChanges;
  readonly actor: string;
}

/**
 * Changes what people say of an organisation. Everything that is asked for happens, or nothing does.
 *
 * @throws Failure `VersionConflict` with the current `Version` as a member; `InvalidRequest` with every problem.
 */
export async function modifySettings(
  { settings, surroundings }: { settings: SettingsWrites; surroundings: Pick<Surroundings, 'nowMs'> },
  { tenant, version, changes, actor }: ModifySettingsCommand,
): Promise<OrganizationSettings> {
  return settings.transaction(async (tx) => {
    const nowS = seconds(surroundings.nowMs());
    const before = await tx.holdSettings(tenant, nowS);
    if (before.version !== version) throw changedSince(version, before.version);
    const problems = settingsProblems(before, changes, nowS);
    if (problems.length > 0) throw new Failure('InvalidRequest', { problems });
    const after = changedSettings(before, changes, nowS);
    await tx.saveSettings(after);
    await tx.audit({
      actor,
      action: 'organization.modified',
      subject: tenant.organization,
      // Names alone: a contact is a person's.
      reason: Object.keys(changes).join(', ') || 'nothing',
    });
    return after;
  });
}

function changedSince(seen: number, version: number): Failure {
  return new Failure('VersionConflict', {
    detail: {
      zh: `企业设置自版本 ${seen} 后已被修改，请重新读取，当前版本为 ${version}`,
      en: `The settings have changed since version ${seen}: read them again, they are at version ${version}`,
    },
    members: { Version: version },
  });
}
