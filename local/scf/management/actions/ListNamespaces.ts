import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { Order, pageMembers } from '../schemas/names.ts';
import { beijingTime } from '../state/beijing-time.ts';
import { pageOf, sorted } from '../state/page.ts';

const orders = {
  Name: ({ name }: { name: string }) => name,
  AddTime: ({ addedMs }: { addedMs: number }) => addedMs,
  UpdateTime: ({ changedMs }: { changedMs: number }) => changedMs,
};

export const listNamespaces = manage({
  name: 'ListNamespaces',
  request: z.strictObject({
    ...pageMembers,
    Orderby: z.optional(z.enum(['Name', 'AddTime', 'UpdateTime'])),
    Order: z.optional(Order),
    SearchKey: z.optional(z.array(z.strictObject({ Key: z.string(), Value: z.string() }))),
  }),
  publishedCodes: ['InvalidParameterValue.Order'],
  valueCodes: { Order: 'InvalidParameterValue.Order' },
  handle(asked, { account }) {
    const all = sorted(
      [...account.namespaces.values()],
      orders[asked.Orderby ?? 'Name'],
      asked.Order ?? 'ASC',
    );
    const namespaces = pageOf(all, asked).map(({ name, description, addedMs, changedMs }) => ({
      Name: name,
      Description: description,
      Type: name === 'default' ? 'default' : 'custom',
      AddTime: beijingTime(addedMs),
      ModTime: beijingTime(changedMs),
    }));
    return { ok: true, response: { Namespaces: namespaces, TotalCount: all.length } };
  },
});
