import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../shared/errors.ts';
import { errorCodes } from '../shared/essbasic/error-codes.ts';
import { actions, structs } from '../shared/essbasic/field-docs.ts';
import { configurationTable } from './configuration-table.ts';
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
  const own = 'docs/configuration.md';
  const written = (text: string) => (path: string) => (path === own ? text : undefined);

  it('are the four of docs/ while there is no page to write into', () => {
    expect([...renderAll(none).keys()]).toEqual([
      'docs/api.md',
      'docs/api.zh-CN.md',
      'docs/errors.md',
      'docs/errors.zh-CN.md',
    ]);
  });

  it.each([
    ['docs/api.md', 'en'],
    ['docs/api.zh-CN.md', 'zh'],
  ] as const)('name every action and every field in %s', (path, language) => {
    const api = page(path);
    const fields = [
      ...actions.flatMap(({ request, response }) => [request, response]),
      ...structs.map((s) => s.fields),
    ];
    for (const { action } of actions) expect(api).toContain(`### ${action.name}\n`);
    for (const { name } of structs) expect(api).toContain(`### ${name}\n`);
    const lines = api.split('\n');
    for (const [name, texts] of fields.flatMap((docs) => Object.entries(docs)))
      expect(lines.some((line) => line.includes(`\`${name}\``) && line.includes(texts[language]))).toBe(true);
  });

  it('name no default where there is nothing, be it a list or a table', () => {
    const rows = configurationTable('en').split('\n');
    for (const name of ['CORS_ORIGINS', 'FUNCTION_URLS'])
      expect(rows.find((row) => row.startsWith(`| \`${name}\` |`))).toContain('| none |');
    expect(rows.join()).not.toContain('[object');
  });

  it('take bounds from the schemas', () => {
    const row = (name: string) =>
      page('docs/api.md')
        .split('\n')
        .find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row('FlowName')).toContain('| string | length 1–200 | yes |');
    expect(row('FlowEffectiveDay')).toContain('| integer | 0–30 |  | `7` | 2022-06-13 |');
    expect(row('MaxFlowNum')).toContain('| integer | ≥ 0 |  | `5` |');
    expect(row('Restrictions')).toContain('| [ApproverRestriction](#approverrestriction)[] |  |');
    expect(row('TemplateIds')).toContain('| string[] | items ≤ 100 |');
    expect(row('ProxyOrganizationOpenId')).toContain('| length 1–64 | by the text |');
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

  it('put their table between the markers of a page and leave the rest', () => {
    const embedded = page(own, written(`# Name\n${section('configuration')}rest\n`));
    expect(embedded).toMatch(
      /^# Name\n<!-- configuration:begin -->\n<!-- biome-ignore format: .*-->\n\| Variable \| Default \| Meaning \|\n/,
    );
    expect(embedded).toMatch(/\n<!-- configuration:end -->\nrest\n$/);
    expect(embedded).toContain('| `ESS_REQUESTS_PER_SECOND` | `20` |');
    expect(embedded).toContain('| `ESS_SECRET_KEY` | required |');
    expect(embedded).not.toContain('old');
    expect(page(own, written(embedded))).toBe(embedded);
  });

  it('refuse a page without the markers', () => {
    const markers = ['<!-- configuration:begin -->', '<!-- configuration:end -->'] as const;
    for (const broken of ['', `${markers[1]}\n${markers[0]}\n`, `${markers[0]}\n`])
      expect(() => renderAll(written(broken))).toThrow(`needs a line ${markers[0]}`);
  });

  it('escape what a table or HTML would swallow', () => {
    expect(page('docs/errors.md')).toContain('Send Authorization: Bearer &lt;api key>');
    for (const path of ['docs/api.md', 'docs/api.zh-CN.md', 'docs/errors.md', 'docs/errors.zh-CN.md'])
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
