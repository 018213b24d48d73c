import * as z from 'zod/mini';
import { Component } from './Component.ts';
import { Recipient } from './Recipient.ts';
import { UserFlowType } from './UserFlowType.ts';

/** A template. Members that carry a list may be missing or null when only the list of templates was asked for. */
export const TemplateInfo = z.looseObject({
  TemplateId: z.string(),
  TemplateName: z.optional(z.string()),
  Description: z.optional(z.string()),
  /** Fill components: the initiator's alone, unless `QueryAllComponents` was set. */
  Components: z.optional(z.nullable(z.array(Component))),
  /** The parties that sign. */
  Recipients: z.optional(z.nullable(z.array(Recipient))),
  SignComponents: z.optional(z.nullable(z.array(Component))),
  /** 1: the initiating organisation signs by itself (静默签, 自动签, of late 授权签). 3: every party signs by hand. */
  TemplateType: z.optional(z.int()),
  IsPromoter: z.optional(z.boolean()),
  Creator: z.optional(z.string()),
  /** Unix seconds. */
  CreatedOn: z.optional(z.int()),
  /** Valid for 5 minutes. */
  PreviewUrl: z.optional(z.string()),
  /** Valid for 5 minutes. */
  PdfUrl: z.optional(z.string()),
  ChannelTemplateId: z.optional(z.string()),
  ChannelTemplateName: z.optional(z.string()),
  ChannelAutoSave: z.optional(z.int()),
  TemplateVersion: z.optional(z.string()),
  /** 1: enabled. 2: disabled. */
  Available: z.optional(z.int()),
  UserFlowType: z.optional(z.nullable(UserFlowType)),
});
export type TemplateInfo = z.infer<typeof TemplateInfo>;
