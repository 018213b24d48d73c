import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../../../shared/testing/cases.ts';
import { indentedJson } from './indented-json.ts';

describe('indentedJson', () => {
  it('lays JSON out as JSON.stringify does, from whatever layout', async () => {
    const layout = fc.constantFrom(undefined, 1, '\t', '\r\n');
    await fc.assert(
      fc.property(fc.json(), layout, (json, indent) => {
        const value: unknown = JSON.parse(json);
        expect(indentedJson(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value, null, 2));
      }),
      casesOf(2000),
    );
  });

  it('keeps numbers and escapes as they were written', () => {
    expect(indentedJson('{"a":9007199254740993,"b":[1.50,"\\u0041\\/"]}')).toBe(
      '{\n  "a": 9007199254740993,\n  "b": [\n    1.50,\n    "\\u0041\\/"\n  ]\n}',
    );
  });
});
