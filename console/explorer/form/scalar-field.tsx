import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Shape } from '../schema.ts';
import { tell } from '../texts.ts';
import { isObject, type Path, pathText, shownIn, typed, valueAt } from '../value.ts';
import { type FormState, fieldId } from './form-state.ts';

interface FieldProps {
  name: string;
  shape: Shape;
  path: Path;
  form: FormState;
  isRequired: boolean;
  about: ComponentChildren;
}

/** A text, a number, a truth value, or one of some values. Whatever is typed is sent: a request may be wrong on purpose. */
export function ScalarField({ name, shape, path, form, about }: FieldProps) {
  const { kind, mayBeNull } = shape;
  const values = shape.values ?? (kind === 'boolean' ? ['true', 'false'] : undefined);
  const shown = shownIn(valueAt(form.value, path));
  const isItem = typeof path.at(-1) === 'number';
  const take = ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) => {
    const next = typed(currentTarget.value, kindOf(kind), mayBeNull);
    // An item that is emptied stays, or those after it would move under the hand.
    form.change(path, next ?? (isItem ? '' : undefined));
  };
  const control = controlOf(path, form);
  return (
    <div class="field">
      <label for={control.id}>
        <code>{name}</code>
      </label>
      {values === undefined ? (
        <input
          {...control}
          value={shown}
          inputMode={kind === 'number' ? 'numeric' : undefined}
          autocomplete="off"
          spellcheck={false}
          onInput={take}
        />
      ) : (
        <select {...control} value={shown} onChange={take}>
          {choicesOf(values, shown, mayBeNull).map((value) => (
            <option key={value} value={value} selected={value === shown}>
              {value === '' ? tell('notSent') : value}
            </option>
          ))}
        </select>
      )}
      {about}
    </div>
  );
}

const kindOf = (kind: Shape['kind']) => (kind === 'number' || kind === 'boolean' ? kind : 'string');

function choicesOf(values: readonly string[], shown: string, mayBeNull: boolean): string[] {
  return [...new Set(['', ...values, ...(mayBeNull ? ['null'] : []), shown])];
}

function controlOf(path: Path, { problems }: FormState) {
  const place = pathText(path);
  const isWrong = problems.has(place);
  return {
    id: fieldId(place),
    'aria-describedby': `${fieldId(place)}-about`,
    ...(isWrong && { 'aria-invalid': 'true' as const }),
  };
}

/** An object whose members nobody has described: written as JSON. */
export function FreeField({ name, path, form, about }: FieldProps) {
  const value = valueAt(form.value, path);
  const [draft, setDraft] = useState<string>();
  const control = controlOf(path, form);
  const take = ({ currentTarget }: { currentTarget: HTMLTextAreaElement }) => {
    const text = currentTarget.value;
    const read = text.trim() === '' ? { value: undefined } : jsonIn(text);
    setDraft(read === undefined ? text : undefined);
    if (read !== undefined) form.change(path, read.value);
  };
  return (
    <div class="field">
      <label for={control.id}>
        <code>{name}</code> <span class="hint">{tell('jsonFree')}</span>
      </label>
      <textarea
        {...control}
        class="json"
        value={draft ?? (value === undefined ? '' : JSON.stringify(value, null, 2))}
        spellcheck={false}
        onChange={take}
      />
      {about}
    </div>
  );
}

function jsonIn(text: string): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { value } : undefined;
  } catch {
    return undefined;
  }
}
