/** Lists, which come in pages. */
import * as z from 'zod/mini';
import type { Refusal } from '../../../cloud-api/outcome.ts';
import { manage, manageFunction } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Order, pageMembers } from '../schemas/names.ts';
import { Filter } from '../schemas/structs.ts';
import { defaultNamespace } from '../state/account.ts';
import { beijingTime } from '../state/beijing-time.ts';
import type { FunctionRecord, TriggerRecord, Version } from '../state/function-record.ts';
import { listedView } from '../state/function-view.ts';
import { pageOf, sorted } from '../state/page.ts';
import { settle } from '../state/settle.ts';
import { countLook, listedTriggerView } from '../state/trigger-view.ts';

/** What can be filtered by, beside `tag-<name>`; each matches where one of the values does. */
const functionFilters: Readonly<Record<string, (fn: FunctionRecord) => string>> = {
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

type Dated = Pick<Version, 'addedMs' | 'changedMs'>;
const addedMs = (one: Dated) => one.addedMs;
const changedMs = (one: Dated) => one.changedMs;

const orders = {
  AddTime: addedMs,
  ModTime: changedMs,
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
    if (Namespace !== defaultNamespace) return refuse('ResourceNotFound.Namespace', Namespace);
    const unknown = refusalOfFilters(Filters);
    if (unknown !== undefined) return unknown;
    for (const fn of [...account.functions.values()]) settle(services, fn, fn.latest, true);
    const listed = [...account.functions.values()].filter(
      (fn) =>
        fn.name.includes(asked.SearchKey ?? '') &&
        fn.latest.content.configuration.Description.includes(asked.Description ?? '') &&
        Filters.every((filter) => matches(fn, filter)),
    );
    const functions = pageOf(sorted(listed, orders[Orderby], asked.Order), asked).map(listedView);
    return { ok: true, response: { Functions: functions, TotalCount: listed.length } };
  },
});

const isKnown = (name: string) => Object.hasOwn(functionFilters, name) || name.startsWith('tag-');

function refusalOfFilters(asked: readonly Filter[]): Refusal | undefined {
  const unknown = asked.find(({ Name }) => !isKnown(Name));
  return unknown && refuse('InvalidParameterValue.Filters', unknown.Name);
}

function matches(fn: FunctionRecord, { Name, Values }: Filter): boolean {
  const value = functionFilters[Name];
  if (value !== undefined) return Values.includes(value(fn));
  return fn.tags.some(({ Key, Value }) => Name === `tag-${Key}` && Values.includes(Value));
}

const triggerFilters: Readonly<Record<string, (trigger: TriggerRecord) => string>> = {
  Qualifier: ({ qualifier }) => qualifier,
  TriggerName: ({ name }) => name,
  Type: ({ type }) => type,
  Description: ({ description }) => description,
};

export const listTriggers = manageFunction({
  name: 'ListTriggers',
  members: {
    ...pageMembers,
    OrderBy: z.optional(z.enum(['add_time', 'mod_time'])),
    Order: z.optional(Order),
    Filters: z.optional(z.array(Filter)),
  },
  publishedCodes: ['InvalidParameterValue.Filters', 'InvalidParameterValue.Order'],
  assumedCodes: ['InvalidParameterValue.OrderBy', 'ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  valueCodes: {
    Filters: 'InvalidParameterValue.Filters',
    Order: 'InvalidParameterValue.Order',
    OrderBy: 'InvalidParameterValue.OrderBy',
  },
  handle(asked, fn, services) {
    const { Filters = [], OrderBy = 'mod_time' } = asked;
    const unknown = Filters.find(({ Name }) => !Object.hasOwn(triggerFilters, Name));
    if (unknown !== undefined) return refuse('InvalidParameterValue.Filters', unknown.Name);
    const listed = fn.triggers.filter((trigger) =>
      Filters.every(({ Name, Values }) => Values.includes(triggerFilters[Name]?.(trigger) ?? '')),
    );
    const by = OrderBy === 'add_time' ? addedMs : changedMs;
    const page = pageOf(sorted(listed, by, asked.Order), asked);
    const views = page.map((trigger) => listedTriggerView(services, fn, trigger));
    for (const trigger of page) countLook(trigger);
    return { ok: true, response: { TotalCount: listed.length, Triggers: views } };
  },
});

export const listVersionByFunction = manageFunction({
  name: 'ListVersionByFunction',
  members: {
    ...pageMembers,
    Order: z.optional(Order),
    OrderBy: z.optional(z.enum(['AddTime', 'ModTime'])),
  },
  publishedCodes: ['InvalidParameterValue.Order', 'ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  assumedCodes: ['InvalidParameterValue.OrderBy'],
  valueCodes: { Order: 'InvalidParameterValue.Order', OrderBy: 'InvalidParameterValue.OrderBy' },
  handle(asked, fn, services) {
    const { latest, published } = fn;
    for (const version of [latest, ...published.values()]) settle(services, fn, version, true);
    const versions = [latest, ...published.values()];
    const by = asked.OrderBy === 'ModTime' ? changedMs : addedMs;
    const page = pageOf(sorted(versions, by, asked.Order), asked);
    return {
      ok: true,
      response: {
        FunctionVersion: page.map(({ name }) => name),
        Versions: page.map(viewOf),
        TotalCount: versions.length,
      },
    };
  },
});

const viewOf = (version: Version) => ({
  Version: version.name,
  Description: version.description,
  AddTime: beijingTime(version.addedMs),
  ModTime: beijingTime(version.changedMs),
  Status: version.life.status,
});
