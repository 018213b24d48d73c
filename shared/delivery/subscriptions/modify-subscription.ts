import { Failure } from '../../errors.ts';
import type { Language } from '../../text.ts';
import { defined, type Work } from '../../world.ts';
import type { DeliveryTransaction } from '../ports.ts';
import { maskedUrl } from '../sending/target-url.ts';
import type { ManagePorts } from './create-subscription.ts';
import { shownSubscription } from './describe-subscriptions.ts';
import { isVisible, lockOwn, type ManageCommand } from './own-subscription.ts';
import { healthy, type SigningSecret, type Subscription } from './subscription.ts';
import { assertSubscription } from './subscription-problems.ts';
import { openEndpoint, rotated, rotationGraceS, sealEndpoint } from './subscription-secrets.ts';

export interface ModifyCommand extends ManageCommand {
  /** The version that the caller has seen. */
  version: number;
  /** What is left out stays. */
  changes: {
    url?: string;
    /** Null: all types. */
    eventTypes?: readonly string[] | null;
    languages?: readonly Language[];
    note?: string | null;
    enabled?: boolean;
    /** A robot's; null: it signs no longer. */
    secret?: string | null;
    rotate?: { graceS?: number };
  };
}

/**
 * Changes a subscription. Everything that is asked for happens, or nothing does. A new secret of Standard Webhooks is
 * in this answer alone; the one before it goes on signing for the grace.
 *
 * @throws Failure `NotFound`, `Forbidden`, `InvalidRequest` with every problem, `VersionConflict`, `Misconfigured`
 */
export async function modifySubscription(ports: ManagePorts, command: ModifyCommand) {
  const { deliveries, rules, newSecret, surroundings } = ports;
  const { changes, version, actor } = command;
  const secret = changes.rotate === undefined ? undefined : newSecret();
  const after = await deliveries.transaction(async (tx) => {
    const before = await lockOwn(tx, command);
    if (before.version !== version) throw changedSince(before.version);
    const { rotate, ...wanted } = changes;
    assertSubscription({ ...wanted, kind: before.kind, rotate: rotate !== undefined }, rules);
    const modified = applied(before, command, secret, ports, surroundings.nowMs());
    await tx.saveSubscription(modified);
    await tx.audit({
      actor,
      action: 'subscription.modified',
      subject: before.subscriptionId,
      reason: Object.keys(changes).join(', ') || 'nothing',
    });
    return modified;
  });
  return { ...shownSubscription(after), ...defined({ Secret: secret }) };
}

/** Ends a subscription for good. Its history stays as long as that of others does; address and secrets go at once. */
export async function deleteSubscription(
  { deliveries, surroundings, seal }: Pick<ManagePorts, 'deliveries' | 'surroundings' | 'seal'>,
  command: ManageCommand & { work?: Work | undefined },
) {
  await deliveries.transaction(async (tx) => {
    if (command.work?.takenOver && (await isDeleted(tx, command))) return;
    const before = await lockOwn(tx, command);
    await tx.saveSubscription({
      ...before,
      ...healthy,
      state: 'Deleted',
      reason: { code: 'DeletedByPerson' },
      sealed: seal.seal('{}'),
      rotatedUntilMs: null,
      version: before.version + 1,
      updatedAtMs: surroundings.nowMs(),
    });
    const { subscriptionId, actor } = command;
    await tx.audit({ actor, action: 'subscription.deleted', subject: subscriptionId, reason: 'asked for' });
  });
  return { SubscriptionId: command.subscriptionId };
}

/** Did an earlier call of the same work do it? */
async function isDeleted(
  tx: DeliveryTransaction,
  { subscriptionId, scope }: ManageCommand,
): Promise<boolean> {
  const found = await tx.lockSubscription(subscriptionId);
  return found?.state === 'Deleted' && isVisible(found, scope);
}

function changedSince(version: number): Failure {
  const detail = {
    en: `The subscription has changed since: read it again, it is at version ${version}`,
    zh: `订阅已被修改，请重新读取，当前版本为 ${version}`,
  };
  return new Failure('VersionConflict', { detail, members: { Version: version } });
}

function applied(
  before: Subscription,
  { changes }: ModifyCommand,
  newSecret: string | undefined,
  { seal }: ManagePorts,
  nowMs: number,
): Subscription {
  const { url, eventTypes, languages, note, enabled, secret, rotate } = changes;
  const graceS = rotate?.graceS ?? rotationGraceS.default;
  const isSealedAnew = url !== undefined || secret !== undefined || newSecret !== undefined;
  const withSecrets = (secrets: readonly SigningSecret[]): readonly SigningSecret[] => {
    if (newSecret !== undefined) return rotated(secrets, newSecret, { nowMs, graceS });
    if (secret === undefined) return secrets;
    return secret === null ? [] : [{ secret, untilMs: null }];
  };
  const endpoint = isSealedAnew ? openEndpoint(seal, before.sealed) : undefined;
  const sealed = endpoint && {
    sealed: sealEndpoint(seal, { url: url ?? endpoint.url, secrets: withSecrets(endpoint.secrets) }),
  };
  return {
    ...before,
    ...sealed,
    ...(url !== undefined && { shownUrl: maskedUrl(url), ...healthy }),
    ...defined({ eventTypes, languages, note }),
    ...(newSecret !== undefined && { rotatedUntilMs: nowMs + graceS * 1000 }),
    ...(enabled === true && before.state === 'Disabled' && enabling),
    ...(enabled === false && before.state === 'Enabled' && disabling),
    version: before.version + 1,
    updatedAtMs: nowMs,
  };
}

const enabling = { ...healthy, state: 'Enabled', reason: { code: 'EnabledByPerson' } } as const;
const disabling = { state: 'Disabled', reason: { code: 'DisabledByPerson' } } as const;
