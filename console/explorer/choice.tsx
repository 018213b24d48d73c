export interface ChoiceProps<Value extends string> {
  /** What is chosen, for those who listen. */
  label: string;
  values: readonly Value[];
  chosen: Value;
  textOf?: (value: Value) => string;
  onChoose: (value: Value) => void;
}

/** One of a few, all of which are seen. */
export function Choice<Value extends string>({
  label,
  values,
  chosen,
  textOf,
  onChoose,
}: ChoiceProps<Value>) {
  return (
    <fieldset class="choice" aria-label={label}>
      {values.map((value) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
          {textOf?.(value) ?? value}
        </button>
      ))}
    </fieldset>
  );
}
