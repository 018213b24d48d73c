import { createRequest, type World } from '../../codes/testing/world.ts';
import { contractColumns } from '../../store/notifications/notification-rows.ts';
import type { Contract } from '../contract.ts';

/** A code, and the address for the notifications of its first generation. */
export async function codeOf(world: World, request = createRequest()) {
  const { code } = await world.create(request);
  const route = { kind: 'code', token: code.callbackToken, generation: 1 } as const;
  return { codeId: code.codeId, qrCodeId: code.current?.qrCodeId ?? '', route };
}

export async function contractsIn(world: World): Promise<Contract[]> {
  const { rows } = await world.db.query<Contract>(
    `select ${contractColumns} from contracts k order by flow_id`,
  );
  return rows;
}

/** Types of events with what sets them apart, sorted. */
export async function eventsIn(world: World, prefix: string): Promise<string[]> {
  const { rows } = await world.db.query<{ type: string; data: string }>('select type, data from events');
  return rows
    .filter(({ type }) => type.startsWith(prefix))
    .map(({ type, data }) => {
      const { Percent, FlowId, Status, Generation } = JSON.parse(data);
      const own = type.startsWith('contract.')
        ? [FlowId, Status]
        : type === 'code.usage_threshold'
          ? [Generation, Percent]
          : [];
      return [type, ...own].join(' ');
    })
    .sort();
}
