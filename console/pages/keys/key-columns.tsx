import type { ApiKey } from '../../api/answers.ts';
import { type Mood, Tag } from '../../parts/code/state-tag.tsx';
import { Time } from '../../parts/code/time-left.tsx';
import type { Column } from '../../parts/table.tsx';
import { say } from '../../texts/say.ts';

const moods = {
  Active: 'good',
  Expired: 'warn',
  Revoked: 'calm',
} as const satisfies Record<ApiKey['State'], Mood>;

interface Ways {
  ownKeyId: string | undefined;
  onRotate: (key: ApiKey) => void;
  onRevoke: (key: ApiKey) => void;
}

/** A key in the list: whose, for what, since when and until when. */
export const keyColumns = ({ ownKeyId, onRotate, onRevoke }: Ways): readonly Column<ApiKey>[] => [
  {
    title: 'keyName',
    isHead: true,
    cell: ({ Name, KeyId }) => (
      <>
        <strong>{Name}</strong>
        <span class="small">
          <code class="id">{KeyId}</code>
          {KeyId === ownKeyId && ` · ${say('keyOwn')}`}
        </span>
      </>
    ),
  },
  {
    title: 'keyRole',
    cell: ({ Role, State }) => (
      <>
        {say(`role_${Role}`)} {State !== 'Active' && <Tag mood={moods[State]}>{say(`key_${State}`)}</Tag>}
      </>
    ),
  },
  {
    title: 'keyOrganizations',
    isWide: true,
    cell: ({ Organizations, ProxyOperatorOpenId }) => (
      <>
        {Organizations === null ? say('keyAll') : <code class="id">{Organizations.join(say('comma'))}</code>}
        {ProxyOperatorOpenId !== null && (
          <span class="small">{say('keyActsAs', { operator: ProxyOperatorOpenId })}</span>
        )}
      </>
    ),
  },
  {
    title: 'keyLastUsed',
    cell: ({ LastUsedOn }) => (LastUsedOn === null ? say('keyNever') : <Time atS={LastUsedOn} />),
  },
  {
    title: 'keyEnds',
    cell: ({ ExpiresOn, RevokedOn }) => {
      const endsOn = RevokedOn ?? ExpiresOn;
      return endsOn === null ? say('keyNoEnd') : <Time atS={endsOn} />;
    },
  },
  {
    title: 'keyWays',
    isWide: true,
    cell: (key) =>
      key.State !== 'Active' ? (
        '–'
      ) : (
        <div class="buttons start">
          <button
            type="button"
            aria-label={say('keyRotateOf', { name: key.Name })}
            onClick={() => onRotate(key)}
          >
            {say('keyRotate')}
          </button>
          <button
            type="button"
            class="danger"
            aria-label={say('keyRevokeOf', { name: key.Name })}
            onClick={() => onRevoke(key)}
          >
            {say('keyRevoke')}
          </button>
        </div>
      ),
  },
];
