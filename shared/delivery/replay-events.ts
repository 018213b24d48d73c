import { Failure } from '../errors.ts';
import { lockOwn, type ManageCommand } from './modify-subscription.ts';
import type { DeliveryWrites, ReplaySelection, Surroundings } from './ports.ts';
import type { Language } from './subscription.ts';

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
 * subscriptions are left out; one that is named and disabled is refused.
 *
 * @throws Failure `NotFound`, `Forbidden`, `StateConflict`; `InvalidRequest` when there are too many
 */
export async function replayEvents(
  { deliveries, surroundings }: ReplayPorts,
  command: ReplayCommand,
): Promise<{ Replayed: number }> {
  const { selection, scope, actor, language } = command;
  const { subscriptionId } = selection;
  const replayed = await deliveries.transaction(async (tx) => {
    if (subscriptionId !== undefined) {
      const { state } = await lockOwn(tx, { ...command, subscriptionId });
      if (state !== 'Enabled') throw new Failure('StateConflict', { detail: texts.disabled[language] });
    }
    const nowMs = surroundings.nowMs();
    const at = { nowMs, reason: { code: 'Replayed' }, scope, limit: mostReplayed } as const;
    const count = await tx.replay(selection, at);
    if (count > mostReplayed) throw tooMany(language);
    await tx.audit({
      actor,
      action: 'events.replayed',
      subject: selection.deliveryId ?? selection.eventId ?? subscriptionId ?? selection.codeId ?? 'events',
      reason: `${Object.keys(selection).join(', ')}: ${count} deliveries`,
    });
    return count;
  });
  return { Replayed: replayed };
}

function tooMany(language: Language): Failure {
  return new Failure('InvalidRequest', { problems: [{ path: '', message: texts.tooMany[language] }] });
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
