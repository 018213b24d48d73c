import * as z from 'zod/mini';
import { parseInput } from '../parse-input.ts';
import type { ControlRoute } from './control-route.ts';

const Reset = z.strictObject({ seed: z.optional(z.int().check(z.minimum(0), z.maximum(2 ** 32 - 1))) });

export const stateRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: 'state',
    summary: {
      zh: '快照：模拟器记住的一切，含时钟与随机数，不含故障与日志',
      en: 'a snapshot: all that the emulator remembers with its clock and randomness, but not the faults and the journal',
    },
    handle: (emulator) => emulator.snapshot(),
  },
  {
    method: 'PUT',
    path: 'state',
    summary: { zh: '恢复快照', en: 'goes back to a snapshot' },
    handle(emulator, { body }) {
      emulator.restore(body);
      return {};
    },
  },
  {
    method: 'POST',
    path: 'reset',
    summary: {
      zh: '回到初始数据与真实时间；可指定随机种子',
      en: 'back to the seeds and to real time; with another seed of randomness if given',
    },
    example: '{"seed": 7}',
    handle(emulator, { body }) {
      const { seed } = parseInput(Reset, body ?? {});
      emulator.reset(seed === undefined ? {} : { seed });
      return {};
    },
  },
];
