import * as z from 'zod/mini';

/** A field of a template, to be filled in or to be signed. Sizes and positions are in points. */
export const Component = z.looseObject({
  ComponentId: z.optional(z.string()),
  ComponentType: z.optional(z.string()),
  ComponentName: z.optional(z.string()),
  ComponentRequired: z.optional(z.boolean()),
  ComponentRecipientId: z.optional(z.string()),
  FileIndex: z.optional(z.int()),
  GenerateMode: z.optional(z.string()),
  ComponentWidth: z.optional(z.number()),
  ComponentHeight: z.optional(z.number()),
  ComponentPage: z.optional(z.int()),
  ComponentPosX: z.optional(z.number()),
  ComponentPosY: z.optional(z.number()),
  ComponentExtra: z.optional(z.string()),
  ComponentValue: z.optional(z.string()),
  ComponentDateFontSize: z.optional(z.int()),
  DocumentId: z.optional(z.string()),
  ComponentDescription: z.optional(z.string()),
  OffsetX: z.optional(z.number()),
  OffsetY: z.optional(z.number()),
  ChannelComponentId: z.optional(z.string()),
  KeywordOrder: z.optional(z.string()),
  KeywordPage: z.optional(z.int()),
  RelativeLocation: z.optional(z.string()),
  KeywordIndexes: z.optional(z.array(z.int())),
  Placeholder: z.optional(z.string()),
  LockComponentValue: z.optional(z.boolean()),
  ForbidMoveAndDelete: z.optional(z.boolean()),
});
export type Component = z.infer<typeof Component>;
