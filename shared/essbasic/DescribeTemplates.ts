import * as z from 'zod/mini';
import type { Action, RequestOf, ResponseOf } from './action.ts';
import { api } from './api.ts';
import { ActingAgent } from './structs/Agent.ts';
import { TemplateInfo } from './structs/TemplateInfo.ts';
import { UserInfo } from './structs/UserInfo.ts';

/** What a `Limit` of zero means is not documented; it is assumed to mean "not set", as in the counts of a create. */
export const limits = {
  Limit: { default: 20, max: 100 },
  Offset: { default: 0, max: 20_000 },
  TemplateIds: { maxItems: 100 },
  TemplateName: { maxLength: 200 },
} as const;

export const request = z.strictObject({
  Agent: ActingAgent,
  TemplateId: z.optional(z.string()),
  ContentType: z.optional(z.int().check(z.minimum(0), z.maximum(1))),
  TemplateIds: z.optional(z.array(z.string()).check(z.maxLength(limits.TemplateIds.maxItems))),
  Limit: z.optional(z.int().check(z.minimum(0), z.maximum(limits.Limit.max))),
  Offset: z.optional(z.int().check(z.minimum(0), z.maximum(limits.Offset.max))),
  TemplateName: z.optional(z.string().check(z.maxLength(limits.TemplateName.maxLength))),
  ChannelTemplateId: z.optional(z.string()),
  QueryAllComponents: z.optional(z.boolean()),
  WithPreviewUrl: z.optional(z.boolean()),
  ShowPreviewComponents: z.optional(z.boolean()),
  WithPdfUrl: z.optional(z.boolean()),
  Operator: z.optional(UserInfo),
  UserFlowTypeId: z.optional(z.string()),
});

export const response = z.looseObject({
  Templates: z.optional(z.array(TemplateInfo)),
  TotalCount: z.optional(z.int()),
  Limit: z.optional(z.int()),
  Offset: z.optional(z.int()),
});

export const DescribeTemplates = {
  name: 'DescribeTemplates',
  request,
  response,
  requestsPerSecond: api.requestsPerSecond,
  repeatable: true,
} as const satisfies Action;

export type DescribeTemplatesRequest = RequestOf<typeof DescribeTemplates>;
export type DescribeTemplatesResponse = ResponseOf<typeof DescribeTemplates>;
