/** What the documents say that each action takes is what its schema takes. What actions answer: `follow.test.ts`. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { actions as upstreamActions } from '../shared/essbasic/field-docs.ts';
import { actionMembers } from './members/actions.ts';
import type { Members } from './members/members.ts';
import { structs } from './members/structs.ts';
import { actionDefinitions } from './openapi/definitions.ts';
import { readText, tableCellsOf } from './testing/read-markdown.ts';

const definitions = await actionDefinitions();
const names = definitions.map(({ name }) => name);

interface Schema {
  type?: string | string[];
  anyOf?: Schema[];
  items?: Schema;
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
}

/** The names and kinds of a schema's members: `string`, `integer[]?` … */
function kindsOf(schema: z.ZodMiniObject, without: readonly string[]): Record<string, string> {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' }) as Schema; // an object's
  const own = Object.entries(properties).filter(([name]) => !without.includes(name));
  return Object.fromEntries(
    own.map(([name, member]) => [name, `${kindOf(member)}${required.includes(name) ? '' : '?'}`]),
  );
}

function kindOf({ type, anyOf, items, ...rest }: Schema): string {
  const given = anyOf?.find((option) => option.type !== 'null');
  if (given !== undefined) return kindOf(given);
  if (type === 'array') return `${kindOf(items ?? {})}[]`;
  const [plain = typeof rest.const] = [type].flat().filter((one) => one !== 'null');
  return plain;
}

/** The same of what is documented. */
function documentedKinds(members: Members): Record<string, string> {
  const kind = (type: string) =>
    /^(string|integer|number|boolean)$/.test(type) ? type : type === 'time' ? 'integer' : 'object';
  return Object.fromEntries(
    Object.entries(members).map(([name, { type }]) => [name, type.replace(/^\w+/, (word) => kind(word))]),
  );
}

const roles = Object.fromEntries(
  tableCellsOf(readText('docs/functions.md')).flatMap(([name = '', role = '']) =>
    /^`(viewer|operator|admin)`$/.test(role) ? [[name.replaceAll('`', ''), role.replaceAll('`', '')]] : [],
  ),
);

describe('docs/functions.md', () => {
  it('has every action, with the least role that may call it', () => {
    expect(roles).toEqual(Object.fromEntries(definitions.map(({ name, role }) => [name, role])));
    expect(Object.keys(actionMembers).sort()).toEqual([...names].sort());
  });

  it('has every other function', () => {
    const named = tableCellsOf(readText('docs/functions.md')).map(([name = '']) => name.replaceAll('`', ''));
    const others = readdirSync('functions', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
      .map(({ name }) => name);
    expect(others.filter((name) => !named.includes(name))).toEqual([]);
  });

  it.each(definitions)('has the members that $name takes', ({ name, request }) => {
    const upstream = upstreamActions.find(({ action }) => action.name === name);
    const documented = actionMembers[name];
    expect(documented?.upstream).toBe(upstream !== undefined);
    const { properties = {} } = upstream ? (z.toJSONSchema(upstream.action.request) as Schema) : {}; // an object's
    // An id that upstream demands may be one of several here.
    const changed = name === 'ChannelCancelMultiFlowSignQRCode' ? ['QrCodeId'] : [];
    const without = Object.keys(properties).filter((member) => !changed.includes(member));
    expect(documentedKinds(documented?.request ?? {})).toEqual(kindsOf(request, without));
  });

  it('has the members of RotateSecret', () => {
    const { request } = definitions.find(({ name }) => name === 'ModifyEventSubscription') ?? {};
    const { properties } = z.toJSONSchema(request ?? z.object({}), { io: 'input' }) as Schema; // an object's
    expect(Object.keys(properties?.['RotateSecret']?.properties ?? {})).toEqual(
      Object.keys(structs.RotateSecret),
    );
  });
});

describe('docs/renewal.md', () => {
  it.each(['docs/renewal.md', 'docs/renewal.zh-CN.md'])('%s has every member of RenewalPolicy', (path) => {
    const { request } = definitions.find(({ name }) => name === 'ModifyMultiFlowSignQRCode') ?? {};
    const { properties } = z.toJSONSchema(request ?? z.object({}), { io: 'input' }) as Schema; // an object's
    const [, section = ''] = readText(path).split('## `RenewalPolicy`\n');
    const [table = ''] = section.split('\n## ');
    const named = tableCellsOf(table).map(([name = '']) => name.replaceAll('`', ''));
    expect(named).toEqual(Object.keys(properties?.['RenewalPolicy']?.properties ?? {}));
  });
});
