import * as z from 'zod/mini';
import { parseInput } from '../parse-input.ts';
import { Signing } from '../state/crowd.ts';
import { contractActNames } from '../state/sign.ts';
import type { ControlRoute } from './control-route.ts';

const One = z.strictObject({
  FlowId: z.string(),
  /** Signs unless something else is said. */
  act: z._default(z.enum(contractActNames), 'sign'),
  /** For `sign`: only the next party. */
  party: z._default(z.enum(['next', 'all']), 'all'),
});
const Undecided = z.strictObject({
  QrCodeId: z.string(),
  signing: Signing(),
  seed: z.optional(z.int().check(z.minimum(0), z.maximum(2 ** 32 - 1))),
});

const Query = z.strictObject({
  QrCodeId: z.optional(z.string()),
  limit: z._default(z.string().check(z.regex(/^\d{1,5}$/)), '100'),
});

const isEverybody = (body: unknown) => typeof body === 'object' && body !== null && 'QrCodeId' in body;

export const signRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: 'sign',
    summary: {
      zh: '签署：对一份合同（FlowId）立即签署（party 为 next 时仅下一方）、拒签、过期、撤回、失效或解除；或按比例决定一个签署码（QrCodeId）下全部未结合同，分布在 withinS 秒（虚拟时间）内。发送 FlowStatusChange',
      en: 'signs a contract (FlowId) at once, with party next only by its next party, or does something else to it: reject, expire, cancel, invalidate, relieve; or decides, in shares and within withinS seconds of the virtual clock, about all open contracts of a code (QrCodeId). FlowStatusChange is sent',
    },
    example: '{"QrCodeId": "yD…", "signing": {"sign": 0.9, "reject": 0.05, "cancel": 0.05, "withinS": 3600}}',
    handle({ contracts }, { body }) {
      if (isEverybody(body)) {
        const { QrCodeId, signing, seed } = parseInput(Undecided, body);
        return { decided: contracts.signing(QrCodeId, signing, seed) };
      }
      const { FlowId, act, party } = parseInput(One, body);
      return contracts.act(FlowId, act, party === 'all');
    },
  },
  {
    method: 'GET',
    path: 'sign',
    summary: {
      zh: '合同，含签署方与扫码人；可按 ?QrCodeId=、?limit= 筛选',
      en: 'contracts with their parties and who scanned; narrowed by ?QrCodeId= and ?limit=',
    },
    example: '?QrCodeId=yD…&limit=10',
    handle({ contracts }, { query }) {
      const { QrCodeId, limit } = parseInput(Query, query);
      const all = contracts.list(QrCodeId);
      return { total: all.length, contracts: Number(limit) === 0 ? [] : all.slice(-Number(limit)) };
    },
  },
];
