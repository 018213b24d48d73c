import type { Code } from '../../api/answers.ts';
import { Tag } from '../../parts/code/state-tag.tsx';
import { Time } from '../../parts/code/time-left.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { number, say } from '../../texts/say.ts';

type Generation = Code['Generations'][number];

const columns: readonly Column<Generation>[] = [
  { title: 'generationNumber', isHead: true, cell: ({ Generation: it }) => number(it) },
  {
    title: 'state',
    cell: ({ State }) => <Tag mood={State === 'Live' ? 'good' : 'calm'}>{say(`generation_${State}`)}</Tag>,
  },
  {
    title: 'generationUsed',
    isNumber: true,
    cell: ({ Used, MaxFlowNum }) => say('useOf', { used: number(Used), max: number(MaxFlowNum) }),
  },
  {
    title: 'generationLife',
    cell: ({ CreatedOn, ExpiredTime }) => (
      <>
        <Time atS={CreatedOn} /> – <Time atS={ExpiredTime} />
      </>
    ),
  },
  { title: 'generationId', cell: ({ QrCodeId }) => <code class="id">{QrCodeId}</code> },
];

/** The QR codes of upstream that a code has had, the newest first. */
export function Generations({ code: { Generations: all } }: { code: Code }) {
  return (
    <section class="part">
      <h2>{say('generationsTitle')}</h2>
      {all.length === 0 ? (
        <p class="empty">{say('nothing')}</p>
      ) : (
        <Table caption="generationsCaption" columns={columns} rows={all} keyOf={({ Generation: it }) => it} />
      )}
    </section>
  );
}
