/** Ids of codes, by what became of them in a run. */
export type NamedCodes = Record<string, string[]>;

/** Of each kind: more would help nobody in one line of the log. */
const mostOfKind = 10;

export function nameCode(codes: NamedCodes, kind: string, codeId: string): void {
  codes[kind] ??= [];
  if (codes[kind].length < mostOfKind) codes[kind].push(codeId);
}
