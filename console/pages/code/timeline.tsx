import { useEffect, useState } from 'preact/hooks';
import type { AuditEntry, Code, Delivery } from '../../api/answers.ts';
import { call } from '../../api/call.ts';
import { asProblem, type CallProblem } from '../../api/problem.ts';
import { Time } from '../../parts/code/time-left.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { maySeeAll } from '../../state/session.ts';
import { number, say } from '../../texts/say.ts';
import { wordFor } from '../../texts/word-for.ts';

interface Happening {
  id: string;
  atS: number;
  what: string;
  /** Empty: by itself. */
  who: string;
  why: string;
}

const most = 100;

const columns: readonly Column<Happening>[] = [
  { title: 'time', isHead: true, cell: ({ atS }) => <Time atS={atS} /> },
  {
    title: 'timelineWhat',
    cell: ({ what, why }) => (
      <>
        {what} <span class="small">{why}</span>
      </>
    ),
  },
  { title: 'timelineWho', cell: ({ who }) => (who === '' ? '–' : <code class="id">{who}</code>) },
];

/** What happened to a code: its generations, what was told of it, and for administrators who did what. */
export function Timeline({ code }: { code: Code }) {
  const { CodeId } = code;
  const [told, setTold] = useState<{ events: readonly Delivery[]; entries: readonly AuditEntry[] }>();
  const [problem, setProblem] = useState<CallProblem>();
  const seesAll = maySeeAll.value;
  useEffect(() => {
    const abort = new AbortController();
    const options = { step: 'stepOpenCode', signal: abort.signal } as const;
    Promise.all([
      call('DescribeEvents', { CodeId, Limit: most }, options),
      seesAll ? call('DescribeAuditLog', { Subject: CodeId, Limit: most }, options) : { Entries: [] },
    ]).then(
      ([{ Events: events }, { Entries: entries }]) => setTold({ events, entries }),
      (error: unknown) => !abort.signal.aborted && setProblem(asProblem(error)),
    );
    return () => abort.abort();
  }, [CodeId, seesAll]);

  const happenings = happeningsOf(code, told?.events ?? [], told?.entries ?? []);
  return (
    <section class="part">
      <h2>{say('timelineTitle')}</h2>
      {!seesAll && <p class="small">{say('timelineAdmin')}</p>}
      <ProblemNote problem={problem} />
      <Table caption="timelineCaption" columns={columns} rows={happenings} keyOf={({ id }) => id} />
    </section>
  );
}

/** The newest first. An event that went to several subscriptions happened once. */
function happeningsOf(
  { Generations }: Code,
  events: readonly Delivery[],
  entries: readonly AuditEntry[],
): Happening[] {
  const made = Generations.map(({ Generation, CreatedOn, MaxFlowNum }) => ({
    id: `generation ${Generation}`,
    atS: CreatedOn,
    what: say('happenedGeneration', { number: Generation, max: number(MaxFlowNum) }),
    who: '',
    why: '',
  }));
  const happened = [...new Map(events.map((event) => [event.EventId, event])).values()].map(
    ({ EventId, EventType, OccurredOn, Data }) => ({
      id: EventId,
      atS: OccurredOn,
      what: wordFor(`event_${EventType}`, EventType),
      who: '',
      why: whyOf(Data),
    }),
  );
  const done = entries.map(({ AuditId, At, Actor, Action, Reason }) => ({
    id: AuditId,
    atS: At,
    what: wordFor(`audit_${Action}`, Action),
    who: Actor,
    why: Reason,
  }));
  return [...made, ...happened, ...done].sort((one, other) => other.atS - one.atS);
}

/** Of an event: the generation and the share of its use that it is about. */
function whyOf(data: Delivery['Data']): string {
  const { Generation, Percent, Reason } = data;
  return [
    typeof Generation === 'number' && say('happenedOf', { number: Generation }),
    typeof Percent === 'number' && `${Percent} %`,
    typeof Reason === 'string' && Reason,
  ]
    .filter((word) => word !== false)
    .join(' · ');
}
