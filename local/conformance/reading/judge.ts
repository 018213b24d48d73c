import type { Member, Objection, Reading, Rule, Source } from './rule.ts';

/** What a case was made with: the names that stand for what an account has, and when it is sent. */
export interface Circumstances {
  /** What the account has, by name. */
  places: Readonly<Record<string, string>>;
  /** Unix seconds. */
  nowS: number;
}

const secondsPerDay = 86_400;

/** 参数错误（包括参数格式、类型等错误）, and what the actions publish for a wrong value. */
const codes = {
  missing: ['MissingParameter'],
  // 未知参数错误，用户多传未定义的参数会导致错误.
  unknown: ['UnknownParameter'],
  type: ['InvalidParameter'],
  value: ['InvalidParameter', 'InvalidParameter.ParamError', 'InvalidParameterValue'],
} as const;

/** Everything that the documents have against a request. None: it has to be accepted. */
export function objectionsTo(
  { request }: Reading,
  body: Readonly<Record<string, unknown>>,
  circumstances: Circumstances,
): Objection[] {
  return toStruct(request, body, '', circumstances);
}

function toStruct(
  members: Readonly<Record<string, Member>>,
  value: object,
  path: string,
  circumstances: Circumstances,
): Objection[] {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  // Whether an unknown member is refused by this product, no page of it says.
  const unknown = Object.keys(value)
    .filter((name) => !Object.hasOwn(members, name))
    .map((name) => ({ path: at(name), codes: codes.unknown, source: 'common-codes' as const }));
  const known = Object.entries(members).flatMap(([name, member]) => {
    const given: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    return toMember(member, given, at(name), circumstances);
  });
  return [...unknown, ...known];
}

function toMember(member: Member, value: unknown, path: string, circumstances: Circumstances): Objection[] {
  if (value === undefined)
    return member.isNeeded ? [{ path, codes: codes.missing, source: member.source }] : [];
  const found = toValue(member, value, path, circumstances).map((objection) =>
    objection.codes === codes.value && member.finer && objection.path === path
      ? { ...objection, codes: [...codes.value, ...member.finer] }
      : objection,
  );
  if (found.length > 0) return found;
  // An empty text where one is needed: assumed to be as good as none, or a wrong value.
  if (member.isNeeded && value === '')
    return [{ path, codes: [...codes.missing, ...codes.value], source: 'assumed' }];
  const { known } = member;
  if (known === undefined || value === circumstances.places[known.as]) return [];
  return [{ path, codes: known.codes, source: known.source }];
}

function toValue(rule: Rule, value: unknown, path: string, circumstances: Circumstances): Objection[] {
  // What a null is, no page says: assumed to be of the wrong type like any other.
  const mistyped = [
    { path, codes: codes.type, source: value === null ? ('assumed' as const) : ('common-codes' as const) },
  ];
  switch (rule.kind) {
    case 'text':
      return typeof value === 'string' ? toText(rule, value, path) : mistyped;
    case 'whole':
      return isWhole(value) ? toWhole(rule, value, path, circumstances) : mistyped;
    case 'flag':
      return typeof value === 'boolean' ? [] : mistyped;
    case 'list':
      if (!Array.isArray(value)) return mistyped;
      return [
        ...(value.length > (rule.most ?? Number.POSITIVE_INFINITY) ? [wrongValue(path, 'page')] : []),
        ...value.flatMap((item, index) => toValue(rule.each, item, `${path}.${index}`, circumstances)),
      ];
    case 'struct':
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return mistyped;
      return toStruct(rule.members, value, path, circumstances);
  }
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

type RuleOf<Kind extends Rule['kind']> = Extract<Rule, { kind: Kind }>;

/** Characters are counted as Unicode code points: no page says how. An empty text has no form. */
function toText({ most, values, form }: RuleOf<'text'>, value: string, path: string): Objection[] {
  const isLong = [...value].length > (most ?? Number.POSITIVE_INFINITY);
  const isOdd =
    value !== '' && ((values !== undefined && !values.includes(value)) || form?.test(value) === false);
  const isVoidInList = value === '' && values !== undefined && /\.\d+$/.test(path);
  if (!isLong && !isOdd && !isVoidInList) return [];
  return [wrongValue(path, isLong ? 'page' : 'sibling')];
}

function toWhole(
  { least, most, mostDaysAhead }: RuleOf<'whole'>,
  value: number,
  path: string,
  { nowS }: Circumstances,
): Objection[] {
  if (value < (least ?? Number.NEGATIVE_INFINITY)) return [wrongValue(path, 'assumed')];
  if (value > (most ?? Number.POSITIVE_INFINITY)) return [wrongValue(path, 'page')];
  if (mostDaysAhead === undefined || value === 0) return [];
  if (value <= nowS) return [wrongValue(path, 'assumed')];
  return value > nowS + mostDaysAhead * secondsPerDay ? [wrongValue(path, 'page')] : [];
}

const wrongValue = (path: string, source: Source): Objection => ({ path, codes: codes.value, source });
