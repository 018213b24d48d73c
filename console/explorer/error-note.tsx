import { hrefOf } from '../state/route.ts';
import type { Contract } from './contracts.ts';
import { tell, told } from './texts.ts';

/** Why a code arrives and what to do about it; of a code that nobody has told us of, what is known of its family. */
export function ErrorNote({ code, contract }: { code: string; contract: Contract }) {
  const known = contract.errors[code] ?? contract.errors[code.split('.')[0] ?? ''];
  if (known === undefined) return null;
  const { title, cause, remedy, actions = [] } = known;
  return (
    <div class="note warn">
      <p>
        <code>{code}</code> {told(title)}
      </p>
      <p>
        {tell('cause')}: {told(cause)}
      </p>
      <p>
        {tell('remedy')}: {told(remedy)}
      </p>
      {actions.length > 0 && (
        <p class="small">
          {tell('publishedFor')}:{' '}
          {actions.map((name) => (
            <a key={name} class="in-list" href={hrefOf(['explorer', contract.api, name])}>
              {name}
            </a>
          ))}
        </p>
      )}
    </div>
  );
}
