/** The contract as it is on the disk, read by others. That it is what its sources say: `files.test.ts`. */
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';

// A stable link has no success of its own: it leads elsewhere.
const stableLink = 'operation-2xx-response #/paths/~1s~1{slug}/get/responses';

describe.each([
  ['docs/openapi.json', [stableLink]],
  ['docs/openapi-3.0.json', [stableLink]],
  ['docs/upstream.json', []],
])('%s', (path, known) => {
  const source = readFileSync(path, 'utf8');

  it('has no fault that a linter finds', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] });
    const found = await lintFromString({ source, absoluteRef: path, config });
    const faults = found.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer ?? ''}`);
    expect(faults).toEqual(known);
  });

  it('says of every member, parameter and answer what it means, in both languages', () => {
    const without: string[] = [];
    eachMember(JSON.parse(source), '', (place, { description }) => {
      if (typeof description !== 'string' || !/[a-z]{2}/i.test(description) || !/[一-龥]/.test(description))
        without.push(place);
    });
    expect(without).toEqual([]);
  });
});

/** Visits what stands in `properties`, but for the two members of an event that are named in its description. */
function eachMember(
  value: unknown,
  place: string,
  visit: (place: string, member: Record<string, unknown>) => void,
): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    const here = `${place}/${name}`;
    if (/\/properties\/\w+$/.test(here) && !/webhooks.*\/schema\/properties\/(type|data)$/.test(here))
      visit(here, child);
    eachMember(child, here, visit);
  }
}
