import { useState } from 'preact/hooks';
import type { Code } from '../api/answers.ts';
import { useList } from '../api/use-list.ts';
import { nameOf } from '../parts/code/code-name.ts';
import { StateTag } from '../parts/code/state-tag.tsx';
import { TimeLeft } from '../parts/code/time-left.tsx';
import { UseBar } from '../parts/code/use-bar.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import type { Column } from '../parts/table.tsx';
import { hrefOf, route } from '../state/route.ts';
import { mayChange } from '../state/session.ts';
import { day, saidBy, say } from '../texts/say.ts';
import { ActBar } from './act-bar.tsx';
import { CodeFilters, filterOf } from './code-filters.tsx';

/** Codes of a page of the list: as many as a person looks through, few enough to be drawn at once. */
const pageSize = 25;

/** The codes, the newest first: what to look after stands out, and several can be dealt with at once. */
export function CodesPage() {
  const filter = filterOf(route.value.query);
  const list = useList('DescribeMultiFlowSignQRCodes', { ...filter, Limit: pageSize }, 'stepListCodes');
  const [chosen, setChosen] = useState<ReadonlyMap<string, Code>>(new Map());
  const codes = list.answer?.Codes ?? [];
  const isFiltered = Object.keys(filter).length > 0;

  const choose = (some: readonly Code[], isChosen: boolean) => {
    const next = new Map(chosen);
    for (const code of some) {
      if (isChosen) next.set(code.CodeId, code);
      else next.delete(code.CodeId);
    }
    setChosen(next);
  };
  const lead = {
    heading: (
      <label class="check">
        <input
          type="checkbox"
          aria-label={say('selectAll')}
          checked={codes.length > 0 && codes.every(({ CodeId }) => chosen.has(CodeId))}
          onChange={({ currentTarget }) => choose(codes, currentTarget.checked)}
        />
        <span class="narrow">{say('selectAll')}</span>
      </label>
    ),
    of: (code: Code) => (
      <input
        type="checkbox"
        aria-label={say('selectOne', { name: nameOf(code) })}
        checked={chosen.has(code.CodeId)}
        onChange={({ currentTarget }) => choose([code], currentTarget.checked)}
      />
    ),
  };

  return (
    <>
      <div class="title">
        <h1>{say('codesTitle')}</h1>
        <a href={hrefOf(['batches'])}>{say('pageBatches')}</a>
      </div>
      <CodeFilters />
      <ProblemNote problem={list.problem} />
      {mayChange.value && chosen.size > 0 && (
        <ActBar
          codes={[...chosen.values()]}
          onDone={() => {
            setChosen(new Map());
            list.reload();
          }}
        />
      )}
      <ListTable
        list={list}
        exportAs="codesTitle"
        empty={
          <>
            {say(isFiltered ? 'codesEmpty' : 'codesFirst')}{' '}
            {!isFiltered && mayChange.value && <a href={hrefOf(['create'])}>{say('codesMakeFirst')}</a>}
          </>
        }
        caption="codesCaption"
        columns={columns}
        rows={codes}
        keyOf={({ CodeId }) => CodeId}
        {...(mayChange.value && { lead })}
      />
    </>
  );
}

const columns: readonly Column<Code>[] = [
  {
    title: 'columnName',
    isHead: true,
    cell: (code) => (
      <>
        <a href={hrefOf(['codes', code.CodeId])}>{nameOf(code)}</a>
        <span class="small">
          {[code.ExternalId, code.FlowName].filter((word) => word && word !== nameOf(code)).join(' · ')}
        </span>
        {code.Labels.length > 0 && (
          <span class="labels">
            {code.Labels.map((label) => (
              <a key={label} class="label" href={hrefOf(['codes'], { label })}>
                {label}
              </a>
            ))}
          </span>
        )}
      </>
    ),
  },
  {
    title: 'columnState',
    isWide: true,
    cell: ({ State, Reason, Notice }) => (
      <>
        <StateTag state={State} /> <span class="small why">{saidBy(Reason)}</span>
        {Notice && <span class="small warn-text">⚠ {saidBy(Notice)}</span>}
      </>
    ),
  },
  {
    title: 'columnUse',
    cell: ({ Used, MaxFlowNum, Use, Forecast }) => (
      <>
        <UseBar used={Used} max={MaxFlowNum} sure={Use.Sure} />
        {Forecast && <span class="small whole">{say('forecastDay', { day: day(Forecast.UsedUpOn) })}</span>}
      </>
    ),
  },
  {
    title: 'columnLeft',
    cell: ({ State, ExpiredTime }) =>
      State === 'Cancelled' ? say('ended') : <TimeLeft untilS={ExpiredTime} />,
  },
];
