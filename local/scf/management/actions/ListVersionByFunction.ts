import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { functionMembers, Order, pageMembers } from '../schemas/names.ts';
import { beijingTime } from '../state/beijing-time.ts';
import { findFunction } from '../state/find.ts';
import type { Version } from '../state/function-record.ts';
import { pageOf, sorted } from '../state/page.ts';
import { settle } from '../state/settle.ts';

export const listVersionByFunction = manage({
  name: 'ListVersionByFunction',
  request: z.strictObject({
    ...functionMembers,
    ...pageMembers,
    Order: z.optional(Order),
    OrderBy: z.optional(z.enum(['AddTime', 'ModTime'])),
  }),
  publishedCodes: ['InvalidParameterValue.Order', 'ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  assumedCodes: ['InvalidParameterValue.OrderBy'],
  valueCodes: { Order: 'InvalidParameterValue.Order', OrderBy: 'InvalidParameterValue.OrderBy' },
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { latest, published } = fn.value;
    for (const version of [latest, ...published.values()]) settle(services, fn.value, version, true);
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

const addedMs = (version: Version) => version.addedMs;
const changedMs = (version: Version) => version.changedMs;

const viewOf = (version: Version) => ({
  Version: version.name,
  Description: version.description,
  AddTime: beijingTime(version.addedMs),
  ModTime: beijingTime(version.changedMs),
  Status: version.life.status,
});
