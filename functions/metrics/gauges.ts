/** What is measured, and how it is called for those who watch. */
import { codeStates } from '../../shared/codes/code.ts';
import { eventTypes } from '../../shared/delivery/event-types.ts';
import { catalogue } from '../../shared/errors.ts';
import { errorCodes } from '../../shared/essbasic/error-codes.ts';
import type { Figure, FigureName } from '../../shared/store/upkeep/figures.ts';
import { inLanguage, type Language, type Text } from '../../shared/text.ts';
import type { Gauge } from './open-metrics.ts';

interface Measure {
  name: string;
  help: Text;
  unit?: 'seconds';
  label?: string;
  /** Values that are always there, with 0 where nothing is counted; left out: one number. */
  values?: readonly string[];
  /** Another value of the label, where it is not one of ours to choose: so that no name from outside makes a series. */
  of?(label: string): string;
}

/** What is stored: that an organisation has no quota is a gauge of its own. */
const states = codeStates.filter((state) => state !== 'QuotaBlocked');
const timers = ['renewals', 'batches', 'notifications', 'events', 'deliveries'];

const measures: Readonly<Record<FigureName, Measure>> = {
  codes: {
    name: 'qianma_codes',
    help: { en: 'Codes by state', zh: '各状态的签署码数' },
    label: 'state',
    values: states,
  },
  codesExpiring: {
    name: 'qianma_codes_expiring_within_a_day',
    help: {
      en: 'Active codes whose generation expires within 24 hours',
      zh: '当前一代将在 24 小时内过期的有效签署码数',
    },
  },
  possibleOrphans: {
    name: 'qianma_possible_orphans',
    help: {
      en: 'QR codes that may live upstream without an owner',
      zh: '上游可能存在的无主二维码数',
    },
  },
  organizationsBlocked: {
    name: 'qianma_organizations_without_quota',
    help: { en: 'Organisations that have no contracts left', zh: '合同额度用尽的企业数' },
  },
  workWaiting: {
    name: 'qianma_work_waiting',
    help: { en: 'What is due and waits for a timer', zh: '到期待定时函数处理的数量' },
    label: 'work',
    values: timers,
  },
  workAge: {
    name: 'qianma_work_age_seconds',
    help: { en: 'For how long the oldest of it has been due', zh: '其中最早一项已到期多久' },
    unit: 'seconds',
    label: 'work',
    values: timers,
  },
  deliveries: {
    name: 'qianma_deliveries',
    help: {
      en: 'Deliveries of events that have not arrived: pending, or dead and to be replayed',
      zh: '尚未送达的事件投递数：pending 待送，dead 已放弃、可重放',
    },
    label: 'state',
    values: ['pending', 'dead'],
  },
  usesToday: {
    name: 'qianma_uses_today',
    help: { en: 'Contracts that were started since midnight UTC', zh: '自 UTC 零点起发起的合同数' },
  },
  eventsOfDay: {
    name: 'qianma_events_last_day',
    help: { en: 'What happened in the last 24 hours, by type of event', zh: '最近 24 小时的各类事件数' },
    label: 'type',
    values: eventTypes,
  },
  notificationsOfDay: {
    name: 'qianma_notifications_last_day',
    help: {
      en: 'Notifications of the last 24 hours by what became of them',
      zh: '最近 24 小时收到的回调数，按处理结果',
    },
    label: 'outcome',
    values: ['applied', 'kept', 'pending', 'failed'],
  },
  rejectionsOfDay: {
    name: 'qianma_notifications_rejected_last_day',
    help: {
      en: 'Requests to the callback-handler that were turned away in the last 24 hours, by verdict',
      zh: '最近 24 小时被拒绝的回调请求数，按原因',
    },
    label: 'verdict',
    values: [],
  },
  refusalsOfDay: {
    name: 'qianma_upstream_refusals_last_day',
    help: {
      en: 'Creates and cancels that failed for good in the last 24 hours, by code',
      zh: '最近 24 小时最终失败的创建与作废数，按错误码',
    },
    label: 'code',
    values: [],
    of: (code) => (Object.hasOwn(errorCodes, code) || Object.hasOwn(catalogue, code) ? code : 'other'),
  },
};

/** What was counted as gauges, in the order above. */
export function gaugesOf(figures: readonly Figure[], language: Language): Gauge[] {
  // Object.entries forgets that its strings are the keys.
  return (Object.entries(measures) as [FigureName, Measure][]).map(([figure, measure]) => {
    const { name, help, unit, label, values = [''], of = (value: string) => value } = measure;
    const samples = new Map(values.map((value) => [value, 0]));
    for (const found of figures.filter((one) => one.figure === figure)) {
      const value = of(found.label);
      samples.set(value, (samples.get(value) ?? 0) + found.value);
    }
    return {
      name,
      help: inLanguage(help, language),
      samples,
      ...(unit && { unit }),
      ...(label && { label }),
    };
  });
}
