import { useState } from 'preact/hooks';
import type { Subscription } from '../../api/answers.ts';
import { call, newIdempotencyKey } from '../../api/call.ts';
import { useDoing } from '../../api/use-doing.ts';
import { useList } from '../../api/use-list.ts';
import { Tag } from '../../parts/code/state-tag.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { SureDialog } from '../../parts/sure-dialog.tsx';
import type { Column } from '../../parts/table.tsx';
import { mayChange } from '../../state/session.ts';
import { number, saidBy, say } from '../../texts/say.ts';
import { Subscribe } from './subscribe.tsx';

const pageSize = 20;

/** Who gets events, and whether they arrive. */
export function Subscriptions() {
  const list = useList('DescribeEventSubscriptions', { Limit: pageSize }, 'stepSubscriptions');
  const { isBusy, problem, run } = useDoing();
  const [told, setTold] = useState<{ text: string; isGood: boolean }>();
  const [isNew, setNew] = useState(false);
  const [leaving, setLeaving] = useState<Subscription>();
  const found = list.answer?.Subscriptions ?? [];

  const test = ({ SubscriptionId }: Subscription) =>
    run(async () => {
      setTold(undefined);
      const { Delivered, Attempt } = await call('SendTestEvent', { SubscriptionId }, { step: 'stepTest' });
      const { Error: failure, DurationMs } = Attempt;
      const text = Delivered
        ? say('subscriptionTestFine', { count: number(DurationMs ?? 0) })
        : say('subscriptionTestFailed', { why: failure === null ? '–' : saidBy(failure) });
      setTold({ text, isGood: Delivered });
      list.reload();
    });
  const enable = ({ SubscriptionId, Version, State }: Subscription) =>
    run(async () => {
      const options = { step: 'stepChangeSubscription', idempotencyKey: newIdempotencyKey() } as const;
      await call(
        'ModifyEventSubscription',
        { SubscriptionId, Version, Enabled: State !== 'Enabled' },
        options,
      );
      list.reload();
    });
  const remove = ({ SubscriptionId }: Subscription) =>
    run(async () => {
      const options = { step: 'stepUnsubscribe', idempotencyKey: newIdempotencyKey() } as const;
      await call('DeleteEventSubscription', { SubscriptionId }, options);
      setLeaving(undefined);
      list.reload();
    });

  const columns: readonly Column<Subscription>[] = [
    {
      title: 'subscriptionUrl',
      isHead: true,
      cell: ({ Url, Kind, Note }) => (
        <>
          <code class="id">{Url}</code>
          <span class="small">{[say(`kind_${Kind}`), Note].filter((word) => word).join(' · ')}</span>
        </>
      ),
    },
    {
      title: 'state',
      isWide: true,
      cell: ({ State, Reason }) => (
        <>
          <Tag mood={State === 'Enabled' ? 'good' : 'warn'}>{say(`subscription_${State}`)}</Tag>{' '}
          <span class="small why">{saidBy(Reason)}</span>
        </>
      ),
    },
    {
      title: 'subscriptionWhose',
      cell: ({ ProxyOrganizationOpenId }) => ProxyOrganizationOpenId ?? say('subscriptionAll'),
    },
    ...(mayChange.value
      ? [
          {
            title: 'subscriptionTest',
            isWide: true,
            cell: (one: Subscription) => (
              <div class="buttons start">
                <button type="button" disabled={isBusy} onClick={() => void test(one)}>
                  {say('subscriptionTest')}
                </button>
                <button type="button" disabled={isBusy} onClick={() => void enable(one)}>
                  {say(one.State === 'Enabled' ? 'subscriptionDisable' : 'subscriptionEnable')}
                </button>
                <button type="button" class="danger" onClick={() => setLeaving(one)}>
                  {say('subscriptionDelete')}
                </button>
              </div>
            ),
          } as const,
        ]
      : []),
  ];

  return (
    <>
      {mayChange.value && (
        <div class="buttons start">
          <button type="button" class="main" onClick={() => setNew(true)}>
            {say('subscriptionNew')}
          </button>
        </div>
      )}
      <ProblemNote problem={problem ?? list.problem} />
      {told !== undefined && (
        <p class={`note ${told.isGood ? 'good' : 'bad'}`} role="status">
          {told.text}
        </p>
      )}
      <ListTable
        list={list}
        caption="subscriptionsCaption"
        columns={columns}
        rows={found}
        keyOf={({ SubscriptionId }) => SubscriptionId}
      />
      {isNew && (
        <Subscribe
          onClose={(isDone) => {
            setNew(false);
            if (isDone) list.reload();
          }}
        />
      )}
      {leaving !== undefined && (
        <SureDialog
          title={say('subscriptionDeleteSure', { url: leaving.Url })}
          go={say('subscriptionDelete')}
          doing={{ isBusy, problem }}
          onGo={() => void remove(leaving)}
          onClose={() => setLeaving(undefined)}
        >
          <p>{say('subscriptionDeleteHint')}</p>
        </SureDialog>
      )}
    </>
  );
}
