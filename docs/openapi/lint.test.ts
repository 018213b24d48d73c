/** The contract, read by others: Redocly's linter, and a validator of JSON Schema. */
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { openApiFiles } from './files.ts';

const files = [...(await openApiFiles())].filter(([path]) => path.endsWith('.json'));

describe.each(files)('%s', (path, source) => {
  it('has no fault that a linter finds', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] });
    const found = await lintFromString({ source, absoluteRef: path, config });
    const faults = found.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer ?? ''}`);
    // A stable link has no success of its own: it leads elsewhere.
    expect(faults).toEqual(['operation-2xx-response #/paths/~1s~1{slug}/get/responses']);
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
