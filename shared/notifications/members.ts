/** One value of a message, wherever it stands in it. */
export interface Member {
  /** Of the object that holds it, or of the list that it is in; empty at the top. */
  readonly name: string;
  /** The same by {@link plainName}. */
  readonly plain: string;
  readonly value: string | number | boolean;
}

/** More than any message of upstream is known to have: what lies beyond is not looked at. */
const deepest = 12;
const most = 2_000;

/** A text that holds a message: some of upstream's receivers were seen to get `MsgData` so. Characters. */
const longestInnerText = 200_000;

/**
 * Every value of a message, those nearer to its top first. The shape of the messages about QR codes is not published,
 * so nothing is expected of it.
 */
export function membersOf(data: unknown): Member[] {
  const members: Member[] = [];
  let level: { name: string; value: unknown }[] = [{ name: '', value: data }];
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    const next: typeof level = [];
    for (const { name, value } of level) {
      if (members.length + next.length >= most) break;
      const inner = typeof value === 'string' ? parsed(value) : value;
      if (typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean') {
        members.push({ name, plain: plainName(name), value: inner });
      } else if (Array.isArray(inner)) {
        for (const item of inner.slice(0, most)) next.push({ name, value: item });
      } else if (typeof inner === 'object' && inner !== null) {
        for (const [key, item] of Object.entries(inner)) next.push({ name: key, value: item });
      }
    }
    level = next;
  }
  return members;
}

/** What a text holds that is an object or a list itself; any other text as it is. */
function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || text.length > longestInnerText) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `flow_id`, `flowId` and `FlowId` are one name. */
export function plainName(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase();
}

/** The first value under one of the names, in the order of the names, however they are spelled. */
export function firstOf<T extends Member['value']>(
  members: readonly Member[],
  names: readonly string[],
  accept: (value: Member['value']) => value is T,
): { name: string; value: T } | undefined {
  for (const wanted of names) {
    const known = plainName(wanted);
    for (const { name, plain, value } of members) {
      if (plain === known && accept(value)) return { name, value };
    }
  }
  return undefined;
}

/** Is it a text with something in it, and nothing that a database refuses or a reader cannot see? */
export function isText(value: Member['value']): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/[\p{Cc}\p{Cs}]/u.test(value);
}
