import { useEffect, useRef } from 'preact/hooks';
import { allStates } from '../parts/code/state-tag.tsx';
import { Select, TextField } from '../parts/field.tsx';
import { noteQuery, route } from '../state/route.ts';
import { identity } from '../state/session.ts';
import { say } from '../texts/say.ts';

/** How long a person may think between two letters. Milliseconds. */
const pauseMs = 300;

/** The members of the request that the address asks for. */
export function filterOf(query: URLSearchParams): Record<string, string> {
  const text = query.get('text')?.trim() ?? '';
  const given = {
    Text: [...text].length < 2 ? '' : text,
    State: query.get('state') ?? '',
    Label: query.get('label') ?? '',
    ProxyOrganizationOpenId: query.get('organization') ?? '',
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

const names = ['text', 'state', 'label', 'organization'] as const;

/** Narrow the list as one types; the address keeps it. */
export function CodeFilters() {
  const { query } = route.value;
  const form = useRef<HTMLFormElement>(null);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);

  const note = () => {
    if (form.current === null) return;
    const data = new FormData(form.current);
    noteQuery(Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? '').trim()])));
  };
  const noteSoon = () => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(note, pauseMs);
  };
  const clear = () => {
    clearTimeout(waiting.current);
    noteQuery({});
    form.current?.reset();
  };

  const { Organizations } = identity.value ?? { Organizations: null };
  const isFiltered = names.some((name) => query.get(name));
  return (
    <form
      ref={form}
      class="filters"
      // Whatever led here: fields begin with what the address says.
      key={isFiltered ? 'filtered' : 'all'}
      onSubmit={(event) => {
        event.preventDefault();
        note();
      }}
    >
      <TextField
        label={say('codesSearch')}
        name="text"
        type="search"
        title={say('codesSearchHint')}
        defaultValue={query.get('text') ?? ''}
        onInput={noteSoon}
      />
      <Select
        label={say('codesFilterState')}
        name="state"
        value={query.get('state') ?? ''}
        onChange={note}
        choices={[
          { value: '', text: say('all') },
          ...allStates.map((value) => ({ value, text: say(`state_${value}`) })),
        ]}
      />
      <TextField
        label={say('codesFilterLabel')}
        name="label"
        defaultValue={query.get('label') ?? ''}
        onInput={noteSoon}
      />
      {Organizations?.length !== 1 && (
        <TextField
          label={say('codesFilterOrganization')}
          name="organization"
          defaultValue={query.get('organization') ?? ''}
          onInput={noteSoon}
        />
      )}
      {isFiltered && (
        <button type="button" class="quiet" onClick={clear}>
          {say('codesClear')}
        </button>
      )}
    </form>
  );
}
