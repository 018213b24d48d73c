import { useState } from 'preact/hooks';
import type { AuditEntry } from '../api/answers.ts';
import { useList } from '../api/use-list.ts';
import { Time } from '../parts/code/time-left.tsx';
import { TextField } from '../parts/field.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import type { Column } from '../parts/table.tsx';
import { hrefOf } from '../state/route.ts';
import { say } from '../texts/say.ts';
import { wordFor } from '../texts/word-for.ts';

const pageSize = 50;

/** Where what an action was done to has a page of its own. */
const subjectPages = [
  { of: 'code.', page: 'codes' },
  { of: 'batch.', page: 'batches' },
] as const;

const columns: readonly Column<AuditEntry>[] = [
  { title: 'time', isHead: true, cell: ({ At }) => <Time atS={At} /> },
  {
    title: 'auditAction',
    isWide: true,
    cell: ({ Action, Reason }) => (
      <>
        {wordFor(`audit_${Action}`, Action)} <span class="small">{Reason}</span>
      </>
    ),
  },
  { title: 'auditActor', cell: ({ Actor }) => <code class="id">{Actor}</code> },
  {
    title: 'auditSubject',
    cell: ({ Action, Subject }) => {
      const id = <code class="id">{Subject}</code>;
      const page = subjectPages.find(({ of }) => Action.startsWith(of))?.page;
      return page === undefined ? id : <a href={hrefOf([page, Subject])}>{id}</a>;
    },
  },
];

const names = ['Actor', 'Subject', 'Action', 'From', 'To'] as const;

/** Who did what, when and why: for administrators of all organisations. */
export function AuditPage() {
  const [filter, setFilter] = useState<Readonly<Record<string, string | number>>>({});
  const list = useList('DescribeAuditLog', { ...filter, Limit: pageSize }, 'stepAudit');
  const found = list.answer?.Entries ?? [];

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const data = new FormData(event.currentTarget);
    const given = names.flatMap((name): [string, string | number][] => {
      const text = String(data.get(name) ?? '').trim();
      if (text === '') return [];
      return [[name, name === 'From' || name === 'To' ? Math.floor(new Date(text).getTime() / 1000) : text]];
    });
    setFilter(Object.fromEntries(given));
  }

  return (
    <>
      <h1>{say('auditTitle')}</h1>
      <form class="filters" onSubmit={submit}>
        <TextField label={say('auditSubject')} name="Subject" autocomplete="off" />
        <TextField label={say('auditActor')} name="Actor" autocomplete="off" />
        <TextField label={say('auditAction')} name="Action" placeholder="code.modified" autocomplete="off" />
        <TextField label={say('auditFrom')} name="From" type="datetime-local" />
        <TextField label={say('auditTo')} name="To" type="datetime-local" />
        <button type="submit">{say('contractsFindGo')}</button>
      </form>
      <ProblemNote problem={list.problem} />
      <ListTable
        list={list}
        exportAs="auditTitle"
        caption="auditCaption"
        columns={columns}
        rows={found}
        keyOf={({ AuditId }) => AuditId}
      />
    </>
  );
}
