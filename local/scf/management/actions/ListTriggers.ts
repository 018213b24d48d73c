import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers, Order, pageMembers } from '../schemas/names.ts';
import { Filter } from '../schemas/structs.ts';
import { findFunction } from '../state/find.ts';
import type { TriggerRecord } from '../state/function-record.ts';
import { pageOf, sorted } from '../state/page.ts';
import { countLook, listedTriggerView } from '../state/trigger-view.ts';

const filters: Readonly<Record<string, (trigger: TriggerRecord) => string>> = {
  Qualifier: ({ qualifier }) => qualifier,
  TriggerName: ({ name }) => name,
  Type: ({ type }) => type,
  Description: ({ description }) => description,
};

export const listTriggers = manage({
  name: 'ListTriggers',
  request: z.strictObject({
    ...functionMembers,
    ...pageMembers,
    OrderBy: z.optional(z.enum(['add_time', 'mod_time'])),
    Order: z.optional(Order),
    Filters: z.optional(z.array(Filter)),
  }),
  publishedCodes: ['InvalidParameterValue.Filters', 'InvalidParameterValue.Order'],
  assumedCodes: ['InvalidParameterValue.OrderBy', 'ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  valueCodes: {
    Filters: 'InvalidParameterValue.Filters',
    Order: 'InvalidParameterValue.Order',
    OrderBy: 'InvalidParameterValue.OrderBy',
  },
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { Filters = [], OrderBy = 'mod_time' } = asked;
    const unknown = Filters.find(({ Name }) => !Object.hasOwn(filters, Name));
    if (unknown !== undefined) return refuse('InvalidParameterValue.Filters', unknown.Name);
    const listed = fn.value.triggers.filter((trigger) =>
      Filters.every(({ Name, Values }) => Values.includes(filters[Name]?.(trigger) ?? '')),
    );
    const by = OrderBy === 'add_time' ? addedMs : changedMs;
    const page = pageOf(sorted(listed, by, asked.Order), asked);
    const views = page.map((trigger) => listedTriggerView(services, fn.value, trigger));
    for (const trigger of page) countLook(trigger);
    return { ok: true, response: { TotalCount: listed.length, Triggers: views } };
  },
});

const addedMs = (trigger: TriggerRecord) => trigger.addedMs;
const changedMs = (trigger: TriggerRecord) => trigger.changedMs;
