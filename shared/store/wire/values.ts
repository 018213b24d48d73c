/** Values as the server writes and reads them, which is as text. */
import type { ParameterText } from './requests.ts';

/** Makes a value of its text. */
export type ReadValue = (text: string) => unknown;

const isTrue: ReadValue = (text) => text === 't';

/**
 * By OID (`pg_type.dat` of PostgreSQL). What is not here stays the text that it is: `bigint` and `numeric` do not fit
 * into a number, and statements ask for times as numbers.
 */
const elements: ReadonlyMap<number, ReadValue | undefined> = new Map<number, ReadValue | undefined>([
  [16, isTrue], // bool
  [20, undefined], // int8
  [21, Number], // int2
  [23, Number], // int4
  [25, undefined], // text
  [26, Number], // oid
  [114, JSON.parse], // json
  [700, Number], // float4
  [701, Number], // float8
  [1043, undefined], // varchar
  [2950, undefined], // uuid
  [3802, JSON.parse], // jsonb
]);

/** OID of a type of arrays, and that of its elements. */
const arrays: ReadonlyMap<number, number> = new Map([
  [199, 114],
  [1000, 16],
  [1005, 21],
  [1007, 23],
  [1009, 25],
  [1015, 1043],
  [1016, 20],
  [1021, 700],
  [1022, 701],
  [1028, 26],
  [2951, 2950],
  [3807, 3802],
]);

/** What reads values of a type; undefined: they stay text. @param type its OID */
export function readerOf(type: number): ReadValue | undefined {
  const element = arrays.get(type);
  if (element === undefined) return elements.get(type);
  const read = elements.get(element);
  return (text) => readArray(text, read);
}

const arrayToken = /"([^"\\]*(?:\\.[^"\\]*)*)"|[{}]|[^{},]+/gs;

/** `{a,"b c",NULL}` as a list, nested ones as lists of lists; bounds that stand before it are left out. */
function readArray(text: string, read: ReadValue = (element) => element): unknown {
  const lists: unknown[][] = [[]];
  for (const [token, quoted] of text.slice(text.indexOf('{')).matchAll(arrayToken)) {
    if (token === '{') lists.push([]);
    else if (token === '}') {
      const whole = lists.pop();
      lists.at(-1)?.push(whole);
    } else if (quoted !== undefined) lists.at(-1)?.push(read(quoted.replace(/\\(.)/gs, '$1')));
    else lists.at(-1)?.push(token === 'NULL' ? null : read(token));
  }
  return lists[0]?.[0];
}

/** @throws TypeError for what is no text, number, truth value, null or list of these: JSON is given as text */
export function parameterText(value: unknown): ParameterText {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  if (Array.isArray(value)) return arrayText(value);
  throw new TypeError(`a parameter cannot be ${typeof value}`);
}

function arrayText(list: readonly unknown[]): string {
  const items = list.map((item) => {
    const text = parameterText(item);
    if (text === null) return 'NULL';
    return Array.isArray(item) ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}
