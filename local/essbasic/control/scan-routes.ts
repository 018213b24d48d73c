import * as z from 'zod/mini';
import { ApproverRestriction } from '../../../shared/essbasic/structs/ApproverRestriction.ts';
import { schemaError } from '../../../shared/text.ts';
import { isPostable } from '../callbacks/callback-settings.ts';
import { parseInput } from '../parse-input.ts';
import { Crowd } from '../state/crowd.ts';
import type { ControlRoute } from './control-route.ts';

const OneAfterTheOther = z.strictObject({
  QrCodeId: z.string(),
  count: z.optional(z.int().check(z.minimum(1), z.maximum(10_000))),
  person: z.optional(ApproverRestriction),
});
const link = z
  .string()
  .check(
    z.refine(isPostable, schemaError({ zh: '须为 http 或 https 地址', en: 'must be an http or https URL' })),
  );
const InTime = z
  .extend(Crowd(), { QrCodeId: z.optional(z.string()), link: z.optional(link) })
  .check(
    z.refine(
      (input) => (input.QrCodeId === undefined) !== (input.link === undefined),
      schemaError({ zh: '须有 QrCodeId 或 link 之一', en: 'needs QrCodeId or link' }),
    ),
  );

const isCrowd = (body: unknown) => typeof body === 'object' && body !== null && 'people' in body;

export const scanRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: 'scan',
    summary: {
      zh: '扫码并发起合同：检查有效期、份数、额度、模板及指定签署人，并发送通知。count 与 person 立即扫码；people（人数或名单）在 overS 秒（虚拟时间）内陆续扫码，duplicates 为再扫一次的比例，signing 为其后签署、拒签、撤回的比例，以 link（海报上的稳定链接）代替 QrCodeId 则各人届时打开链接；相同 seed 结果相同',
      en: 'scans a code and starts contracts: time, number, quota, template and permitted people are checked, notifications are sent. With count and person at once; with people (a number of made-up ones, or a list) over overS seconds of the virtual clock, where duplicates is the share that scans again and signing the shares that sign, reject or cancel; with link, the stable link of a poster, in place of QrCodeId each opens the link when the time comes; the same seed does the same',
    },
    example:
      '{"QrCodeId": "yD…", "people": 200, "overS": 86400, "duplicates": 0.05, "seed": 7, "signing": {"sign": 0.8, "reject": 0.1, "withinS": 3600}}',
    handle(emulator, { body }) {
      if (isCrowd(body)) {
        const { QrCodeId = '', link, ...crowd } = parseInput(InTime, body);
        const scanned = link === undefined ? QrCodeId : { link };
        const { firstMs, lastMs, ...report } = emulator.crowd(scanned, crowd);
        return { ...report, first: rfc3339(firstMs), last: rfc3339(lastMs) };
      }
      const { QrCodeId, count, person } = parseInput(OneAfterTheOther, body);
      return emulator.scan(QrCodeId, {
        ...(count !== undefined && { count }),
        ...(person !== undefined && { person }),
      });
    },
  },
  {
    method: 'GET',
    path: 'scan',
    summary: {
      zh: '实情：各签署码与企业已发起、已完成、已终止的合同数，因额度不足的失败次数，以及额度不足的时段',
      en: 'what has really happened: contracts started, completed and ended, by code and by organisation, failures for lack of quota, and the times during which it was lacking',
    },
    handle(emulator) {
      const { codes, organisations } = emulator.truth();
      return {
        codes,
        organisations: organisations.map(({ blocks, ...rest }) => ({
          ...rest,
          blocks: blocks.map(({ fromMs, untilMs }) => ({
            from: rfc3339(fromMs),
            ...(untilMs !== undefined && { until: rfc3339(untilMs) }),
          })),
        })),
      };
    },
  },
];

const rfc3339 = (ms: number) => new Date(ms).toISOString();
