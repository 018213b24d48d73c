/** What can be done to each member of a request, as the contract describes it. */
import * as z from 'zod/mini';

/** A change of one member of a request. */
export interface Variant {
  /** Names and indexes that lead to the member. */
  path: readonly (string | number)[];
  /** In one word and a value: `null`, `wrong-type`, `longest`. */
  condition: string;
  /** Undefined: the member is left out. `{ $inSeconds }`: a time, by when the case is sent. */
  value: unknown;
}

type Schema = z.core.JSONSchema.BaseSchema;

const ofAnotherType: Readonly<Record<string, readonly unknown[]>> = {
  string: [7, true, [], {}],
  integer: ['7', 7.5, true, [], {}],
  boolean: ['true', 1, [], {}],
  array: ['x', 7, {}],
  object: ['x', 7, []],
};

/** Texts that Unicode makes long in bytes or in units, and not in characters. */
const letters = ['a', '签', '𠮷'];

/** Variants of each member of a request of an action, in the order of the contract. */
export function variantsOf(request: z.ZodMiniType, base: unknown): Variant[] {
  const schema = z.toJSONSchema(request, { io: 'input', target: 'draft-2020-12' });
  return membersOf(schema, base, []);
}

function membersOf(schema: Schema, base: unknown, path: Variant['path']): Variant[] {
  if (schema.type === 'array') {
    const [first] = Array.isArray(base) ? base : [];
    const each = schema.items as Schema; // what a list of the contract holds has one schema
    return [...ofValue(each, [...path, 0]), ...membersOf(each, first, [...path, 0])];
  }
  const properties = Object.entries(schema.properties ?? {}) as [string, Schema][]; // no property is `true`
  const unknown =
    schema.type === 'object' ? [{ path: [...path, 'Unexpected'], condition: 'unknown', value: 1 }] : [];
  return [
    ...unknown,
    ...properties.flatMap(([name, member]) => [
      { path: [...path, name], condition: 'absent', value: undefined },
      ...ofValue(member, [...path, name]),
      ...membersOf(member, Reflect.get(Object(base), name), [...path, name]),
    ]),
  ];
}

function ofValue(schema: Schema, path: Variant['path']): Variant[] {
  const variant = (condition: string) => (value: unknown) => ({ path, condition, value });
  const type = String(schema.type ?? 'string');
  return [
    variant('null')(null),
    ...(ofAnotherType[type] ?? []).map(variant('wrong-type')),
    ...(type === 'string' ? ofText(schema, path) : []),
    ...(type === 'integer' ? ofWhole(schema, path) : []),
    ...(type === 'boolean' ? [true, false].map(variant('value')) : []),
    ...(type === 'array' ? ofList(schema, path) : []),
    ...(type === 'object' ? [variant('empty')({})] : []),
  ];
}

function ofText({ enum: values, maxLength }: Schema, path: Variant['path']): Variant[] {
  const variant = (condition: string, value: unknown) => ({ path, condition, value });
  return [
    variant('empty', ''),
    variant('other', 'x'),
    ...(values ?? []).map((value) => variant('value', value)),
    ...(maxLength === undefined
      ? []
      : letters.flatMap((letter) => [
          variant('longest', letter.repeat(maxLength)),
          variant('too-long', letter.repeat(maxLength + 1)),
        ])),
  ];
}

function ofWhole({ minimum = 0, maximum }: Schema, path: Variant['path']): Variant[] {
  const least = minimum < -1e9 ? 0 : minimum;
  const most = maximum === undefined || maximum > 1e9 ? undefined : maximum;
  const variant = (condition: string) => (value: unknown) => ({ path, condition, value });
  return [
    ...[least, least + 1].map(variant('least')),
    ...[least - 1, -2_147_483_648].map(variant('too-small')),
    ...(most === undefined ? [1_000_000].map(variant('large')) : [most - 1, most].map(variant('most'))),
    ...(most === undefined ? [] : [most + 1, 2_147_483_647].map(variant('too-large'))),
    // A time of Unix seconds, around now and around the farthest that is allowed.
    ...(path.at(-1) === 'QrCodeExpiredOn'
      ? [-60, 3600, 364 * 86_400, 366 * 86_400].map(inSeconds).map(variant('time'))
      : []),
  ];
}

/** A time, relative to when the case is sent. */
const inSeconds = (seconds: number) => ({ $inSeconds: seconds });

function ofList({ items, maxItems }: Schema, path: Variant['path']): Variant[] {
  const variant = (condition: string, value: unknown) => ({ path, condition, value });
  const filled = (count: number) => Array.from({ length: count }, () => 'x');
  return [
    variant('empty', []),
    ...(maxItems === undefined || (items as Schema).type !== 'string'
      ? []
      : [variant('most', filled(maxItems)), variant('too-many', filled(maxItems + 1))]),
  ];
}
