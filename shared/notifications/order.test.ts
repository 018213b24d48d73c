import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeSuite } from '../codes/testing/code-suite.ts';
import { createRequest } from '../codes/testing/world.ts';
import { casesOf } from '../testing/cases.ts';
import type { SentMessage } from './testing/messages.ts';
import { codeOf, contractsIn, eventsIn } from './testing/seen.ts';

const suite = codeSuite();

/** What happened, once each; contracts and seconds are small numbers so that they meet. */
interface Happening {
  kind: 'charge' | 'lack' | 'state' | 'template';
  /** 0 to 3; of 3 nothing is known but what its own state messages say. */
  contract: number;
  /** Seconds after the beginning. */
  atS: number;
  /** Does the message come to the address of the code, or name the QR code, or only the contract? */
  way: 'route' | 'id' | 'contract';
}

/** The life of a contract: one final state, which a complete one may leave for `RELIEVED`. */
const lives = [
  [1, 2, 4],
  [1, 2, 4, 21],
  [8, 1, 3],
  [1, 5],
] as const;

const happenings = fc.array(
  fc.record<Happening>({
    kind: fc.constantFrom('charge', 'lack', 'state', 'template'),
    contract: fc.nat({ max: 3 }),
    atS: fc.nat({ max: 20 }),
    way: fc.constantFrom('route', 'id', 'contract'),
  }),
  { minLength: 1, maxLength: 12 },
);

const orders = happenings.chain((list) => {
  const indexes = list.map((_, index) => index);
  const order = fc.shuffledSubarray([...indexes, ...indexes], { minLength: list.length });
  return fc.record({ list: fc.constant(list), first: order, second: order });
});

it('the same is true at the end, in whatever order and however often messages come', async () => {
  await fc.assert(
    fc.asyncProperty(orders, async ({ list, first, second }) => {
      const whole = (order: number[]) => [...order, ...list.keys()];
      expect(await stateAfter(list, whole(second))).toEqual(await stateAfter(list, whole(first)));
    }),
    casesOf(30),
  );
});

async function stateAfter(list: readonly Happening[], order: readonly number[]) {
  const { world } = suite;
  await world.forgetEverything();
  const code = await codeOf(world, createRequest({ MaxFlowNum: 4 }));
  for (const index of order) {
    const happening = list[index];
    if (happening) await tell(happening, index, code);
  }
  const { code: after, generations, organization, notices, contracts } = await world.record(code.codeId);
  return {
    state: after.state,
    reason: after.reason,
    dueAtS: after.dueAtS,
    generations: generations.map(({ urls: _, qrCodeId: __, codeId: ___, ...counts }) => counts),
    quota: organization?.quotaState === 'blocked' ? organization.reason : 'ok',
    notices: notices.map(
      ({ codeId: _, ...notice }: (typeof notices)[number] & { codeId?: string }) => notice,
    ),
    contracts: contracts.length,
    each: (await contractsIn(world)).map(({ codeId: _, ...contract }) => contract),
    // An event that a template was of no use for a while goes only to the codes that were there in time.
    usage: [await eventsIn(world, 'code.usage_threshold'), await eventsIn(world, 'code.exhausted')],
    told: (await eventsIn(world, 'contract.')).map(withoutStatus),
  };
}

/** Two messages about a contract at once leave the later state: its order is the order of the messages. */
function withoutStatus(event: string): string {
  return event.split(' ').slice(0, 2).join(' ');
}

async function tell(
  { kind, contract, atS, way }: Happening,
  index: number,
  { qrCodeId, route }: Awaited<ReturnType<typeof codeOf>>,
): Promise<void> {
  const { world } = suite;
  const OccurTime = world.clock.ms / 1000 - 60 + atS;
  const FlowId = `yDFl${String(contract).padStart(28, '0')}`;
  const sent: Partial<SentMessage> = { msgId: `m${index}`, ...(way === 'route' && { route }) };
  const named = { OccurTime, ...(way === 'id' && { Code: qrCodeId }) };
  switch (kind) {
    case 'charge': {
      // Upstream charges for a contract once: the messages of a contract have one time, and say whence it came.
      const at = { ...named, OccurTime: world.clock.ms / 1000 - 60 + contract };
      await world.receiver.notify(
        'MultiFlowSignQrCodeCost',
        { ...at, Code: qrCodeId, ...(contract < 3 && { FlowId }) },
        sent,
      );
      return;
    }
    case 'lack':
      await world.receiver.notify(
        'CreateFlowByQrCode',
        { ...named, Code: qrCodeId, Reason: `at ${atS}` },
        sent,
      );
      return;
    case 'state': {
      const life = lives[contract % lives.length] ?? lives[0];
      const step = atS % life.length;
      const status = { FlowId, FlowCallbackStatus: life[step], TemplateId: 'unheard of' };
      await world.receiver.notify(
        'FlowStatusChange',
        { ...named, ...status, OccurTime: OccurTime - atS + step },
        sent,
      );
      return;
    }
    case 'template':
      await world.receiver.notify(
        'TemplateAvailable',
        { TemplateId: 'template-a', Available: contract < 2 ? 1 : 2, OccurTime },
        { msgId: `m${index}` },
      );
  }
}
