import * as z from 'zod/mini';
import { schemaError } from '../../../shared/text.ts';
import type { ClockChange, Emulator } from '../emulator.ts';
import { parseInput } from '../parse-input.ts';
import { latestMs } from '../state/virtual-clock.ts';
import type { ControlRoute } from './control-route.ts';

const isTime = (text: string) => {
  const ms = Date.parse(text);
  return ms >= 0 && ms <= latestMs;
};
const longestS = latestMs / 1000;

const Input = z
  .strictObject({
    /** RFC 3339. */
    set: z.optional(
      z.string().check(
        z.refine(
          isTime,
          schemaError({
            zh: '须为时间，形如 2026-12-31T23:59:59Z',
            en: 'must be a time as in 2026-12-31T23:59:59Z',
          }),
        ),
      ),
    ),
    advanceS: z.optional(z.number().check(z.minimum(-longestS), z.maximum(longestS))),
    speed: z.optional(z.number().check(z.minimum(0), z.maximum(1_000_000))),
  })
  .check(
    z.refine(
      (input) => Object.keys(input).length > 0,
      schemaError({ zh: 'set、advanceS、speed 至少须有其一', en: 'has none of set, advanceS and speed' }),
    ),
  );

const shown = ({ clock }: Emulator) => ({
  now: new Date(clock.nowMs()).toISOString(),
  nowS: clock.nowS(),
  speed: clock.state().speed,
});

const changeOf = ({ set, advanceS, speed }: z.infer<typeof Input>): ClockChange => ({
  ...(set !== undefined && { setMs: Date.parse(set) }),
  ...(advanceS !== undefined && { advanceMs: advanceS * 1000 }),
  ...(speed !== undefined && { speed }),
});

export const clockRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: 'clock',
    summary: { zh: '虚拟时钟', en: 'the virtual clock' },
    handle: shown,
  },
  {
    method: 'POST',
    path: 'clock',
    summary: {
      zh: '设定、拨快（秒，可为负）或调速：1 为真实速度，0 为停住',
      en: 'sets it, moves it by seconds (also back), or changes its speed: 1 is real time, 0 stands still',
    },
    example: '{"advanceS": 604800}',
    async handle(emulator, { body }) {
      const report = await emulator.moveClock(changeOf(parseInput(Input, body)));
      return { ...shown(emulator), ...report };
    },
  },
];
