import { Failure } from '../../errors.ts';
import type { Surroundings } from '../../world.ts';
import type { DeliveryWrites, ReplaySelection } from '../ports.ts';
import { lockOwn, type ManageCommand } from './own-subscription.ts';

export interface ReplayPorts {
  deliveries: DeliveryWrites;
  surroundings: Surroundings;
}

export interface ReplayCommand extends Omit<ManageCommand, 'subscriptionId'> {
  selection: ReplaySelection;
}

/** Deliveries of one call: more would hold their rows, and the receiver, for too long. */
export const mostReplayed = 5_000;

/**
 * Has events sent again, under the ids that they have: a receiver that remembers ids takes none twice. Disabled
 * subscriptions and those that the caller may not change are left out; one that is named is refused.
 *
 * @throws Failure `NotFound`, `Forbidden`, `StateConflict`; `InvalidRequest` when there are too many
 */
export async function replayEvents(
  { deliveries, surroundings }: ReplayPorts,
  command: ReplayCommand,
): Promise<{ Replayed: number }> {
  const { selection, scope, isAdmin, actor } = command;
  const { subscriptionId, deliveryId } = selection;
  const replayed = await deliveries.transaction(async (tx) => {
    const named = subscriptionId ?? (deliveryId && (await tx.subscriptionOf(deliveryId)));
    if (named !== undefined) {
      const { state } = await lockOwn(tx, { ...command, subscriptionId: named });
      if (state !== 'Enabled') throw new Failure('StateConflict', { detail: texts.disabled });
    }
    const nowMs = surroundings.nowMs();
    const at = { nowMs, reason: { code: 'Replayed' }, scope, isAdmin, limit: mostReplayed } as const;
    const count = await tx.replay(selection, at);
    if (count > mostReplayed) throw tooMany();
    // Nothing was done; and what was named, nobody knows.
    if (count === 0) return 0;
    await tx.audit({
      actor,
      action: 'events.replayed',
      subject: deliveryId ?? selection.eventId ?? subscriptionId ?? selection.codeId ?? 'events',
      reason: `${Object.keys(selection).join(', ')}: ${count} deliveries`,
    });
    return count;
  });
  return { Replayed: replayed };
}

function tooMany(): Failure {
  return new Failure('InvalidRequest', { problems: [{ path: '', message: texts.tooMany }] });
}

const texts = {
  disabled: {
    en: 'The subscription is disabled: enable it first',
    zh: '订阅已停用，请先启用',
  },
  tooMany: {
    en: `selects more than ${mostReplayed} deliveries: choose a shorter range with From and To`,
    zh: `选中的投递超过 ${mostReplayed} 条：请用 From 与 To 缩小时间范围`,
  },
} as const;
