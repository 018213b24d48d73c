import { Failure } from '../../errors.ts';
import { type Language, languages } from '../../text.ts';
import type { Seal, Surroundings, Work } from '../../world.ts';
import { alarmTypes } from '../event-types.ts';
import type { DeliveryWrites } from '../ports.ts';
import { maskedUrl, type TargetRules } from '../sending/target-url.ts';
import { shownSubscription } from './describe-subscriptions.ts';
import { healthy, type Subscription, type SubscriptionKind } from './subscription.ts';
import { assertSubscription } from './subscription-problems.ts';
import { openEndpoint, sealEndpoint } from './subscription-secrets.ts';

export interface ManagePorts {
  deliveries: DeliveryWrites;
  seal: Seal;
  surroundings: Surroundings;
  rules: TargetRules;
  /** A secret of Standard Webhooks. */
  newSecret(): string;
}

export interface CreateCommand {
  /** Whose events; null: of all organisations, which only an administrator may ask for. */
  owner: { appId: string; organization: string } | null;
  kind: SubscriptionKind;
  url: string;
  eventTypes?: readonly string[];
  languages?: readonly Language[];
  note?: string;
  /** A robot's. */
  secret?: string;
  actor: string;
  work?: Work | undefined;
}

/** Of one owner; a mistake in a loop must not multiply every event. */
export const mostSubscriptions = 50;

/**
 * Subscribes an address. The answer is the only one that ever shows the secret of Standard Webhooks.
 *
 * @throws Failure `InvalidRequest` with every problem, `StateConflict` when the owner has too many, `Misconfigured`
 */
export async function createSubscription(ports: ManagePorts, command: CreateCommand) {
  const { deliveries, seal, surroundings, rules, newSecret } = ports;
  const { owner, kind, url, secret, actor, work } = command;
  assertSubscription(command, rules);
  const made = kind === 'standard-webhooks' ? newSecret() : undefined;
  const first = made ?? secret;
  const nowMs = surroundings.nowMs();
  const subscription: Subscription = {
    ...healthy,
    subscriptionId: work?.workId ?? surroundings.ids.id(),
    appId: owner?.appId ?? null,
    organization: owner?.organization ?? null,
    kind,
    eventTypes: command.eventTypes ?? (kind === 'standard-webhooks' ? null : alarmTypes),
    sealed: sealEndpoint(seal, {
      url,
      secrets: first === undefined ? [] : [{ secret: first, untilMs: null }],
    }),
    shownUrl: maskedUrl(url),
    languages: command.languages ?? languages,
    note: command.note ?? null,
    state: 'Enabled',
    reason: { code: 'Created' },
    rotatedUntilMs: null,
    version: 1,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
  const earlier = await deliveries.transaction(async (tx) => {
    const found = work?.takenOver ? await tx.lockSubscription(work.workId) : undefined;
    if (found !== undefined) return found;
    const count = await tx.countSubscriptions(subscription.appId, subscription.organization);
    if (count >= mostSubscriptions) throw new Failure('StateConflict', { detail: tooMany });
    await tx.insertSubscription(subscription);
    await tx.audit({
      actor,
      action: 'subscription.created',
      subject: subscription.subscriptionId,
      reason: `${kind} for ${subscription.organization ?? 'all organisations'}`,
    });
    return undefined;
  });
  const shown = earlier ?? subscription;
  const [newest] = openEndpoint(seal, shown.sealed).secrets;
  return { ...shownSubscription(shown), ...(made !== undefined && newest && { Secret: newest.secret }) };
}

const tooMany = {
  en: `There are ${mostSubscriptions} subscriptions already: delete some`,
  zh: `已有 ${mostSubscriptions} 个订阅，请先删除不用的`,
};
