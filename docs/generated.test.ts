import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../shared/contract/error-codes.ts';
import { actions, structs } from '../shared/contract/field-docs.ts';
import { catalogue } from '../shared/errors.ts';
import { renderAll } from './render.ts';

const documents = renderAll();

describe('the document on disk', () => {
  it.each([...documents])('%s is what its sources say', (path, text) => {
    const onDisk = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    expect(onDisk, `${path} is stale: run npm run docs`).toBe(text);
  });
});

describe('the generated documents', () => {
  const none = () => undefined;
  const page = (path: string, read: (path: string) => string | undefined = none) =>
    renderAll(read).get(path) ?? '';
  const readme = (text: string) => (path: string) => (path === 'README.md' ? text : undefined);

  it('are the three of docs/ while there is no README', () => {
    expect([...renderAll(none).keys()]).toEqual(['docs/api.md', 'docs/errors.md', 'docs/errors.zh-CN.md']);
  });

  it('name every action and every field in both languages', () => {
    const api = page('docs/api.md');
    const fields = [
      ...actions.flatMap(({ request, response }) => [request, response]),
      ...structs.map((s) => s.fields),
    ];
    for (const { action } of actions) expect(api).toContain(`### ${action.name}\n`);
    for (const { name } of structs) expect(api).toContain(`### ${name}\n`);
    for (const [name, { zh, en }] of fields.flatMap((docs) => Object.entries(docs)))
      expect(
        api.split('\n').some((line) => [`\`${name}\``, zh, en].every((part) => line.includes(part))),
      ).toBe(true);
  });

  it('take bounds from the schemas', () => {
    const row = (name: string) =>
      page('docs/api.md')
        .split('\n')
        .find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row('FlowName')).toContain('| string | length 1–200 | yes 是 |');
    expect(row('FlowEffectiveDay')).toContain('| integer | 0–30 |  | `7` | 2022-06-13 |');
    expect(row('MaxFlowNum')).toContain('| integer | ≥ 0 |  | `5` |');
    expect(row('Restrictions')).toContain('| [ApproverRestriction](#approverrestriction)[] |  |');
    expect(row('TemplateIds')).toContain('| string[] | items ≤ 100 |');
    expect(row('ProxyOrganizationOpenId')).toContain('| length 1–64 | by the text 据说明 |');
    expect(row('Components')).toContain('| [Component](#component)[] |');
    expect(row('FileIndex')).toContain('| integer |  |');
  });

  it.each(['docs/errors.md', 'docs/errors.zh-CN.md'])('name every error once per catalogue in %s', (path) => {
    const named = page(path)
      .split('\n')
      .flatMap((line) => line.match(/^\| `([^`]+)` \| \d{3} \|/)?.[1] ?? [])
      .sort();
    expect(named).toEqual([...Object.keys(catalogue), ...Object.keys(errorCodes)].sort());
  });

  const section = (name: string) => `<!-- ${name}:begin -->\nold\n<!-- ${name}:end -->\n`;

  it('put their tables between the markers of a README and leave the rest', () => {
    const embedded = page(
      'README.md',
      readme(`# Name\n${section('configuration')}between\n${section('errors')}rest\n`),
    );
    expect(embedded).toMatch(
      /^# Name\n<!-- configuration:begin -->\n<!-- biome-ignore format: .*-->\n\| Variable \| Default \| Meaning \|\n/,
    );
    expect(embedded).toMatch(/\n<!-- configuration:end -->\nbetween\n<!-- errors:begin -->\n/);
    expect(embedded).toMatch(/\n<!-- errors:end -->\nrest\n$/);
    expect(embedded).toContain('| `OperationDenied.NoQuota` | 402 | no |');
    expect(embedded).toContain('| `ESS_REQUESTS_PER_SECOND` | `20` |');
    expect(embedded).toContain('| `ESS_SECRET_KEY` | required |');
    expect(embedded).not.toContain('old');
    expect(page('README.md', readme(embedded))).toBe(embedded);
  });

  it.each(['configuration', 'errors'])('refuse a README without the markers of its %s', (name) => {
    const other = name === 'errors' ? 'configuration' : 'errors';
    for (const broken of ['', `<!-- ${name}:end -->\n<!-- ${name}:begin -->\n`, `<!-- ${name}:begin -->\n`])
      expect(() => renderAll(readme(`${section(other)}${broken}`))).toThrow(
        `needs a line <!-- ${name}:begin -->`,
      );
  });

  it('escape what a table or HTML would swallow', () => {
    expect(page('docs/errors.md')).toContain('Send Authorization: Bearer &lt;api key>');
    for (const path of ['docs/api.md', 'docs/errors.md', 'docs/errors.zh-CN.md'])
      for (const block of page(path)
        .split('\n\n')
        .filter((text) => text.startsWith('|'))) {
        const widths = block
          .trim()
          .split('\n')
          .map((line) => line.replace(/\\\|/g, '').split('|').length);
        expect(new Set(widths).size).toBe(1);
      }
  });
});
