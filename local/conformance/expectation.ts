import type { ActionName } from './base-requests.ts';
import { createReading } from './reading/create.ts';
import { type Circumstances, objectionsTo } from './reading/judge.ts';
import { cancelReading, templatesReading } from './reading/others.ts';
import type { Source } from './reading/rule.ts';

/** How a request has to be answered by what the documents say. */
export interface Expectation {
  /** The codes of which one has to come; none: it has to be accepted. */
  codes: readonly string[];
  /** Who says that it is refused. With `assumed` alone, nobody but us. */
  sources: readonly Source[];
}

const readings = {
  ChannelCreateMultiFlowSignQRCode: createReading,
  ChannelCancelMultiFlowSignQRCode: cancelReading,
  DescribeTemplates: templatesReading,
};

/** Where several things are wrong, no document says which is named: any of them is right. */
export function expectationOf(
  action: ActionName,
  body: Readonly<Record<string, unknown>>,
  circumstances: Circumstances,
): Expectation {
  const objections = objectionsTo(readings[action], body, circumstances);
  const unique = <T>(items: readonly T[]) => [...new Set(items)];
  return {
    codes: unique(objections.flatMap(({ codes }) => codes)),
    sources: unique(objections.map(({ source }) => source)),
  };
}

/** Is the answer one that the documents allow? @param code of the refusal; undefined: it was accepted */
export function isMet({ codes }: Expectation, code: string | undefined): boolean {
  return code === undefined ? codes.length === 0 : codes.includes(code);
}
