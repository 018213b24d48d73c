import * as z from 'zod/mini';
import { ApproverRestriction } from '../../../shared/contract/structs/ApproverRestriction.ts';
import { parseInput } from '../parse-input.ts';
import type { ControlRoute } from './control-route.ts';

const Input = z.strictObject({
  QrCodeId: z.string(),
  count: z.optional(z.int().check(z.minimum(1), z.maximum(10_000))),
  person: z.optional(ApproverRestriction),
});

export const scanRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: 'scan',
    summary: {
      zh: '扫码并发起合同：检查有效期、份数、额度及指定签署人；不发送通知',
      en: 'scans a code and starts contracts: time, number, quota and permitted people are checked; no notification is sent',
    },
    example: '{"QrCodeId": "yD…", "count": 3, "person": {"Name": "…", "Mobile": "…"}}',
    handle(emulator, { body }) {
      const { QrCodeId, count, person } = parseInput(Input, body);
      return emulator.scan(QrCodeId, {
        ...(count !== undefined && { count }),
        ...(person !== undefined && { person }),
      });
    },
  },
];
