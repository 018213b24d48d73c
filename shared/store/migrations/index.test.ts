import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { migrations } from './index.ts';

describe('the migrations', () => {
  it('are numbered from one without a gap, and their files are named after them', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
    const files = readdirSync(new URL('.', import.meta.url)).filter((name) => /^\d{4}-.*\.ts$/.test(name));
    expect(files.sort()).toEqual(
      migrations.map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}.ts`),
    );
  });
});
