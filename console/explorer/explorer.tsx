import { useEffect, useState } from 'preact/hooks';
import { hrefOf, route } from '../state/route.ts';
import { say } from '../texts/say.ts';
import { ActionView } from './action-view.tsx';
import type { Action, ApiName, Contracts } from './contracts.ts';
import { loadContracts } from './contracts.ts';
import { Prose } from './prose.tsx';
import { SearchBox } from './search-box.tsx';
import { firstParagraph, tell, told } from './texts.ts';

const apis: readonly ApiName[] = ['upstream', 'own'];

/** Every action of Tencent's that the contract knows and all of our own: to be found, filled in, called and read. */
export function Explorer({ path: [api, name] }: { path: readonly string[] }) {
  const [contracts, setContracts] = useState<Contracts>();
  const [isMissing, setMissing] = useState(false);
  const load = () => {
    setMissing(false);
    loadContracts().then(setContracts, () => setMissing(true));
  };
  useEffect(load, []);
  const { query } = route.value;
  const contract = api === 'own' || api === 'upstream' ? contracts?.[api] : undefined;
  const action = contract?.actions.find((one) => one.name === name);
  const member = query.get('member') ?? undefined;
  const callNumber = query.get('call') ?? undefined;
  return (
    <>
      <h1>{tell('title')}</h1>
      {name === undefined ? (
        <p class="small">{tell('intro')}</p>
      ) : (
        <p>
          <a href={hrefOf(['explorer'])}>{tell('allActions')}</a>
        </p>
      )}
      {isMissing && (
        <div class="note bad" role="alert">
          <p>{tell('notLoaded')}</p>
          <button type="button" onClick={load}>
            {tell('tryAgain')}
          </button>
        </div>
      )}
      {contracts === undefined ? (
        !isMissing && <p class="small">{say('loading')}</p>
      ) : (
        <>
          <SearchBox contracts={contracts} />
          {name === undefined ? (
            apis.map((one) => <ActionList key={one} api={one} actions={contracts[one].actions} />)
          ) : contract === undefined || action === undefined ? (
            <p>{tell('noAction', { name })}</p>
          ) : (
            <ActionView
              key={`${api} ${name} ${member ?? ''} ${callNumber ?? ''}`}
              action={action}
              contract={contract}
              member={member}
              callNumber={callNumber === undefined ? undefined : Number(callNumber)}
            />
          )}
        </>
      )}
    </>
  );
}

function ActionList({ api, actions }: { api: ApiName; actions: readonly Action[] }) {
  return (
    <section class="card">
      <h2>{tell(`api_${api}`)}</h2>
      <ul class="actions">
        {actions.map(({ name, about }) => (
          <li key={name}>
            <a href={hrefOf(['explorer', api, name])}>
              <code>{name}</code>
            </a>
            <span class="small sentence">
              <Prose text={firstParagraph(told(about))} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
