import * as z from 'zod/mini';
import { Failure } from '../../../shared/errors.ts';
import { FaultRule } from '../gateway/faults.ts';
import { parseInput } from '../parse-input.ts';
import type { ControlRoute } from './control-route.ts';

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
    handle: ({ faults }, { body }) => faults.add(parseInput(FaultRule, body)),
  },
  {
    method: 'DELETE',
    path: 'faults',
    summary: { zh: '移除一条（?id=）或全部', en: 'removes one (?id=), or all' },
    handle({ faults }, { query }) {
      const { id } = parseInput(Query, query);
      if (id === undefined) faults.clear();
      else if (!faults.remove(Number(id)))
        throw new Failure('NotFound', { detail: `There is no fault ${id}` });
      return faults.list();
    },
  },
];
