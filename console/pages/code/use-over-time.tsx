import { useEffect, useState } from 'preact/hooks';
import type { Code, Contract } from '../../api/answers.ts';
import { call } from '../../api/call.ts';
import { asProblem, type CallProblem } from '../../api/problem.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { StepCurve } from '../../parts/step-curve.tsx';
import type { Point } from '../../parts/step-line.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { now } from '../../state/now.ts';
import { day, number, say } from '../../texts/say.ts';
import { type DayOfUse, daysOfUse } from './days-of-use.ts';

/** Pages of a hundred contracts that are asked for: a curve of more says no more. */
const mostPages = 10;
const pageSize = 100;

/** From nothing when the code was made, a step for each contract, until now. Times are Unix seconds. */
function curveOf(contracts: readonly Contract[], createdS: number, nowS: number): Point[] {
  const times = contracts.map(({ StartedOn }) => StartedOn).sort((one, other) => one - other);
  const [firstS = createdS] = times;
  return [
    { x: Math.min(createdS, firstS), y: 0 },
    ...times.map((x, at) => ({ x, y: at + 1 })),
    { x: Math.max(nowS, times.at(-1) ?? nowS), y: times.length },
  ];
}

const columns: readonly Column<DayOfUse>[] = [
  { title: 'useDay', isHead: true, cell: ({ dayS }) => day(dayS) },
  { title: 'useStarted', isNumber: true, cell: ({ started }) => number(started) },
  { title: 'useSum', isNumber: true, cell: ({ sum }) => number(sum) },
];

/** How many contracts were started with a code, as a curve, and as a table for who cannot see one. */
export function UseOverTime({ code: { CodeId, CreatedOn } }: { code: Code }) {
  const [contracts, setContracts] = useState<readonly Contract[]>();
  const [problem, setProblem] = useState<CallProblem>();
  useEffect(() => {
    const abort = new AbortController();
    contractsOf(CodeId, abort.signal).then(setContracts, (error: unknown) => {
      if (!abort.signal.aborted) setProblem(asProblem(error));
    });
    return () => abort.abort();
  }, [CodeId]);

  const days = daysOfUse((contracts ?? []).map(({ StartedOn }) => StartedOn));
  return (
    <section class="card">
      <h2>{say('useTitle')}</h2>
      <ProblemNote problem={problem} />
      {contracts?.length === 0 && <p class="small">{say('useNone')}</p>}
      {days.length > 0 && (
        <>
          <StepCurve
            label={`${say('useCaption')}: ${number(days.at(-1)?.sum ?? 0)}`}
            points={curveOf(contracts ?? [], CreatedOn, now.value)}
            nameOf={day}
          />
          {contracts?.length === mostPages * pageSize && (
            <p class="small">{say('useNewestOnly', { count: number(contracts.length) })}</p>
          )}
          <details>
            <summary>{say('useAsTable')}</summary>
            <Table
              caption="useCaption"
              columns={columns}
              rows={days.toReversed()}
              keyOf={({ dayS }) => dayS}
            />
          </details>
        </>
      )}
    </section>
  );
}

async function contractsOf(codeId: string, signal: AbortSignal): Promise<Contract[]> {
  const options = { step: 'stepOpenCode', signal } as const;
  const found: Contract[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const body = { CodeId: codeId, Limit: pageSize, ...(cursor !== null && { Cursor: cursor }) };
    const answer: { Contracts: Contract[]; NextCursor: string | null } = await call(
      'DescribeContracts',
      body,
      options,
    );
    found.push(...answer.Contracts);
    cursor = answer.NextCursor;
    if (cursor === null) break;
  }
  return found;
}
