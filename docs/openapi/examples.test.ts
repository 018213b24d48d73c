/** The examples of the contract are carried out, in their order, with the ids that the answers before them gave. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../../local/start/testing/platform.ts';
import { requestProblems } from '../testing/contract-check.ts';
import { exampleIds, exampleRequests } from './examples.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());

/** Ids of the examples, and what they are here. */
const known = new Map<string, string>();

function withKnownIds(example: object): object {
  let text = JSON.stringify(example);
  for (const [id, own] of known) text = text.replaceAll(id, own);
  return JSON.parse(text);
}

/** What an answer tells of ids that later examples speak of. */
function learn(answer: Readonly<Record<string, unknown>>): void {
  for (const [name, id] of Object.entries(exampleIds)) {
    const own = answer[name];
    if (typeof own === 'string') known.set(id, own);
  }
}

/** Somebody scans the code, so that there is a contract. */
async function startContract(): Promise<void> {
  const { body } = await platform.call('DescribeMultiFlowSignQRCodes', {});
  const { Codes } = body as { Codes: { Generations: { QrCodeId: string }[] }[] }; // as the contract says
  const [first] = Codes.at(-1)?.Generations ?? [];
  platform.emulator.scan(first?.QrCodeId ?? '', { count: 1 });
  await platform.emulator.callbacks.deliverDue();
  const { body: contracts } = await platform.call('DescribeContracts', {});
  const { Contracts } = contracts as { Contracts: { FlowId: string }[] }; // as the contract says
  known.set(exampleIds.FlowId, Contracts[0]?.FlowId ?? '');
}

it('there is one of each action, and it does what it says', async () => {
  expect(Object.keys(exampleRequests).sort()).toEqual(
    readdirSync('functions')
      .filter((name) => /^[A-Z]/.test(name))
      .sort(),
  );
  known.set(exampleIds.Url, `${platform.emulatorUrl}/_emulator/none`);
  const refused: unknown[] = [];
  for (const [action, example] of Object.entries(exampleRequests)) {
    if (action === 'ForgetContract') await startContract();
    const request = withKnownIds(example);
    expect(requestProblems(action, example)).toEqual([]);
    const { status, body } = await platform.call(action, request);
    if (status !== 200) refused.push([action, body]);
    learn(body);
  }
  expect(refused).toEqual([]);
  // Each action starts a process of its own.
}, 180_000);
