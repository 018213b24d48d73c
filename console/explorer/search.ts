import type { Text } from '../../shared/text.ts';
import { inBothLanguages } from './both-languages.ts';
import type { Action, ApiName, Contract, Contracts, Schema } from './contracts.ts';
import { shapeOf } from './schema.ts';

/** Something that can be looked for. */
export type Hit =
  | { kind: 'action'; action: Action; name: string; text: Text }
  /** `path` as problems name it, but without the numbers of items. */
  | { kind: 'member'; action: Action; name: string; path: string; text: Text }
  | { kind: 'error'; api: ApiName; name: string; text: Text };

/** Members of members of members are found, but no circles are walked. */
const deepest = 4;

/** All that there is, in the order of the documents. */
export function everything(contracts: Contracts): Hit[] {
  return (['upstream', 'own'] as const).flatMap((api) => {
    const contract = contracts[api];
    return [
      ...contract.actions.flatMap((action): Hit[] => [
        { kind: 'action', action, name: action.name, text: action.about },
        ...membersOf(action.request, contract, []).map(
          ({ path, text }): Hit => ({
            kind: 'member',
            action,
            name: path.at(-1) ?? '',
            path: path.join('.'),
            text,
          }),
        ),
      ]),
      ...Object.entries(contract.errors).map(
        ([name, { title }]): Hit => ({ kind: 'error', api, name, text: title }),
      ),
    ];
  });
}

interface Member {
  path: readonly string[];
  text: Text;
}

function membersOf(schema: Schema, contract: Contract, path: readonly string[]): Member[] {
  if (path.length >= deepest) return [];
  const { kind, schema: own } = shapeOf(schema, contract.schemas);
  if (kind === 'list') return own.items === undefined ? [] : membersOf(own.items, contract, path);
  return Object.entries(own.properties ?? {}).flatMap(([name, member]) => {
    const here = [...path, name];
    const shape = shapeOf(member, contract.schemas);
    return [
      { path: here, text: inBothLanguages(shape.schema.description) },
      ...membersOf(member, contract, here),
    ];
  });
}

/** Hits that are shown; nobody reads more. */
export const mostHits = 40;

/** Those in whose name or text, in either language, all words occur: names that begin with them first. */
export function search(hits: readonly Hit[], query: string): Hit[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return hits
    .map((hit) => ({ hit, rank: rankOf(hit, words) }))
    .filter(({ rank }) => rank < worst)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, mostHits)
    .map(({ hit }) => hit);
}

const worst = 9;
const kinds = ['action', 'member', 'error'] as const;

/** Low is good. */
function rankOf(hit: Hit, words: readonly string[]): number {
  const name = hit.name.toLowerCase();
  const all = `${name} ${hit.text.en} ${hit.text.zh}`.toLowerCase();
  if (!words.every((word) => all.includes(word))) return worst;
  const [first = ''] = words;
  const place = name === first ? 0 : name.startsWith(first) ? 1 : name.includes(first) ? 2 : 3;
  return place + kinds.indexOf(hit.kind) / kinds.length;
}
