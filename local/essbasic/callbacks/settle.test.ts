import { describe, expect, it } from 'vitest';
import { emulatorWithReceiver, startMs } from './receiver.test.kit.ts';

describe('the same seed', () => {
  async function run(seed: number): Promise<string> {
    const { emulator, giveCode, posts } = emulatorWithReceiver({
      seed,
      callbackConcurrency: 3,
      answer: (post) => ({ status: post.body.byteLength % 3 === 0 ? 500 : 200 }),
    });
    emulator.callbacks.configure({
      misbehaviour: { duplicates: 0.1, reorder: 0.3, lostAnswers: 0.1, wrongKey: 0.1, form: 'either' },
    });
    const signing = { sign: 0.6, reject: 0.2 };
    emulator.crowd(giveCode(), { people: 60, overS: 7200, duplicates: 0.1, signing });
    await emulator.callbacks.settle();
    const wire = posts.map(({ url, headers, body }) => [url, headers, body.toString()]);
    return JSON.stringify([wire, emulator.truth(), emulator.callbacks.messages()]);
  }

  it('posts the same bytes in the same order, and comes to the same truth', async () => {
    const first = await run(11);
    expect(await run(11)).toBe(first);
    expect(await run(12)).not.toBe(first);
  });
});

describe('settling', () => {
  it('goes from one thing that is due to the next, and tells of each step', async () => {
    const { emulator, giveCode } = emulatorWithReceiver();
    emulator.crowd(giveCode(), { people: 5, overS: 3600, seed: 1 });
    const steps: number[] = [];
    await emulator.callbacks.settle({
      untilMs: startMs + 7_200_000,
      onStep: (nowMs) => void steps.push(nowMs),
    });
    expect(steps).toHaveLength(6);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(emulator.clock.nowMs()).toBe(startMs + 7_200_000);
  });

  it('takes steps no smaller than it is told', async () => {
    const { emulator, giveCode, posts } = emulatorWithReceiver();
    emulator.crowd(giveCode(), { people: 50, overS: 3600, seed: 1 });
    let steps = 0;
    const onStep = () => {
      steps += 1;
    };
    await emulator.callbacks.settle({ untilMs: startMs + 3_600_000, stepMs: 1_800_000, onStep });
    expect(steps).toBeLessThan(5);
    expect(posts).toHaveLength(100);
  });

  it('does not wait for the deadline of a contract that has ended', async () => {
    const { emulator, giveCode } = emulatorWithReceiver();
    const { Started } = emulator.scan(giveCode());
    emulator.contracts.act(Started[0]?.FlowId ?? '', 'sign');
    await emulator.callbacks.settle();
    expect(emulator.clock.nowMs()).toBe(startMs);
  });

  it('goes on with what a step brings about', async () => {
    const { emulator, posts } = emulatorWithReceiver();
    let left = 3;
    await emulator.callbacks.settle({
      onStep() {
        if (left-- > 0) emulator.callbacks.send({ MsgType: 'TemplateAdd' });
      },
    });
    expect(posts).toHaveLength(3);
  });
});
