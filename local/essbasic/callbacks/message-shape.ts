import * as z from 'zod/mini';
import { schemaError } from '../../../shared/text.ts';
import type { Json } from '../../cloud-api/merge-patch.ts';
import { once } from '../once.ts';
import flat from './shapes/flat.json' with { type: 'json' };
import minimal from './shapes/minimal.json' with { type: 'json' };
import nested from './shapes/nested.json' with { type: 'json' };

/** What a template may say of either QR-code message. */
const common = [
  'QrCodeId',
  'AppId',
  'ProxyOrganizationOpenId',
  'OrganizationId',
  'TemplateId',
  'FlowName',
  'Used',
  'MaxFlowNum',
  'Quota',
  'UserName',
  'UserMobile',
  'OccurTimeS',
  'OccurTimeMs',
] as const;

/** By message, what stands between braces as in `"{{QrCodeId}}"`. */
export const placeholders = {
  MultiFlowSignQrCodeCost: [...common, 'FlowId', 'UseCount', 'CreateOnS', 'CreateOnMs', 'DeadLineS'],
  CreateFlowByQrCode: [...common, 'Reason'],
  FlowStatusChange: ['FlowCallbackShowStatus', 'FlowCallbackStatus', 'QrCodeId', 'ProxyOrganizationOpenId'],
} as const;
export type ShapedType = keyof typeof placeholders;
export type Values<T extends ShapedType> = Readonly<
  Record<(typeof placeholders)[T][number], string | number>
>;

const pattern = /\{\{(\w+)\}\}/g;

function shapeOf(type: ShapedType) {
  const known = new Set<string>(placeholders[type]);
  return z.record(z.string(), z.json()).check(
    z.refine(
      (template) => [...JSON.stringify(template).matchAll(pattern)].every(([, name = '']) => known.has(name)),
      schemaError({
        zh: `可用的占位符为 ${placeholders[type].join('、')}`,
        en: `may hold the placeholders ${placeholders[type].join(', ')}`,
      }),
    ),
  );
}

/**
 * What the messages look like whose fields no document names: a template for each `MsgData`, and a JSON Merge Patch for
 * that of `FlowStatusChange`, whose fields are known of another kind of application only.
 */
export const MessageShape = once(() =>
  z.strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(64)),
    MsgVersion: z.string(),
    /** `MsgData` is a text that holds JSON. */
    dataAsText: z.optional(z.boolean()),
    MultiFlowSignQrCodeCost: shapeOf('MultiFlowSignQrCodeCost'),
    CreateFlowByQrCode: shapeOf('CreateFlowByQrCode'),
    FlowStatusChange: z.optional(shapeOf('FlowStatusChange')),
  }),
);
export type MessageShape = z.infer<ReturnType<typeof MessageShape>>;

/** Three that have little in common: a receiver that takes all of them relies on none. */
export const shippedShapes = { flat, nested, minimal } as const satisfies Record<string, MessageShape>;
export type ShippedShape = keyof typeof shippedShapes;

export const shippedShapeNames = Object.keys(shippedShapes) as ShippedShape[]; // its own keys

/** A text that is a placeholder becomes its value, a number as a number; within a longer text it is written out. */
export function fillIn(template: Json, values: Readonly<Record<string, string | number>>): Json {
  if (typeof template === 'string') {
    const whole = /^\{\{(\w+)\}\}$/.exec(template)?.[1];
    if (whole !== undefined) return values[whole] ?? '';
    return template.replace(pattern, (_, name: string) => String(values[name] ?? ''));
  }
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return template.map((item: Json) => fillIn(item, values));
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, fillIn(value, values)]));
}
