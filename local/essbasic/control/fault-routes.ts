import * as z from 'zod/mini';
import { Failure } from '../../../shared/errors.ts';
import { schemaError } from '../../../shared/text.ts';
import type { FaultRule } from '../../cloud-api/faults.ts';
import { parseInput } from '../parse-input.ts';
import type { ControlRoute } from './control-route.ts';

/** A rule as it is written; what its members mean stands in `FaultRule`. */
const Input = z
  .strictObject({
    action: z.optional(z.string()),
    code: z.optional(z.string().check(z.regex(/^[A-Za-z]{1,64}(?:\.[A-Za-z]{1,64})?$/))),
    message: z.optional(z.string().check(z.maxLength(500))),
    httpStatus: z.optional(z.int().check(z.minimum(400), z.maximum(599))),
    drop: z.optional(z.enum(['before', 'after'])),
    malformed: z.optional(z.literal(true)),
    afterEffect: z.optional(z.boolean()),
    latencyMs: z.optional(z.int().check(z.minimum(0), z.maximum(600_000))),
    probability: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
    count: z.optional(z.int().check(z.minimum(1))),
  })
  .check((payload) => {
    const { code, httpStatus, drop, malformed, latencyMs, message, afterEffect } = payload.value;
    const ends = [code, httpStatus, drop, malformed].filter((end) => end !== undefined).length;
    const complain = (zh: string, en: string) =>
      payload.issues.push({ code: 'custom', input: payload.value, message: schemaError({ zh, en }) });
    if (ends > 1)
      complain(
        'code、httpStatus、drop、malformed 只能有其一',
        'has more than one of code, httpStatus, drop and malformed',
      );
    if (ends === 0 && latencyMs === undefined) {
      complain(
        'code、httpStatus、drop、malformed、latencyMs 至少须有其一',
        'has none of code, httpStatus, drop, malformed and latencyMs',
      );
    }
    if (message !== undefined && code === undefined)
      complain('有 message 则须有 code', 'has a message but no code');
    if (afterEffect !== undefined && code === undefined && httpStatus === undefined) {
      complain('有 afterEffect 则须有 code 或 httpStatus', 'has afterEffect but neither code nor httpStatus');
    }
  });

const Query = z.strictObject({ id: z.optional(z.string().check(z.regex(/^\d{1,9}$/))) });

export const faultRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: 'faults',
    summary: { zh: '待触发的故障', en: 'the faults that lie in wait' },
    handle: ({ faults }) => faults.list(),
  },
  {
    method: 'POST',
    path: 'faults',
    summary: {
      zh: '添加故障：code、httpStatus、drop（before 或 after）、malformed 任取其一，可加 latencyMs；以 action、probability、count 限定；按添加顺序匹配',
      en: 'adds one: one of code, httpStatus, drop (before or after) and malformed, with or without latencyMs; narrowed by action, probability and count; matched in the order of adding',
    },
    example: '{"action": "ChannelCreateMultiFlowSignQRCode", "drop": "after", "count": 1}',
    handle: ({ faults }, { body }) => faults.add(parseInput(Input, body) satisfies FaultRule),
  },
  {
    method: 'DELETE',
    path: 'faults',
    summary: { zh: '移除一条（?id=）或全部', en: 'removes one (?id=), or all' },
    handle({ faults }, { query }) {
      const { id } = parseInput(Query, query);
      if (id === undefined) faults.clear();
      else if (!faults.remove(Number(id)))
        throw new Failure('NotFound', { detail: { zh: `没有故障 ${id}`, en: `There is no fault ${id}` } });
      return faults.list();
    },
  },
];
