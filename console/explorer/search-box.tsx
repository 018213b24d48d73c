import { useMemo, useState } from 'preact/hooks';
import { TextField } from '../parts/field.tsx';
import { hrefOf } from '../state/route.ts';
import type { Contracts } from './contracts.ts';
import { ErrorNote } from './error-note.tsx';
import { Prose } from './prose.tsx';
import { everything, type Hit, mostHits, search } from './search.ts';
import { firstParagraph, tell, told } from './texts.ts';

/** Finds actions, members and error codes, and leads to them. */
export function SearchBox({ contracts }: { contracts: Contracts }) {
  const [query, setQuery] = useState('');
  const [error, setError] = useState<Hit>();
  const all = useMemo(() => everything(contracts), [contracts]);
  const hits = search(all, query);
  const leave = () => setQuery('');
  return (
    <search class="card finder">
      <TextField
        label={tell('search')}
        hint={tell('searchHint')}
        type="search"
        value={query}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setError(undefined);
        }}
      />
      <p class="unseen" role="status">
        {query.trim() !== '' && tell(countText(hits.length), { count: hits.length })}
      </p>
      {query.trim() !== '' && hits.length === 0 && <p>{tell('foundNone')}</p>}
      {hits.length > 0 && (
        <ul class="hits">
          {hits.map((hit) => (
            <li
              key={`${hit.kind} ${apiOf(hit)} ${hit.kind === 'error' ? '' : hit.action.name} ${placeOf(hit)}`}
            >
              <HitLine hit={hit} onLeave={leave} onError={setError} />
              {hit === error && <ErrorNote code={hit.name} contract={contracts[apiOf(hit)]} />}
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}

function countText(count: number) {
  if (count === 0) return 'foundNone';
  return count === mostHits ? 'foundMost' : 'found';
}

const apiOf = (hit: Hit) => (hit.kind === 'error' ? hit.api : hit.action.api);
const placeOf = (hit: Hit) => (hit.kind === 'member' ? hit.path : hit.name);

interface HitLineProps {
  hit: Hit;
  onLeave: () => void;
  onError: (hit: Hit) => void;
}

function HitLine({ hit, onLeave, onError }: HitLineProps) {
  const line = (
    <>
      <span class="label">{tell(`kind_${hit.kind}`)}</span> <code>{placeOf(hit)}</code>
      <span class="small">
        {hit.kind === 'member' ? `${hit.action.name} · ` : ''}
        {tell(`api_${apiOf(hit)}`)} · <Prose text={firstParagraph(told(hit.text))} />
      </span>
    </>
  );
  if (hit.kind === 'error') {
    return (
      <button type="button" class="hit" onClick={() => onError(hit)}>
        {line}
      </button>
    );
  }
  const query = hit.kind === 'member' ? { member: hit.path } : {};
  return (
    <a class="hit" href={hrefOf(['explorer', hit.action.api, hit.action.name], query)} onClick={onLeave}>
      {line}
    </a>
  );
}
