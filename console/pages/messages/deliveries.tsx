import { useState } from 'preact/hooks';
import type { Delivery } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { useList } from '../../api/use-list.ts';
import { type Mood, Tag } from '../../parts/code/state-tag.tsx';
import { Time } from '../../parts/code/time-left.tsx';
import { Select } from '../../parts/field.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import type { Column } from '../../parts/table.tsx';
import { mayChange } from '../../state/session.ts';
import { number, saidBy, say, time } from '../../texts/say.ts';
import { wordFor } from '../../texts/word-for.ts';

const moods = {
  Pending: 'warn',
  Delivered: 'good',
  Dead: 'bad',
} as const satisfies Record<Delivery['State'], Mood>;

// The keys of an object of that type.
const states = Object.keys(moods) as readonly Delivery['State'][];
const pageSize = 20;

/** What was sent to whom, every try of it, and what was given up; any of it can be sent again. */
export function Deliveries() {
  const [state, setState] = useState('');
  const list = useList(
    'DescribeEvents',
    { ...(state !== '' && { State: state }), Limit: pageSize },
    'stepDeliveries',
  );
  const { isBusy, problem, run } = useDoing();
  const [told, setTold] = useState('');
  const found = list.answer?.Events ?? [];

  const sendAgain = (DeliveryId: string) =>
    run(async () => {
      const options = { step: 'stepReplayDelivery', idempotencyKey: newIdempotencyKey() } as const;
      const { Replayed } = await call('ReplayEvent', { DeliveryId }, options);
      setTold(say('sentAgain', { count: number(Replayed) }));
      list.reload();
    });

  const columns: readonly Column<Delivery>[] = [
    {
      title: 'deliveryEvent',
      isHead: true,
      cell: ({ EventType, EventId }) => (
        <>
          {wordFor(`event_${EventType}`, EventType)} <span class="small id">{EventId}</span>
        </>
      ),
    },
    {
      title: 'state',
      isWide: true,
      cell: ({ State, Reason, AttemptsMade, NextRetryOn }) => (
        <>
          <Tag mood={moods[State]}>{say(`delivery_${State}`)}</Tag>{' '}
          <span class="small why">{saidBy(Reason)}</span>
          <span class="small">
            {say('deliveryTries', { count: number(AttemptsMade) })}
            {NextRetryOn !== null && ` · ${say('deliveryNext', { time: time(NextRetryOn) })}`}
          </span>
        </>
      ),
    },
    { title: 'deliveryTo', cell: ({ SubscriptionId }) => <code class="id">{SubscriptionId}</code> },
    { title: 'time', cell: ({ OccurredOn }) => <Time atS={OccurredOn} /> },
    ...(mayChange.value
      ? [
          {
            title: 'sendAgain',
            cell: ({ DeliveryId }: Delivery) => (
              <button
                type="button"
                disabled={isBusy}
                aria-label={say('sendAgainOf', { id: DeliveryId })}
                onClick={() => void sendAgain(DeliveryId)}
              >
                {say('sendAgain')}
              </button>
            ),
          } as const,
        ]
      : []),
  ];

  return (
    <>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <Select
          label={say('state')}
          value={state}
          choices={[
            { value: '', text: say('all') },
            ...states.map((value) => ({ value, text: say(`delivery_${value}`) })),
          ]}
          onChange={({ currentTarget }) => setState(currentTarget.value)}
        />
      </form>
      <ProblemNote problem={problem ?? list.problem} />
      {told !== '' && (
        <p class="note good" role="status">
          {told}
        </p>
      )}
      <ListTable
        list={list}
        exportAs="deliveriesTab"
        caption="deliveriesCaption"
        columns={columns}
        rows={found}
        keyOf={({ DeliveryId }) => DeliveryId}
      />
    </>
  );
}
