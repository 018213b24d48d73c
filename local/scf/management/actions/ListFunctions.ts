import * as z from 'zod/mini';
import type { Refusal } from '../../../essbasic/gateway/outcome.ts';
import { manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Order, pageMembers } from '../schemas/names.ts';
import { Filter } from '../schemas/structs.ts';
import { defaultNamespace } from '../state/account.ts';
import type { FunctionRecord } from '../state/function-record.ts';
import { listedView } from '../state/function-view.ts';
import { pageOf, sorted } from '../state/page.ts';
import { settle } from '../state/settle.ts';

/** What can be filtered by, beside `tag-<name>`; each matches where one of the values does. */
const filters: Readonly<Record<string, (fn: FunctionRecord) => string>> = {
  Status: ({ latest }) => latest.life.status,
  Runtime: ({ runtime }) => runtime,
  Type: () => 'Event',
  Role: ({ latest }) => latest.content.configuration.Role,
  VpcId: ({ latest }) => latest.content.configuration.VpcConfig.VpcId,
  SubnetId: ({ latest }) => latest.content.configuration.VpcConfig.SubnetId,
  ClsTopicId: ({ latest }) => latest.content.configuration.ClsTopicId,
  ClsLogsetId: ({ latest }) => latest.content.configuration.ClsLogsetId,
  PublicNetStatus: ({ latest }) => latest.content.configuration.PublicNetConfig.PublicNetStatus,
  AsyncRunEnable: ({ asyncRunEnable }) => asyncRunEnable,
  TraceEnable: ({ traceEnable }) => traceEnable,
};

const orders = {
  AddTime: (fn: FunctionRecord) => fn.addedMs,
  ModTime: (fn: FunctionRecord) => fn.changedMs,
  FunctionName: (fn: FunctionRecord) => fn.name,
};

export const listFunctions = manage({
  name: 'ListFunctions',
  request: z.strictObject({
    ...pageMembers,
    Order: z.optional(Order),
    Orderby: z.optional(z.enum(['AddTime', 'ModTime', 'FunctionName'])),
    SearchKey: z.optional(z.string()),
    Namespace: z.optional(z.string()),
    Description: z.optional(z.string()),
    Filters: z.optional(z.array(Filter).check(z.maxLength(10))),
  }),
  publishedCodes: [
    'InvalidParameterValue.Limit',
    'InvalidParameterValue.Offset',
    'InvalidParameterValue.Order',
    'ResourceNotFound.Namespace',
  ],
  assumedCodes: ['InvalidParameterValue.Filters', 'InvalidParameterValue.OrderBy'],
  valueCodes: {
    Limit: 'InvalidParameterValue.Limit',
    Offset: 'InvalidParameterValue.Offset',
    Order: 'InvalidParameterValue.Order',
    Orderby: 'InvalidParameterValue.OrderBy',
    Filters: 'InvalidParameterValue.Filters',
  },
  handle(asked, services) {
    const { Namespace = defaultNamespace, Orderby = 'ModTime', Filters = [] } = asked;
    const { account } = services;
    if (!account.namespaces.has(Namespace)) return refuse('ResourceNotFound.Namespace', Namespace);
    const unknown = refusalOfFilters(Filters);
    if (unknown !== undefined) return unknown;
    for (const fn of [...account.functions.values()]) settle(services, fn, fn.latest, true);
    const listed = [...account.functions.values()].filter(
      (fn) =>
        fn.namespace === Namespace &&
        fn.name.includes(asked.SearchKey ?? '') &&
        fn.latest.content.configuration.Description.includes(asked.Description ?? '') &&
        Filters.every((filter) => matches(fn, filter)),
    );
    const functions = pageOf(sorted(listed, orders[Orderby], asked.Order), asked).map(listedView);
    return { ok: true, response: { Functions: functions, TotalCount: listed.length } };
  },
});

const isKnown = (name: string) => Object.hasOwn(filters, name) || name.startsWith('tag-');

function refusalOfFilters(asked: readonly Filter[]): Refusal | undefined {
  const unknown = asked.find(({ Name }) => !isKnown(Name));
  return unknown && refuse('InvalidParameterValue.Filters', unknown.Name);
}

function matches(fn: FunctionRecord, { Name, Values }: Filter): boolean {
  const value = filters[Name];
  if (value !== undefined) return Values.includes(value(fn));
  return fn.tags.some(({ Key, Value }) => Name === `tag-${Key}` && Values.includes(Value));
}
