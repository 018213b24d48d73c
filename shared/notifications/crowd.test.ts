import { expect, it } from 'vitest';
import { createSeededRandom } from '../../local/cloud-api/seeded-random.ts';
import { codeSuite } from '../codes/testing/code-suite.ts';
import { createRequest, createWorld, type World } from '../codes/testing/world.ts';
import { codeOf, contractsIn, eventsIn } from './testing/seen.ts';

const suite = codeSuite();

const connections = 6;
const people = 60;

interface Message {
  msgId: string;
  type: string;
  data: object;
}

/** What upstream posts of people who scan three codes and sign, or refuse: in disorder, one in ten twice. */
function messagesOf(codes: { qrCodeId: string }[], nowS: number, seed: number): Message[] {
  const { fraction } = createSeededRandom(seed);
  const messages = Array.from({ length: people }, (_, person) => {
    const FlowId = `yDFl${String(person).padStart(28, '0')}`;
    const QrCodeId = codes[person % codes.length]?.qrCodeId;
    const status = (step: number, FlowCallbackStatus: number) => ({
      msgId: `s${person}.${step}`,
      type: 'FlowStatusChange',
      data: { FlowId, FlowCallbackStatus, OccurTime: nowS + step, TemplateId: 'unheard of' },
    });
    return [
      { msgId: `c${person}`, type: 'MultiFlowSignQrCodeCost', data: { QrCodeId, FlowId, OccurTime: nowS } },
      status(1, 1),
      status(2, 2),
      status(3, person % 3 === 0 ? 3 : 4),
    ];
  }).flat();
  const twice = messages.filter(() => fraction() < 0.1);
  return [...messages, ...twice]
    .map((message) => ({ message, at: fraction() }))
    .sort((a, b) => a.at - b.at)
    .map(({ message }) => message);
}

it('nothing is lost or counted twice when many instances receive at once, and the timer runs beside them', async () => {
  const { world, test } = suite;
  const codes = [];
  for (let i = 0; i < 3; i++) codes.push(await codeOf(world, createRequest({ MaxFlowNum: 40 })));
  const messages = messagesOf(codes, world.clock.ms / 1000, 7);
  const others: World[] = [];
  for (let i = 0; i < connections; i++) others.push(createWorld(await test.connect()));
  let at = 0;
  const work = async ({ receiver }: World) => {
    for (let message = messages[at++]; message; message = messages[at++]) {
      await receiver.notify(message.type, message.data, { msgId: message.msgId });
    }
  };
  const timer = async () => {
    for (let i = 0; i < 5; i++) await world.tick();
  };
  await Promise.all([...others.map(work), timer()]);
  await world.receiver.retry();

  for (const { codeId } of codes) {
    const { generations } = await world.record(codeId);
    expect(generations.at(-1)).toMatchObject({
      used: 20,
      costMessages: 20,
      certainContracts: 20,
      toldPercent: 50,
    });
  }
  const contracts = await contractsIn(world);
  expect(contracts.map(({ state, link, charged }) => [state, link, charged])).toEqual(
    Array.from({ length: people }, (_, person) => [person % 3 === 0 ? 'REJECT' : 'ALL', 'certain', true]),
  );
  const told = (await eventsIn(world, 'contract.')).map((event) => event.split(' ')[0]);
  const times = (type: string) => told.filter((one) => one === type).length;
  expect([times('contract.started'), times('contract.completed'), times('contract.ended')]).toEqual([
    60, 40, 20,
  ]);
  expect(await eventsIn(world, 'code.usage')).toHaveLength(3);
});
