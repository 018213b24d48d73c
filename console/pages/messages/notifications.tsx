import { useState } from 'preact/hooks';
import type { Notification } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { useList } from '../../api/use-list.ts';
import { type Mood, Tag } from '../../parts/code/state-tag.tsx';
import { Time } from '../../parts/code/time-left.tsx';
import { Select, TextField } from '../../parts/field.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import type { Column } from '../../parts/table.tsx';
import { hrefOf } from '../../state/route.ts';
import { mayChange } from '../../state/session.ts';
import { number, saidBy, say, time } from '../../texts/say.ts';

const moods = {
  Applied: 'good',
  Kept: 'calm',
  Pending: 'warn',
  Failed: 'bad',
} as const satisfies Record<Notification['Outcome'], Mood>;

// The keys of an object of that type.
const outcomes = Object.keys(moods) as readonly Notification['Outcome'][];
const pageSize = 20;

/** What Tencent has posted, what became of it and why; what has had no effect yet can be given it again. */
export function Notifications() {
  const [chosen, setChosen] = useState({ outcome: '', type: '' });
  const filter = {
    ...(chosen.outcome !== '' && { Outcome: chosen.outcome }),
    ...(chosen.type !== '' && { MsgType: chosen.type }),
    Limit: pageSize,
  };
  const list = useList('DescribeNotifications', filter, 'stepNotifications');
  const { isBusy, problem, run } = useDoing();
  const [told, setTold] = useState('');
  const found = list.answer?.Notifications ?? [];

  const replay = (NotificationId: string) =>
    run(async () => {
      const options = { step: 'stepReplayNotification', idempotencyKey: newIdempotencyKey() } as const;
      const { Replayed } = await call('ReplayNotification', { NotificationId }, options);
      const [one] = Replayed;
      if (one !== undefined) {
        const [before, after] = [say(`outcome_${one.OutcomeBefore}`), say(`outcome_${one.Outcome}`)];
        setTold(say('replayed', { before, after, why: saidBy(one.Reason) }));
      }
      list.reload();
    });

  const columns: readonly Column<Notification>[] = [
    {
      title: 'notificationType',
      isHead: true,
      cell: ({ MsgType, MsgId }) => (
        <>
          <code>{MsgType}</code> <span class="small id">{MsgId}</span>
        </>
      ),
    },
    {
      title: 'notificationOutcome',
      isWide: true,
      cell: ({ Outcome, Reason, NextTryOn, Copies }) => (
        <>
          <Tag mood={moods[Outcome]}>{say(`outcome_${Outcome}`)}</Tag>{' '}
          <span class="small why">{saidBy(Reason)}</span>
          {NextTryOn !== null && (
            <span class="small">{say('notificationNext', { time: time(NextTryOn) })}</span>
          )}
          {Copies > 1 && <span class="small">{say('notificationCopies', { count: number(Copies) })}</span>}
        </>
      ),
    },
    {
      title: 'notificationAbout',
      cell: ({ CodeId }) =>
        CodeId === null ? '–' : <a href={hrefOf(['codes', CodeId])}>{CodeId.slice(0, 8)}…</a>,
    },
    { title: 'time', cell: ({ ReceivedOn }) => <Time atS={ReceivedOn} /> },
    ...(mayChange.value
      ? [
          {
            title: 'replay',
            cell: ({ NotificationId, Outcome, BodyKept }: Notification) =>
              Outcome === 'Applied' || !BodyKept ? (
                '–'
              ) : (
                <button
                  type="button"
                  disabled={isBusy}
                  aria-label={say('replayOf', { id: NotificationId })}
                  onClick={() => void replay(NotificationId)}
                >
                  {say('replay')}
                </button>
              ),
          } as const,
        ]
      : []),
  ];

  return (
    <>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label={say('notificationType')}
          value={chosen.type}
          onChange={({ currentTarget }) => setChosen({ ...chosen, type: currentTarget.value.trim() })}
        />
        <Select
          label={say('state')}
          value={chosen.outcome}
          choices={[
            { value: '', text: say('all') },
            ...outcomes.map((value) => ({ value, text: say(`outcome_${value}`) })),
          ]}
          onChange={({ currentTarget }) => setChosen({ ...chosen, outcome: currentTarget.value })}
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
        exportAs="notificationsTab"
        caption="notificationsCaption"
        columns={columns}
        rows={found}
        keyOf={({ NotificationId }) => NotificationId}
      />
    </>
  );
}
