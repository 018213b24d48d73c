import { useState } from 'preact/hooks';
import type { ApiKey } from '../api/answers.ts';
import { useList } from '../api/use-list.ts';
import { Select } from '../parts/field.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { identity } from '../state/session.ts';
import { say } from '../texts/say.ts';
import { keyColumns } from './keys/key-columns.tsx';
import { MakeKey } from './keys/make-key.tsx';
import { RevokeKey } from './keys/revoke-key.tsx';
import { RotateKey } from './keys/rotate-key.tsx';

type Open = { kind: 'make' } | { kind: 'rotate' | 'revoke'; key: ApiKey };

/** Who may call: keys with what they may do, made, replaced and ended. For administrators of all organisations. */
export function KeysPage() {
  const list = useList('DescribeApiKeys', {}, 'stepKeys');
  const [isAll, setAll] = useState(false);
  const [open, setOpen] = useState<Open>();
  const found = (list.answer?.ApiKeys ?? []).filter(({ State }) => isAll || State === 'Active');
  const close = (isDone: boolean) => {
    setOpen(undefined);
    if (isDone) list.reload();
  };

  return (
    <>
      <h1>{say('keysTitle')}</h1>
      <p class="small">{say('keysHint')}</p>
      <div class="buttons start">
        <Select
          label={say('keysShow')}
          value={isAll ? 'all' : ''}
          choices={[
            { value: '', text: say('keysActive') },
            { value: 'all', text: say('all') },
          ]}
          onChange={({ currentTarget }) => setAll(currentTarget.value === 'all')}
        />
        <button type="button" class="main at-end" onClick={() => setOpen({ kind: 'make' })}>
          {say('keyMake')}
        </button>
      </div>
      <ProblemNote problem={list.problem} />
      <ListTable
        list={list}
        empty={say('keysNone')}
        caption="keysCaption"
        columns={keyColumns({
          ownKeyId: identity.value?.KeyId,
          onRotate: (key) => setOpen({ kind: 'rotate', key }),
          onRevoke: (key) => setOpen({ kind: 'revoke', key }),
        })}
        rows={found}
        keyOf={({ KeyId }) => KeyId}
      />
      {open?.kind === 'make' && <MakeKey onClose={close} />}
      {open?.kind === 'rotate' && <RotateKey replaced={open.key} onClose={close} />}
      {open?.kind === 'revoke' && <RevokeKey revoked={open.key} onClose={close} />}
    </>
  );
}
