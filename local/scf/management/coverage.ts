import { coverageHead, list, otherActions, quoted, table } from '../../cloud-api/coverage.ts';
import { assumptions, omissions } from './assumptions.ts';
import { type ScfErrorCode, scfErrorCodes } from './error-codes.ts';
import type { ManagedAction } from './gateway/managed-action.ts';
import { managedActions } from './gateway/managed-actions.ts';
import { upstreamActions } from './upstream-actions.ts';

/** The command that writes the rendering to `COVERAGE.md`. */
export const updateCommand = 'npx vitest run local/scf/management/coverage.test.ts -u';

/** `COVERAGE.md`: what is emulated and what is not, which codes an action answers, and what is assumed. */
export function renderCoverage(): string {
  const facts = {
    updateCommand,
    title: 'What the SCF management stand-in covers · SCF 管理接口替身覆盖范围',
    api: 'scf 2018-04-16',
    emulated: managedActions.map(({ name }) => name),
    upstreamActions,
  };
  const blocks = [
    ...coverageHead(facts),
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
    otherActions(facts),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function rowOf({ name, publishedCodes, assumedCodes }: ManagedAction): string[] {
  return [quoted(name), publishedCodes.map(quoted).join(', '), assumedCodes.map(quoted).join(', ')];
}

// The keys of an object of our own.
const codesUsed = () => (Object.keys(scfErrorCodes) as ScfErrorCode[]).sort();
