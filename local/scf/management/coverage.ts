import type { Text } from '../../essbasic/gateway/outcome.ts';
import { assumptions, omissions } from './assumptions.ts';
import { type ScfErrorCode, scfErrorCodes } from './error-codes.ts';
import type { ManagedAction } from './gateway/managed-action.ts';
import { managedActions } from './gateway/managed-actions.ts';
import { upstreamActions } from './upstream-actions.ts';

/** The command that writes the rendering to `COVERAGE.md`. */
export const updateCommand = 'npx vitest run local/scf/management/coverage.test.ts -u';

/** `COVERAGE.md`: what is emulated and what is not, which codes an action answers, and what is assumed. */
export function renderCoverage(): string {
  const emulated = managedActions.map(({ name }) => name);
  const others = upstreamActions.filter((name) => !emulated.includes(name));
  const blocks = [
    `<!-- biome-ignore-all format: written by \`${updateCommand}\`, not by hand -->`,
    '# What the SCF management stand-in covers · SCF 管理接口替身覆盖范围',
    `Emulated are ${emulated.length} of the ${upstreamActions.length} actions of scf 2018-04-16. Nothing here was tried against the real service; what no document says is listed as an assumption.\n模拟了 scf 2018-04-16 全部 ${upstreamActions.length} 个接口中的 ${emulated.length} 个。未与真实服务比对；文档未说明之处列为假定。`,
    '## Actions and their codes · 接口与错误码',
    'Each code of an action is provoked in `actions.test.ts`. Beside these, every action answers `InvalidParameter`, `InvalidParameterValue`, `MissingParameter`, `UnknownParameter` and the codes of the gateway.\n每个错误码都由 `actions.test.ts` 触发；此外各接口均可能返回字段类与网关类错误码。',
    table(['Action 接口', 'Published codes 公布', 'Assumed codes 假定'], managedActions.map(rowOf)),
    '## Codes · 错误码',
    table(
      ['Code 错误码', '含义', 'Meaning'],
      codesUsed().map((code) => [quoted(code), scfErrorCodes[code].zh, scfErrorCodes[code].en]),
    ),
    '## Assumptions · 假定',
    list(assumptions),
    '## Unlike the cloud · 与云上不同',
    list(omissions),
    `Actions 接口: ${others.map(quoted).join(', ')}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function rowOf({ name, publishedCodes, assumedCodes = [] }: ManagedAction): string[] {
  return [quoted(name), publishedCodes.map(quoted).join(', '), assumedCodes.map(quoted).join(', ')];
}

// The keys of an object of our own.
const codesUsed = () => (Object.keys(scfErrorCodes) as ScfErrorCode[]).sort();

const quoted = (text: string) => `\`${text}\``;
const list = (texts: readonly Text[]) => texts.map(({ zh, en }) => `- ${en}\n  ${zh}`).join('\n');

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(line)].join('\n');
}
