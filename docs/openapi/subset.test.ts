/**
 * Importers such as Apifox and WeDa (微搭) say that they read OpenAPI 3.0, and not which of its keywords. So the copy for
 * them keeps to few, which both pages of the functions list.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Json = Record<string, unknown>;

const document: Json = JSON.parse(readFileSync('docs/openapi-3.0.json', 'utf8'));
const pages = ['docs/functions.md', 'docs/functions.zh-CN.md'];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schemas that a part of the document holds, those inside of others too. */
function schemasIn(value: unknown, isSchema = false): Json[] {
  if (Array.isArray(value)) return value.flatMap((item) => schemasIn(item, isSchema));
  if (!isObject(value)) return [];
  if (!isSchema) {
    return Object.entries(value).flatMap(([name, member]) =>
      name === 'schemas' && isObject(member)
        ? Object.values(member).flatMap((schema) => schemasIn(schema, true))
        : schemasIn(member, name === 'schema'),
    );
  }
  const { properties, items, allOf, anyOf, oneOf, not, additionalProperties } = value;
  const inside = [
    items,
    allOf,
    anyOf,
    oneOf,
    not,
    additionalProperties,
    isObject(properties) ? Object.values(properties) : [],
  ];
  return [value, ...schemasIn(inside, true)];
}

const schemas = schemasIn(document);
const keywords = [...new Set(schemas.flatMap((schema) => Object.keys(schema)))].sort();

function listedOn(page: string): string[] {
  const row = readFileSync(page, 'utf8')
    .split('\n')
    .find((line) => line.includes('`nullable`') && line.includes('`allOf`'));
  return [...(row ?? '').matchAll(/`([$\w]+)`/g)].map(([, name = '']) => name).sort();
}

describe('the copy in OpenAPI 3.0', () => {
  it('has schemas to look at', () => {
    expect(schemas.length).toBeGreaterThan(500);
  });

  it.each(pages)('keeps to the keywords that %s lists', (page) => {
    expect(listedOn(page)).toEqual(keywords);
  });

  it('gives each schema one type at most, and nothing beside a reference', () => {
    for (const schema of schemas) {
      expect(['string', 'undefined']).toContain(typeof schema['type']);
      if ('$ref' in schema) expect(Object.keys(schema)).toEqual(['$ref']);
    }
  });

  it('refers to its own schemas alone', () => {
    const references = schemas.flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.filter((reference) => !/^#\/components\/schemas\/\w+$/.test(reference))).toEqual([]);
  });
});
