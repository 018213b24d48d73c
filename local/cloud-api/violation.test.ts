import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { violationsOf } from './violation.ts';

const schema = z.object({ Kind: z.enum(['A', 'B']), Count: z.optional(z.int().check(z.maximum(3))) });

it.each([
  [{ Kind: 'C' }, 'value'],
  [{ Kind: 7 }, 'type'],
  [{ Kind: null }, 'type'],
  [{ Kind: [] }, 'type'],
  [{}, 'missing'],
  [{ Kind: 'A', Count: '1' }, 'type'],
  [{ Kind: 'A', Count: 4 }, 'value'],
])('%j is a wrong %s', (input, kind) => {
  const { issues = [] } = schema.safeParse(input).error ?? {};
  expect(violationsOf(issues, input).map((violation) => violation.kind)).toEqual([kind]);
});
