import * as z from 'zod/mini';
import { parseInput } from '../parse-input.ts';
import { Application, Organisation, OwnedTemplate, SignCode } from './entities.ts';
import { latestMs } from './virtual-clock.ts';

const time = z.number().check(z.minimum(0), z.maximum(latestMs));
const random = z.int().check(z.minimum(0), z.maximum(2 ** 32 - 1));

/** What a snapshot holds. People who may scan are in it by name: it is for the machine that it was taken on. */
export const Snapshot = z.strictObject({
  version: z.literal(1),
  clock: z.strictObject({ nowMs: time, atRealMs: time, speed: z.number().check(z.minimum(0)) }),
  random: z.strictObject({ ids: random, requests: random, faults: random }),
  applications: z.array(Application),
  organisations: z.array(Organisation),
  templates: z.array(OwnedTemplate),
  codes: z.array(SignCode),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** @throws {Failure} `InvalidRequest` with every problem. */
export const parseSnapshot = (value: unknown): Snapshot => parseInput(Snapshot, value);
