import type {
  ComponentChildren,
  InputHTMLAttributes,
  SelectHTMLAttributes,
  TextareaHTMLAttributes,
} from 'preact';
import { useId } from 'preact/hooks';

interface Named {
  label: string;
  hint?: string | undefined;
}

/** A label, its control, and what helps to fill it in. */
function Field({ label, hint, children }: Named & { children: (ids: ControlIds) => ComponentChildren }) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, ...(hint !== undefined && { 'aria-describedby': hintId }) })}
      {hint !== undefined && (
        <p id={hintId} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}

interface ControlIds {
  id: string;
  'aria-describedby'?: string;
}

export function TextField({ label, hint, ...rest }: Named & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => <input {...rest} {...ids} />}
    </Field>
  );
}

export function TextArea({ label, hint, ...rest }: Named & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => <textarea {...rest} {...ids} />}
    </Field>
  );
}

export interface Choice {
  value: string;
  text: string;
}

/** `defaultValue` is chosen at first, and the form keeps what is chosen then; `value` is chosen again and again. */
export function Select({
  label,
  hint,
  choices,
  defaultValue,
  ...rest
}: Named & { choices: readonly Choice[] } & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <select {...rest} {...ids}>
          {choices.map(({ value, text }) => (
            <option key={value} value={value} selected={value === (rest.value ?? defaultValue)}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export interface CheckboxProps {
  label: string;
  name?: string;
  value?: string;
  defaultChecked?: boolean;
}

export function Checkbox({ label, ...rest }: CheckboxProps) {
  return (
    <label class="check">
      <input {...rest} type="checkbox" /> {label}
    </label>
  );
}
