import { describe, expect, it } from 'vitest';
import { boundsOf, shapeOf } from './schema.ts';

const schemas = {
  Agent: { type: 'object', description: 'its own', properties: { AppId: { type: 'string' } } },
};
const agent = { $ref: '#/components/schemas/Agent' };

describe('the shape of a schema', () => {
  it.each([
    [{ type: 'string' }, 'string', 'string', false],
    [{ type: ['integer', 'null'] }, 'number', 'integer', true],
    [{ anyOf: [{ type: 'string', maxLength: 5 }, { type: 'null' }] }, 'string', 'string', true],
    [{ anyOf: [agent, { type: 'null' }] }, 'object', 'object', true],
    [{ type: 'array', items: agent }, 'list', 'object[]', false],
    [{ type: 'array', items: { type: 'string' } }, 'list', 'string[]', false],
    [{ type: 'object', properties: {} }, 'any', 'object', false],
    [{ anyOf: [{ type: 'string' }, { type: 'integer' }] }, 'any', 'any', false],
    [{ type: 'boolean', const: true }, 'boolean', 'boolean', false],
  ] as const)('%j is %s', (schema, kind, type, mayBeNull) => {
    expect(shapeOf(schema, schemas)).toMatchObject({ kind, type, mayBeNull });
  });

  it('says what stands beside a reference before what it leads to', () => {
    expect(shapeOf({ ...agent, description: 'here' }, schemas).schema).toMatchObject({
      description: 'here',
      properties: schemas.Agent.properties,
    });
    expect(shapeOf({ allOf: [agent], deprecated: true }, schemas).schema).toMatchObject({
      description: 'its own',
      deprecated: true,
    });
  });

  it('has the values to choose from, without null', () => {
    expect(shapeOf({ type: ['string', 'null'], enum: ['A', 'B', null] }, schemas).values).toEqual(['A', 'B']);
    expect(shapeOf({ type: 'boolean', const: true }, schemas).values).toEqual(['true']);
    expect(shapeOf({ type: 'string' }, schemas).values).toBeUndefined();
  });
});

it('has its bounds as people read them', () => {
  expect(boundsOf({ minLength: 1, maxLength: 200 })).toEqual([['length', '1–200']]);
  expect(boundsOf({ minimum: 0 })).toEqual([['value', '≥ 0']]);
  expect(boundsOf({ maxItems: 100, maximum: 5 })).toEqual([
    ['value', '≤ 5'],
    ['items', '≤ 100'],
  ]);
  expect(boundsOf({})).toEqual([]);
});
