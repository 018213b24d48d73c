import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Choice } from '../choice.tsx';
import type { Action, Contract } from '../contracts.ts';
import { resolved } from '../schema.ts';
import { tell } from '../texts.ts';
import { isObject, type Path, pathText, withValueAt } from '../value.ts';
import { type FormState, goToField } from './form-state.ts';
import { Members } from './members.tsx';

const views = ['asForm', 'asJson'] as const;

export interface RequestFormProps {
  action: Action;
  schemas: Contract['schemas'];
  value: Readonly<Record<string, unknown>>;
  problems: ReadonlyMap<string, string>;
  onChange: (change: Change) => void;
  /** Of a member that is to be shown at first. */
  place: string | undefined;
}

export interface Change {
  value: Readonly<Record<string, unknown>>;
  /** Of what was changed, empty: of nothing; undefined: all of it may be another. */
  place?: string;
  /** Is what is written no JSON object, so that it cannot be called? */
  isBroken?: boolean;
}

/** A request, as a form and as JSON: what is written in one is in the other. */
export function RequestForm({ action, schemas, value, problems, onChange, place }: RequestFormProps) {
  const [isJson, setJson] = useState(false);
  const [requiredOnly, setRequiredOnly] = useState(place === undefined);
  const [draft, setDraft] = useState<{ text: string; why: string }>();
  const schema = resolved(action.request, schemas);
  const first = useRef(place);
  useLayoutEffect(() => {
    if (first.current !== undefined) goToField(first.current);
  }, []);
  const form: FormState = {
    value,
    schemas,
    requiredOnly,
    problems,
    change(path: Path, next: unknown) {
      const changed = withValueAt(value, path, next);
      onChange({ value: isObject(changed) ? changed : {}, place: pathText(path) });
    },
  };
  function take({ currentTarget }: { currentTarget: HTMLTextAreaElement }): void {
    const read = readObject(currentTarget.value);
    if ('why' in read) {
      setDraft({ text: currentTarget.value, why: read.why });
      onChange({ value, isBroken: true });
      return;
    }
    setDraft({ text: currentTarget.value, why: '' });
    onChange({ value: read.value });
  }
  const show = (asJson: boolean) => {
    setDraft(undefined);
    setJson(asJson);
    onChange({ value, place: '' });
  };
  const put = (next: Readonly<Record<string, unknown>>) => {
    setDraft(undefined);
    onChange({ value: next });
  };
  return (
    <section class="card request" aria-label={tell('request')}>
      <div class="bar-of-choices">
        <Choice
          label={tell('view')}
          values={views}
          chosen={isJson ? 'asJson' : 'asForm'}
          textOf={tell}
          onChoose={(view) => show(view === 'asJson')}
        />
        {!isJson && (
          <label class="check">
            <input
              type="checkbox"
              checked={requiredOnly}
              onChange={({ currentTarget }) => setRequiredOnly(currentTarget.checked)}
            />{' '}
            {tell('requiredOnly')}
          </label>
        )}
        <div class="buttons start">
          <button type="button" class="quiet" onClick={() => isObject(action.example) && put(action.example)}>
            {tell('fillExample')}
          </button>
          <button type="button" class="quiet" onClick={() => put({})}>
            {tell('clear')}
          </button>
        </div>
      </div>
      {isJson ? (
        <div class="field">
          <label for="request-json">{tell('json')}</label>
          <textarea
            id="request-json"
            class="json whole-json"
            value={draft?.text ?? JSON.stringify(value, null, 2)}
            spellcheck={false}
            aria-invalid={draft !== undefined && draft.why !== ''}
            onInput={take}
          />
          {draft !== undefined && draft.why !== '' && (
            <p class="problem" role="alert">
              {tell('jsonBroken', { why: draft.why })}
            </p>
          )}
        </div>
      ) : Object.keys(schema.properties ?? {}).length === 0 ? (
        <p>{tell('noMembers')}</p>
      ) : (
        <div class="members">
          <Members schema={schema} path={[]} form={form} />
        </div>
      )}
    </section>
  );
}

function readObject(text: string): { value: Record<string, unknown> } | { why: string } {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { value } : { why: '{ … }' };
  } catch (error) {
    return { why: error instanceof Error ? error.message : '' };
  }
}
