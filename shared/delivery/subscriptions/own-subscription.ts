import { Failure } from '../../errors.ts';
import type { Scope } from '../../world.ts';
import type { DeliveryTransaction } from '../ports.ts';
import type { Subscription } from './subscription.ts';

/** Who wants to change which subscription. */
export interface ManageCommand {
  subscriptionId: string;
  scope: Scope;
  /** May change subscriptions to the events of all organisations. */
  isAdmin: boolean;
  actor: string;
}

/** @throws Failure `NotFound`, also for a subscription that the caller may not see; `Forbidden` */
export async function lockOwn(
  tx: Pick<DeliveryTransaction, 'lockSubscription'>,
  { subscriptionId, scope, isAdmin }: Omit<ManageCommand, 'actor'>,
): Promise<Subscription> {
  const found = await tx.lockSubscription(subscriptionId);
  if (found === undefined || found.state === 'Deleted' || !isVisible(found, scope)) {
    throw new Failure('NotFound', { detail: texts.notFound });
  }
  if (found.organization === null && !isAdmin) {
    throw new Failure('Forbidden', { detail: texts.adminOnly });
  }
  return found;
}

/** Does the subscription exist for a caller of this scope? */
export function isVisible({ appId, organization }: Subscription, scope: Scope): boolean {
  if (scope === null) return true;
  return organization !== null && appId === scope.appId && scope.organizations.includes(organization);
}

const texts = {
  notFound: { en: 'There is no such subscription', zh: '订阅不存在' },
  adminOnly: {
    en: 'A subscription to all organisations is managed by a key with the role admin',
    zh: '面向所有企业的订阅只能由 admin 角色的密钥管理',
  },
} as const;
