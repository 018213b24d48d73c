import { baseRequests, type Place, places } from './base-requests.ts';
import type { Case } from './cases.ts';
import type { Variant } from './variants.ts';

type Members = Record<string, unknown>;

/** The request of a case, with the account's own values in their places, as it is sent at a time. */
export function requestOf(
  { action, variants }: Case,
  having: Readonly<Record<Place, string>>,
  nowS: number,
): Members {
  const request: Members = structuredClone(baseRequests[action]);
  for (const variant of variants) apply(request, variant);
  return filled(request, having, nowS) as Members; // an object stays one
}

function apply(request: Members, { path, value }: Variant): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => Reflect.get(Object(at), step), request);
  const name = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(Object(parent), name);
  else Reflect.set(Object(parent), name, value);
}

function filled(value: unknown, having: Readonly<Record<Place, string>>, nowS: number): unknown {
  if (typeof value === 'string') return placeOf(value, having) ?? value;
  if (Array.isArray(value)) return value.map((item) => filled(item, having, nowS));
  if (typeof value !== 'object' || value === null) return value;
  if ('$inSeconds' in value) return nowS + Number(value.$inSeconds);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, filled(member, having, nowS)]),
  );
}

function placeOf(text: string, having: Readonly<Record<Place, string>>): string | undefined {
  const [place] = (Object.keys(places) as Place[]).filter((name) => places[name] === text); // the keys of a constant
  return place && having[place];
}
