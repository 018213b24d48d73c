/** What the `COVERAGE.md` of every stand-in is written with. */
import type { Text } from '../../shared/text.ts';

export interface CoverageFacts {
  /** The command that writes the file. */
  updateCommand: string;
  title: string;
  /** Of the API: its name and version. */
  api: string;
  emulated: readonly string[];
  upstreamActions: readonly string[];
}

/** The blocks at the beginning: what the file is and how much is emulated. */
export function coverageHead({
  updateCommand,
  title,
  api,
  emulated,
  upstreamActions,
}: CoverageFacts): string[] {
  const [some, all] = [emulated.length, upstreamActions.length];
  return [
    `<!-- biome-ignore-all format: written by \`${updateCommand}\`, not by hand -->`,
    `# ${title}`,
    `Emulated are ${some} of the ${all} actions of ${api}. Nothing here was tried against the real service; what no document says is listed as an assumption.\n模拟了 ${api} 全部 ${all} 个接口中的 ${some} 个。未与真实服务比对；文档未说明之处列为假定。`,
  ];
}

/** The block at the end: the actions that are not emulated. */
export function otherActions({ emulated, upstreamActions }: CoverageFacts): string {
  const others = upstreamActions.filter((name) => !emulated.includes(name));
  return `Actions 接口: ${others.map(quoted).join(', ')}`;
}

export const quoted = (text: string) => `\`${text.replace(/\|/g, '\\|')}\``;
export const plain = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\|/g, '\\|');
export const list = (texts: readonly Text[]) => texts.map(({ zh, en }) => `- ${en}\n  ${zh}`).join('\n');

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), `|${' --- |'.repeat(headings.length)}`, ...rows.map(line)].join('\n');
}
